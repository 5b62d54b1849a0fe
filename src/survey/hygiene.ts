import { byText, formatAddress, pathOf, scopeAt } from '../core/address.ts'
import type { Repository } from '../core/repository.ts'
import { count } from '../render/row.ts'
import { type AccessWorld, ENVIRONMENTS, POLICY_FAMILY } from './access-world.ts'
import type { SurveyedFile, SurveyedFiles, SurveyGap } from './survey-files.ts'
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
  const { world, fold } = input
  const things = usableThings(world, fold)
  const secrets = things.filter(({ family }) => family === SECRETS)
  const active = new Map(world.repositories.filter(({ archived }) => !archived).map((each) => [each.name, each]))
  // A called workflow is read once, so that those of all repositories count.
  const called = [...input.files.values()].flatMap((each) => each.files.filter(({ file }) => file.includes('@')))
  return [
    ...secrets.flatMap((secret) => unused(secret, active, called, input)),
    ...hidden(secrets, active, world.owner),
    ...[...active.values()].flatMap((repository) => tooMany(repository, secrets, world.owner)),
    ...openGroups(input),
  ]
}

/** In the order of kinds, then of places. */
export function sortFindings(findings: readonly HygieneFinding[]): readonly HygieneFinding[] {
  return [...findings].sort((one, other) => byText(one.kind, other.kind) || byText(one.place, other.place))
}

function unused(
  secret: UsableThing,
  active: ReadonlyMap<string, Repository>,
  called: readonly SurveyedFile[],
  { files }: HygieneInput,
): readonly HygieneFinding[] {
  const users = usersOf(secret, active)
  // Of a repository whose files were not read, nothing is known.
  if (users.some(({ name }) => !files.has(name))) return []
  const reasons = new Set<string>()
  for (const { secrets, unsure } of [...users.flatMap(({ name }) => files.get(name)?.files ?? []), ...called]) {
    if (secrets.includes(secret.name)) return []
    if (unsure !== undefined) reasons.add(unsure)
  }
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
  const own = secret.only === undefined ? [...active.values()] : [active.get(secret.only)]
  return own.filter(
    (repository) => repository !== undefined && secret.reachedBy(repository) !== undefined,
  ) as Repository[]
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
      .filter((each) => each.reachedBy(both) !== undefined)
      .map((secret): HygieneFinding => {
        const detail = `hidden in ${owner}/${both.shown ?? both.name} by ${narrower.address}`
        return { kind: 'hidden secret', place: secret.address, detail, how: 'both have one name', sure: true }
      })
  })
}

function tooMany(repository: Repository, secrets: readonly UsableThing[], owner: string): readonly HygieneFinding[] {
  const shared = secrets.filter((each) => each.rank === 0 && each.reachedBy(repository) !== undefined)
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
