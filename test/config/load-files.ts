import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Configuration } from '../../src/config/configuration.ts'
import { loadConfiguration } from '../../src/config/load.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import type { DesiredMember, DesiredSection } from '../../src/core/desired.ts'
import { type Diagnostic, formatDiagnostic, formatSource } from '../../src/core/diagnostic.ts'
import { indexRepositories, type Repositories, type Repository } from '../../src/core/repository.ts'
import { families } from '../../src/families/index.ts'

/** A file's text or bytes, by its path below the folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** Runs with a folder that holds the files, and takes it away afterwards. */
export async function withFiles<T>(files: Files, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-config-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), content)
    }
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The problems of the files, one line each as they are printed. */
export function problemsOf(files: Files, paths: readonly string[] = Object.keys(files)): Promise<readonly string[]> {
  return withFiles(files, async (folder) => {
    const { configuration, problems } = await loadConfiguration(paths, folder, families)
    if ((configuration === undefined) !== problems.length > 0) throw new Error('problems and configuration disagree')
    return problems.map(formatDiagnostic)
  })
}

/** The configuration of files that have no problems. */
export function configurationOf(files: Files, paths: readonly string[] = Object.keys(files)): Promise<Configuration> {
  return withFiles(files, async (folder) => {
    const { configuration, problems } = await loadConfiguration(paths, folder, families)
    if (configuration === undefined) throw new Error(problems.map(formatDiagnostic).join('\n'))
    return configuration
  })
}

/** The result of a configuration for one owner. */
export interface Resolved {
  readonly sections: readonly DesiredSection[]
  readonly messages: readonly string[]
  /** Held-back settings: place, address, field, reason. */
  readonly held: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** The member at an address; throws where there is none. */
  member(address: string): DesiredMember
}

/** Loads and resolves. Without repositories: offline. */
export async function resolved(
  yaml: string | Files,
  repositories?: Repositories,
  owner: string = 'acme',
): Promise<Resolved> {
  const configuration = await configurationOf(typeof yaml === 'string' ? { 'octoform.yaml': yaml } : yaml)
  const { sections, diagnostics, heldBack } = resolveOwner(configuration, owner, repositories, families)
  return {
    sections,
    diagnostics,
    messages: diagnostics.map(formatDiagnostic),
    held: heldBack.map(({ source, address, field, reason }) => {
      return `${source && formatSource(source)}: ${address} ${field}: ${reason}`
    }),
    member(address) {
      const found = sections.flatMap(({ members }) => members).find((member) => member.address === address)
      if (found === undefined) throw new Error(`nothing at ${address}`)
      return found
    },
  }
}

/** A listing with these repositories, each private, active and no fork unless it says otherwise. */
export function listing(
  repositories: Readonly<Record<string, Partial<Repository>>>,
  complete: 'complete' | 'partial' = 'complete',
): Repositories {
  const all = Object.entries(repositories).map(([name, facts], index): Repository => {
    return { id: index + 1, name, visibility: 'private', fork: false, archived: false, topics: [], ...facts }
  })
  return indexRepositories(all, complete)
}
