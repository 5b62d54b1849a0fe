import { byText } from '../core/address.ts'
import type { Repository } from '../core/repository.ts'
import { groupBy } from '../render/group-by.ts'
import type { AccessWorld } from './access-world.ts'
import type { AccessPerson } from './read-people.ts'
import { fullName } from './reading.ts'
import { byNameIn, type UsableThing, usableThings } from './usable-things.ts'

/** One repository that may use one thing. */
export interface AccessRow {
  readonly address: string
  readonly repository: string
  /** The setting that lets it. */
  readonly way: string
  /** The address of a narrower one of the same name, whose value workflows get instead. */
  readonly hidden_by?: string
}

/** The answer to one question; in `rows` both directions look alike. */
export interface AccessAnswer {
  readonly asked: string
  readonly rows: readonly AccessRow[]
  /** Addresses, or repositories, of which it is not known. */
  readonly unknown: readonly string[]
}

export interface AccessReport {
  readonly format: 'octoform report access'
  readonly format_version: '1.0'
  readonly host: string
  /** Of the reading that it follows from. */
  readonly read_at: string
  readonly answers: readonly AccessAnswer[]
  /** Where they were asked for. */
  readonly people?: readonly AccessPerson[]
  readonly not_read: readonly { readonly place: string; readonly reason: string }[]
  /** Where the report's knowledge ends, in sentences. */
  readonly limits: readonly string[]
}

/** The subject of a question: a thing by its address, or a repository by its folded name. */
export type AccessQuestion =
  | { readonly asked: string; readonly thing: string }
  | { readonly asked: string; readonly repository: string }

/**
 * Answers from the settings of one owner, both ways by the same rules.
 * @returns undefined where no thing has the address, or no repository the name
 */
export function accessAnswers(
  world: AccessWorld,
  fold: (family: string, name: string) => string,
): (question: AccessQuestion) => AccessAnswer | undefined {
  const things = usableThings(world, fold)
  const byAddress = groupBy(things, ({ address }) => address.toLowerCase())
  const byPlace = groupBy(things, ({ only }) => only ?? SHARED)
  const shared = byPlace.get(SHARED) ?? []
  const repositories = new Map(world.repositories.map((each) => [each.name, each]))
  const narrower = byNameIn(things.filter(({ rank }) => rank === OF_REPOSITORY))
  const mayUse = ({ only }: UsableThing): readonly Repository[] => {
    if (only === undefined) return world.repositories
    const alone = repositories.get(only)
    return alone === undefined ? [] : [alone]
  }
  return (question) => {
    if ('thing' in question) {
      const chosen = byAddress.get(question.thing.toLowerCase())
      if (chosen === undefined) return undefined
      const pairs = chosen.flatMap((thing) => mayUse(thing).map((repository) => ({ thing, repository })))
      return answerOf(question.asked, world.owner, pairs, { narrower, unknownAs: ({ full }) => full })
    }
    const repository = repositories.get(question.repository)
    if (repository === undefined) return undefined
    const pairs = [...shared, ...(byPlace.get(repository.name) ?? [])].map((thing) => ({ thing, repository }))
    return answerOf(question.asked, world.owner, pairs, { narrower, unknownAs: ({ address }) => address })
  }
}

/** @param unknownAs the text for a pair of which nothing is known */
function answerOf(
  asked: string,
  owner: string,
  pairs: readonly { readonly thing: UsableThing; readonly repository: Repository }[],
  {
    narrower,
    unknownAs,
  }: {
    readonly narrower: ReturnType<typeof byNameIn>
    unknownAs(pair: { readonly address: string; readonly full: string }): string
  },
): AccessAnswer {
  const rows: AccessRow[] = []
  const unknown: string[] = []
  for (const { thing, repository } of pairs) {
    const reaches = thing.reaches(repository)
    if (reaches === 'no') continue
    const full = fullName(owner, repository)
    const { address } = thing
    if (reaches === 'unknown') unknown.push(unknownAs({ address, full }))
    else {
      const hidden = hiddenBy(narrower(thing, repository.name), thing)
      rows.push({ address, repository: full, way: thing.way(repository), ...hidden })
    }
  }
  rows.sort((one, other) => byText(one.address, other.address) || byText(one.repository, other.repository))
  return { asked, rows, unknown: unknown.sort(byText) }
}

/** Only what the repository itself has hides a thing in each of its jobs: an environment's is for the jobs that name it. */
function hiddenBy([narrower]: readonly UsableThing[], { rank }: UsableThing): { readonly hidden_by?: string } {
  return narrower === undefined || narrower.rank <= rank ? {} : { hidden_by: narrower.address }
}

const OF_REPOSITORY = 1
/** The place of what the organization shares: no repository is called so. */
const SHARED = ''
