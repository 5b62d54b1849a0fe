import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs'

const MEMORY = '/dev/shm'
/** The browser keeps its profiles there too; in some containers there are 64 MB. */
const ENOUGH_BYTES = 2 ** 30

/**
 * Has temporary folders in memory where there is room: an apply has each step of its ledger written through to the disk, and
 * the tests would wait for it some thousand times.
 */
export function setup(): (() => void) | undefined {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return undefined
  const folder = mkdtempSync(`${MEMORY}/octoform-`)
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

function hasRoom(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ENOUGH_BYTES
  } catch {
    return false
  }
}
