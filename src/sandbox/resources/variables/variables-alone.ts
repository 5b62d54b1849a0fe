import { type Answer, bodyOf, type Call, NO_CONTENT, type Route } from '../../http/call.ts'
import { byName, type Part } from '../../world/part.ts'
import { type Holder, slot } from '../../world/slot.ts'
import { timestamp } from '../../world/store.ts'
import {
  changeVariable,
  dumpVariable,
  newVariable,
  presentVariable,
  seedVariables,
  type Variables,
  variableIn,
} from './values.ts'
import { variableRoutes } from './variable-routes.ts'

/** The path of the list, the permission without its access, and the products that have the routes. */
interface VariablesPath {
  readonly template: string
  readonly permission: string
  readonly on: Partial<Route>
}

interface VariablesAlone<Of> {
  /** The key in a seed. */
  readonly key: string
  readonly most: number
  holderOf(call: Call): Of
  readonly places: readonly VariablesPath[]
}

/** Variables that their holder alone uses: those of a repository, and of an environment (https://docs.github.com/rest/actions/variables). */
export function variablesAlone<Of extends Holder>({
  key,
  most,
  holderOf,
  places,
}: VariablesAlone<Of>): {
  readonly routes: readonly Route[]
  readonly part: Part<Of>
} {
  const variablesOf = slot<Of, Variables>(() => new Map())
  const all = (call: Call): Variables => variablesOf(holderOf(call))
  const create = (call: Call): Answer => {
    const variable = newVariable(bodyOf(call), all(call), timestamp(call.now), most)
    all(call).set(variable.name.toUpperCase(), variable)
    return { status: 201, body: {} }
  }
  const change = (call: Call): Answer => {
    changeVariable(bodyOf(call), all(call), variableIn(call, all(call)), timestamp(call.now))
    return NO_CONTENT
  }
  const routes = places.flatMap(({ template, permission, on }) =>
    variableRoutes({
      template,
      read: { ...on, permission: `${permission}=read` },
      write: { ...on, permission: `${permission}=write` },
      ...{ all, create, change },
      present: (_, variable) => presentVariable(variable),
    }),
  )
  const part: Part<Of> = {
    keys: [key],
    seed(holder, given) {
      for (const [variable] of seedVariables(given, key)) variablesOf(holder).set(variable.name.toUpperCase(), variable)
    },
    dump: (holder) => ({ [key]: byName(variablesOf(holder).values(), dumpVariable) }),
  }
  return { routes, part }
}
