import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Files that are written all or not at all. `set` only notes what is to be written, and `made` what `finish` will change;
 * `commit` writes it, and where `finish` then throws, or is interrupted, everything is as it was before.
 */
export function openChange() {
  const texts = new Map()
  return {
    read: (path) => texts.get(path) ?? readFileSync(path, 'utf8'),
    set(path, text) {
      if (!existsSync(path) || readFileSync(path, 'utf8') !== text) texts.set(path, text)
    },
    made: (path) => void texts.set(path, readFileSync(path, 'utf8')),
    get paths() {
      return [...texts.keys()]
    },
    commit(finish) {
      const before = new Map([...texts.keys()].map((path) => [path, existsSync(path) ? readFileSync(path) : undefined]))
      for (const signal of SIGNALS) process.on(signal, wait)
      try {
        for (const [path, text] of texts) {
          mkdirSync(dirname(path), { recursive: true })
          writeFileSync(path, text)
        }
        finish()
      } catch (error) {
        for (const [path, bytes] of before) {
          if (bytes !== undefined) writeFileSync(path, bytes)
          else remove(path)
        }
        throw error
      } finally {
        for (const signal of SIGNALS) process.off(signal, wait)
      }
    },
  }
}

/** They end what `finish` runs, and by that `finish`; only then this process may end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const wait = () => {}

/** A new file, and the folders that it alone was in. */
function remove(path) {
  rmSync(path, { force: true })
  let folder = dirname(path)
  while (existsSync(folder) && readdirSync(folder).length === 0) {
    rmdirSync(folder)
    folder = dirname(folder)
  }
}
