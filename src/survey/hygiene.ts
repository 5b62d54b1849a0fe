import { byText, formatAddress, pathOf, scopeAt } from '../core/address.ts'
import type { Repository } from '../core/repository.ts'
import { count } from '../render/row.ts'
import { type AccessWorld, ENVIRONMENTS, POLICY_FAMILY } from './access-world.ts'
import type { SurveyedFiles, SurveyGap } from './survey-files.ts'
import { byNameIn, type UsableThing, usableThings } from './usable-things.ts'

export type FindingKind =
  | 'unused secret'
  | 'old secret'
  | 'hidden secret'
  | 'too many secrets'
  | 'open to public'
  | 'offline runner'
  | 'forbidden action'

/** Something to tidy up. */
export interface HygieneFinding {
  readonly kind: FindingKind
  /** An address, a repository, or a file with its line. */
  readonly place: string
  /** Of an action, the same in parts. */
  readonly at?: { readonly repository: string; readonly file: string; readonly line: number }
  readonly detail: string
  /** The fact that shows it. */
  readonly how: string
  /** Whether that fact may be wrong about it. */
  readonly sure: boolean
}

export interface HygieneReport {
  readonly format: 'octoform report hygiene'
  readonly format_version: '1.0'
  readonly host: string
  /** Of the reading that it follows from. */
  readonly read_at: string
  readonly repositories: readonly string[]
  readonly findings: readonly HygieneFinding[]
  readonly not_read: readonly SurveyGap[]
  readonly limits: readonly string[]
}

/** The settings of an owner with the workflow files of its repositories, by folded name. */
export interface HygieneInput {
  readonly world: AccessWorld
  readonly files: ReadonlyMap<string, SurveyedFiles>
  readonly fold: (family: string, name: string) => string
}

/** The family of the secrets that `secrets` means in a workflow. */
const SECRETS = 'secrets'
const GROUPS = 'runner_groups'
/** The families whose settings findings follow from. */
export const FOUND_IN: readonly string[] = [SECRETS, GROUPS, ENVIRONMENTS, POLICY_FAMILY]
/** A workflow gets no more of an organization's: https://docs.github.com/actions/reference/security/secrets */
const MOST_SHARED = 100

/** The findings that follow from settings and workflow files. */
export function hygieneFindings(input: HygieneInput): readonly HygieneFinding[] {
  const { world, fold, files } = input
  const things = usableThings(world, fold)
  const secrets = things.filter(({ family }) => family === SECRETS)
  const shared = secrets.filter(({ rank }) => rank === 0)
  const active = new Map(world.repositories.filter(({ archived }) => !archived).map((each) => [each.name, each]))
  const named = namedSecrets(files)
  return [
    ...secrets.flatMap((secret) => unused(secret, usersOf(secret, active), named, files)),
    ...hidden(secrets, active, world.owner),
    ...[...active.values()].flatMap((repository) => tooMany(repository, shared, world.owner)),
    ...openGroups(input),
  ]
}

/** In the order of kinds, then of places. */
export function sortFindings(findings: readonly HygieneFinding[]): readonly HygieneFinding[] {
  return [...findings].sort((one, other) => byText(one.kind, other.kind) || byText(one.place, other.place))
}

/** The secrets that files name, and the reasons why they may use others. */
interface NamedSecrets {
  /** By name, the folded repositories whose own files name it. */
  readonly by: ReadonlyMap<string, ReadonlySet<string>>
  /** By repository. */
  readonly unsure: ReadonlyMap<string, readonly string[]>
  /** Of called workflows: each is read once, so that those of all repositories count for each. */
  readonly called: { readonly names: ReadonlySet<string>; readonly unsure: readonly string[] }
}

function namedSecrets(files: HygieneInput['files']): NamedSecrets {
  const by = new Map<string, Set<string>>()
  const unsure = new Map<string, readonly string[]>()
  const called = { names: new Set<string>(), unsure: [] as string[] }
  for (const [repository, { files: own }] of files) {
    unsure.set(
      repository,
      own.flatMap((each) => each.unsure ?? []),
    )
    for (const { file, secrets, unsure: why } of own) {
      const isCalled = file.includes('@')
      if (isCalled && why !== undefined) called.unsure.push(why)
      for (const name of secrets) {
        if (isCalled) called.names.add(name)
        const there = by.get(name)
        if (there === undefined) by.set(name, new Set([repository]))
        else there.add(repository)
      }
    }
  }
  return { by, unsure, called }
}

