import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/**
 * The repository (`owner/name`) that a folder is a checkout of, on any server: of the remote `origin`, else of the only
 * one. Undefined where git knows none.
 * @see https://git-scm.com/docs/gitrepository-layout
 */
export async function ownRepository(folder: string): Promise<string | undefined> {
  const config = await gitConfig(folder)
  const remotes = [...(config ?? '').matchAll(/\[remote "([^"]+)"\][^[]*?\burl\s*=\s*(\S+)/g)]
  const remote = remotes.find(([, name]) => name === 'origin') ?? (remotes.length === 1 ? remotes[0] : undefined)
  const [, repository] = /[:/]([\w-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote?.[2] ?? '') ?? []
  return repository
}

/** The text of a file; undefined where there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_FILE.includes(String(error.code))) return undefined
    throw error
  }
}

const NO_FILE: readonly string[] = ['ENOENT', 'ENOTDIR', 'EISDIR']

/** Of the nearest checkout above; a worktree and a submodule have a file that leads to it. */
async function gitConfig(folder: string): Promise<string | undefined> {
  const own = await textOf(join(folder, '.git/config'))
  if (own !== undefined) return own
  const [, led] = /^gitdir: (.+?)\s*$/.exec((await textOf(join(folder, '.git'))) ?? '') ?? []
  if (led !== undefined) {
    const place = resolve(folder, led)
    const common = (await textOf(join(place, 'commondir')))?.trim()
    return textOf(join(common === undefined ? place : resolve(place, common), 'config'))
  }
  const above = dirname(folder)
  return above === folder ? undefined : gitConfig(above)
}
