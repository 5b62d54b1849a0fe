import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../..')

/** Twenty times what a build takes: beside other work it must not fail. */
export const BUILD_MS = 120_000

/** The documentation site, built into a folder of its own. */
export interface BuiltSite {
  readonly folder: string
  /** The paths of its pages below the folder. */
  readonly pages: readonly string[]
  remove(): Promise<void>
}

/** Builds the site as `npm run site` does. */
export async function buildSite(): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-site-'))
  await promisify(execFile)(process.execPath, ['scripts/site.mjs', folder], { cwd: ROOT })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return {
    folder,
    pages: files.filter((path) => path.endsWith('.html')).sort(),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
