import { type Answer, type Call, NO_CONTENT, ok, type Route } from '../../http/call.ts'
import { listVariables, type Variable, type Variables, variableIn } from './values.ts'

/** Where variables are, and what of them is their holder's own way. */
interface VariableRoutes<One extends Variable> {
  /** The path of the list. */
  readonly template: string
  /** The part of a route that is the same of all reads, and of all writes. */
  readonly read: Partial<Route>
  readonly write: Partial<Route>
  /** The variables that a request is about. */
  all(call: Call): Variables<One>
  present(call: Call, variable: One): object
  create(call: Call): Answer
  change(call: Call): Answer
}

/** The routes that variables have at every level. */
export function variableRoutes<One extends Variable>(of: VariableRoutes<One>): readonly Route[] {
  const { template, read, write, all, present, create, change } = of
  const one = `${template}/{name}`
  const remove = (call: Call): Answer => {
    all(call).delete(variableIn(call, all(call)).name.toUpperCase())
    return NO_CONTENT
  }
  return [
    {
      ...read,
      method: 'GET',
      template,
      handle: (call) => listVariables(call, all(call), (each) => present(call, each)),
    },
    { ...write, method: 'POST', template, handle: create },
    { ...read, method: 'GET', template: one, handle: (call) => ok(present(call, variableIn(call, all(call)))) },
    { ...write, method: 'PATCH', template: one, handle: change },
    { ...write, method: 'DELETE', template: one, handle: remove },
  ]
}
