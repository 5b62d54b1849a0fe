import { byText } from '../core/address.ts'
import type { AccessWorld } from './access-world.ts'
import type { AccessPerson } from './read-people.ts'
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
export function accessAnswer(
  world: AccessWorld,
  question: AccessQuestion,
  fold: (family: string, name: string) => string,
): AccessAnswer | undefined {
  const things = usableThings(world, fold)
  const isAsked =
    'thing' in question
      ? ({ address }: UsableThing) => address.toLowerCase() === question.thing.toLowerCase()
      : () => true
  const chosen = things.filter(isAsked)
  const repositories =
    'thing' in question ? world.repositories : world.repositories.filter(({ name }) => name === question.repository)
  if (chosen.length === 0 && 'thing' in question) return undefined
  if (repositories.length === 0) return undefined
  const others = byNameIn(things.filter(({ rank }) => rank === OF_REPOSITORY))
  const rows: AccessRow[] = []
  const unknown: string[] = []
  for (const repository of repositories) {
    for (const thing of chosen) {
      const reached = thing.reachedBy(repository)
      if (reached === undefined) continue
      const full = `${world.owner}/${repository.shown ?? repository.name}`
      if (reached === 'unknown') unknown.push('thing' in question ? full : thing.address)
      else
        rows.push({
          address: thing.address,
          repository: full,
          way: reached.way,
          ...hiddenBy(others(thing, repository.name), thing),
        })
    }
  }
  rows.sort((one, other) => byText(one.address, other.address) || byText(one.repository, other.repository))
  return { asked: question.asked, rows, unknown: unknown.sort(byText) }
}

/** Only what the repository itself has hides a thing in each of its jobs: an environment's is for the jobs that name it. */
function hiddenBy([narrower]: readonly UsableThing[], { rank }: UsableThing): { readonly hidden_by?: string } {
  return narrower === undefined || narrower.rank <= rank ? {} : { hidden_by: narrower.address }
}

const OF_REPOSITORY = 1
