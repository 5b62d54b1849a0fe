import { placed } from '../../core/place-params.ts'
import { renaming } from './renaming.ts'
import {
  type ListedVariable,
  type Variable,
  type VariableLevel,
  type VariableRef,
  type VariablesAt,
  variableRoutes,
} from './variable.ts'
import { checkText } from './variable-text.ts'

/** The variables of a repository or an environment: a text, without a choice of who may use it. */
export function variablesAlone({ path, most }: VariablesAt): VariableLevel<'repository' | 'environment'> {
  const { list, create, update, remove } = variableRoutes(path)
  return {
    value: { route: update },
    name: { route: update, as: 'name' },
    entry: {
      presence: list,
      reads: [list],
      writes: [create, update, remove],
      ...(most === undefined ? {} : { most }),
      required: ['value'],
      async read(scope, ask, known) {
        const { route, params } = placed(list, scope, known)
        const listed = await ask.list<ListedVariable>(route, params)
        return listed.map(({ name, value }) => {
          return { key: name.toUpperCase(), name, spec: { value }, ref: { name, repositories: {} } }
        })
      },
      check: (wanted) => checkText(wanted),
      write({ action, scope, name, after, changed, ref, known }) {
        const one = placed(action === 'delete' ? remove : update, scope, known)
        const params = (ref: VariableRef | undefined) => ({ ...one.params, name: ref?.name ?? name })
        if (action === 'delete') return [{ route: one.route, fields: [], params }]
        const { value } = after as Variable
        if (action === 'update') {
          return [{ route: one.route, fields: [...changed], params, ...renaming({ name, changed, ref }, { value }) }]
        }
        const all = placed(create, scope, known)
        const ifThere = { route: one.route, params, body: () => ({ value }) }
        const body = (): object => ({ name, value })
        return [{ route: all.route, fields: ['value'], params: () => all.params, body, ifThere }]
      },
    },
  }
}
