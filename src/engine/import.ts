import pLimit from 'p-limit'
import { rootLevel } from '../core/address.ts'
import { append } from '../core/append.ts'
import { compileGlob } from '../core/glob.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import { shownOf } from '../core/repository.ts'
import { LADDER, type Scope, scopeOwned } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { beginAbove } from './begin-above.ts'
import { type ImportedPart, importScope, type ScopeImport } from './import-scope.ts'
import { GROUPS_AT_ONCE, type Reading } from './read-sections.ts'
import { readRepositories } from './repositories.ts'

export interface ImportRequest extends ScopeImport {
  /** The owner or repositories to read; those that the glob names where it is left out. */
  readonly scopes?: readonly Scope[]
}

/** Live state in the shape of a configuration. */
export interface Imported {
  /** By scope, in the order of their addresses: family name → document, or key → document. */
  readonly scopes: readonly ScopeSettings[]
  readonly notRead: readonly NotRead[]
  /** Families that GitHub does not show in scopes that were read beside them. */
  readonly partsNotRead: readonly PartNotRead[]
  /** The first error of each scope that lacks something. */
  readonly errors: Reading['errors']
  /** Sentences about settings on GitHub that no configuration can declare. */
  readonly leftOut: readonly string[]
  /** Names of repositories or organizations, and entries of lists, as GitHub shows them, by those in the documents. */
  readonly shown: Readonly<Record<string, string>>
}

/**
 * Reads everything that an address names, as a configuration that plans to no changes. Values of secrets are not in it. Scopes
 * are read side by side, and of each nothing but its settings is kept.
 */
export async function importScopes(request: ImportRequest): Promise<Imported> {
  const { door } = request
  const [outermost, known] = request.scopes ? [request.scopes, {}] : await outermostScopes(request)
  const above = beginAbove(request, outermost)
  const inTurn = pLimit(GROUPS_AT_ONCE)
  const [imported] = await Promise.all([
    inTurn.map(outermost, (scope) => {
      const get = outermost.length === 1 ? door.get : door.ofRepositories()
      return importScope({ ...request, door: { ...door, get } }, scope, above)
    }),
    ...above.reads.all,
  ])
  const shown: Record<string, string> = { ...known }
  const errors = new Map(imported.flatMap((each) => [...each.errors]))
  for (const each of imported) Object.assign(shown, each.shown)
  // In the order of levels, as addresses have it.
  return { ...joined([...imported.map(({ own }) => own), ...imported.map(({ inner }) => inner)]), errors, shown }
}

function joined(parts: readonly ImportedPart[]): ImportedPart {
  const [scopes, notRead, partsNotRead, leftOut] = [
    [] as ScopeSettings[],
    [] as NotRead[],
    [] as PartNotRead[],
    [] as string[],
  ]
  for (const part of parts) {
    append(scopes, part.scopes)
    append(notRead, part.notRead)
    append(partsNotRead, part.partsNotRead)
    append(leftOut, part.leftOut)
  }
  return { scopes, notRead, partsNotRead, leftOut }
}

/** The owner alone, or its repositories that the glob may name; their names as GitHub shows them. */
async function outermostScopes({ door, owner, glob }: ImportRequest): Promise<[Scope[], Record<string, string>]> {
  const level = rootLevel(glob) ?? 'repository'
  if (LADDER[level].owns) return [[scopeOwned(level, owner)], {}]
  const repo = repositoryNamed(glob)
  const account = { name: owner, id: door.facts.id }
  if (!namesMany(glob)) {
    const { repositories } = await readRepositories(door.get, account, { names: [repo.toLowerCase()] }, 'all')
    return [[scopeOwned(level, owner, [repo])], shownOf(repositories)]
  }
  if (door.facts.type === 'personal') {
    throw new SetupError(`${owner} is a personal account: name one repository of it, such as repos/${owner}/NAME.`)
  }
  const { repositories } = await readRepositories(door.get, account, 'all', 'all')
  const matches = compileGlob(repo)
  const names = repositories.all.map(({ name }) => name).filter((name) => matches(name))
  return [names.sort().map((name) => scopeOwned(level, owner, [name])), shownOf(repositories)]
}

/** Whether an address names repositories by a glob, so that those of its owner are listed. */
export function namesMany(glob: string): boolean {
  return !LADDER[rootLevel(glob) ?? 'repository'].owns && /[*?]/.test(repositoryNamed(glob))
}

function repositoryNamed(glob: string): string {
  const [, , repo = '*'] = glob.split('/')
  return repo
}