function unused(
  secret: UsableThing,
  users: readonly Repository[],
  { by, unsure, called }: NamedSecrets,
  files: HygieneInput['files'],
): readonly HygieneFinding[] {
  // Of a repository whose files were not read, nothing is known.
  if (users.some(({ name }) => !files.has(name))) return []
  const namedBy = by.get(secret.name)
  if (called.names.has(secret.name) || users.some(({ name }) => namedBy?.has(name))) return []
  const reasons = new Set([...called.unsure, ...users.flatMap(({ name }) => unsure.get(name) ?? [])])
  const gaps = users.filter(({ name }) => (files.get(name)?.not_read.length ?? 0) > 0)
  if (gaps.length > 0) reasons.add('not every file could be read')
  const where = `its name stands in no workflow file of ${count(users.length, 'repository', 'repositories')}`
  return [
    {
      kind: 'unused secret',
      place: secret.address,
      detail:
        reasons.size === 0 ? 'no workflow names it' : `no workflow names it, but ${[...reasons].sort().join('; ')}`,
      how: users.length === 0 ? 'no repository may use it' : `${where}, default branch`,
      sure: reasons.size === 0,
    },
  ]
}

/** Of what is of one repository alone, that one is asked, and no other. */
function usersOf(secret: UsableThing, active: ReadonlyMap<string, Repository>): readonly Repository[] {
  const alone = secret.only === undefined ? undefined : active.get(secret.only)
  const own = secret.only === undefined ? [...active.values()] : alone === undefined ? [] : [alone]
  return own.filter((repository) => secret.reaches(repository) !== 'no')
}

/** Each that has the name of a narrower one in a repository that may use both. */
function hidden(
  secrets: readonly UsableThing[],
  active: ReadonlyMap<string, Repository>,
  owner: string,
): readonly HygieneFinding[] {
  const named = byNameIn(secrets)
  return secrets.flatMap((narrower) => {
    const { only } = narrower
    const both = only === undefined ? undefined : active.get(only)
    if (only === undefined || both === undefined) return []
    const wider = [...named(narrower), ...named(narrower, only)].filter((each) => each.rank < narrower.rank)
    return wider
      .filter((each) => each.reaches(both) !== 'no')
      .map((secret): HygieneFinding => {
        const detail = `hidden in ${owner}/${both.shown ?? both.name} by ${narrower.address}`
        return { kind: 'hidden secret', place: secret.address, detail, how: 'both have one name', sure: true }
      })
  })
}

function tooMany(repository: Repository, secrets: readonly UsableThing[], owner: string): readonly HygieneFinding[] {
  if (secrets.length <= MOST_SHARED) return []
  const shared = secrets.filter((each) => each.reaches(repository) !== 'no')
  if (shared.length <= MOST_SHARED) return []
  return [
    {
      kind: 'too many secrets',
      place: `${owner}/${repository.shown ?? repository.name}`,
      detail: `it may use ${shared.length} of the organization; a workflow gets the first ${MOST_SHARED} by name`,
      how: 'visibility and lists of the secrets',
      sure: true,
    },
  ]
}

function openGroups({ world, fold }: HygieneInput): readonly HygieneFinding[] {
  const groups = world.organization?.[GROUPS]
  const scope = scopeAt(pathOf('organization', [world.owner]))
  if (scope === undefined) return []
  if (typeof groups !== 'object' || groups === null) return []
  return Object.entries(groups).flatMap(([name, group]) => {
    if ((group as { readonly allows_public_repositories?: unknown })?.allows_public_repositories !== true) return []
    return [
      {
        kind: 'open to public' as const,
        place: formatAddress(scope, GROUPS, fold(GROUPS, name)),
        detail: 'workflows of public repositories may run on its machines',
        how: 'allows_public_repositories is on',
        sure: true,
      },
    ]
  })
}
