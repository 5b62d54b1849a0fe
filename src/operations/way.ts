import type { Route } from '../core/routes.ts'
import type { ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Column } from './column.ts'
import { type FlagValues, nameOf, type Operation, type Subject } from './operation.ts'

/** The route by which an operation is answered, with the flags and the word that were given. */
export interface Taken {
  readonly route: Route
  /** The columns of that route's answer, where it has its own. */
  readonly columns: readonly Column[] | undefined
  /** The thing that a flag names, which stands in the path. */
  readonly about: { readonly subject: Subject; readonly word: string } | undefined
  /** The command, and the flag that decided: `runs jobs --attempt`. */
  readonly name: string
}

/**
 * Finds the route of an operation at a level: its own, or that of a flag or word which has another.
 * @throws SetupError where two of them ask for different routes
 */
export function takenWay(operation: Operation, level: ScopeType, flags: FlagValues, word: string | undefined): Taken {
  const { subject } = operation
  const given = (operation.flags ?? []).flatMap(({ flag, field, way }) => {
    const value = flags[field]
    const at = way?.at[level]
    if (way === undefined || at === undefined || value === undefined || value === false) return []
    const about = way.of && { subject: way.of, word: String(value) }
    return [{ route: at, columns: way.columns, about, name: flag.split(/[ ,]/)[0] ?? flag }]
  })
  const own = word === undefined ? undefined : subject?.way?.at[level]
  const all = [
    ...given,
    ...(own === undefined
      ? []
      : [{ route: own, columns: subject?.way?.columns, about: undefined, name: subject?.word }]),
  ]
  const [one, other] = all
  if (other !== undefined) throw new SetupError(`${nameOf(operation)} takes ${one?.name} or ${other.name}, not both.`)
  const route = one?.route ?? operation.at[level]
  if (route === undefined) throw new Error(`bug: ${nameOf(operation)} is not at ${level}`)
  const name = one?.name === undefined ? nameOf(operation) : `${nameOf(operation)} ${one.name}`
  return { route, columns: one?.columns, about: one?.about, name }
}
