import type { Edit, Get, Known } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import { RENAMED_FROM } from '../../core/rename.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import type { Params, Send } from '../../core/send.ts'
import { pick } from './carried.ts'
import { renaming } from './renaming.ts'
import { checkSelected, reachOf } from './selected-access.ts'
import { idsOf, listSends, readList, type SelectedList, selectedList } from './selected-list.ts'
import type { ListedVariable, Variable, VariableLevel, VariableRef, VariablesAt } from './variable.ts'
import { checkText } from './variable-text.ts'

type VariableEdit = Edit<Variable, VariableRef, 'organization'>

/** The variables of an organization, which say which of its repositories may use them. */
export function variablesShared({ path, most }: VariablesAt<`/${string}`>): VariableLevel<'organization'> {
  const routes = routesOf(path)
  const { list, create, update, remove, selected } = routes
  return {
    value: { route: update },
    name: { route: update, as: 'name' },
    access: { route: update, list: selected },
    entry: {
      presence: list,
      reads: [list, selected.read],
      writes: [create, update, selected.replace, selected.add, selected.remove, remove],
      ...(most === undefined ? {} : { most }),
      required: ['visibility', 'value'],
      async read(scope, ask, known) {
        const listed = await ask.list<ListedVariable>(list, scopeParams(scope))
        return Promise.all(listed.map((variable) => readOne(variable, selected, scope, ask, known)))
      },
      check: (wanted) => [...checkSelected(wanted, 'visibility', 'repositories'), ...checkText(wanted)],
      reach: ({ visibility, repositories }, known) => reachOf(visibility, repositories, known),
      write(edit) {
        const { action, scope, key } = edit
        const params = (ref: VariableRef | undefined): Params => ({ ...scopeParams(scope), name: ref?.name ?? key })
        if (action === 'delete') return [{ route: remove, fields: [], params }]
        return action === 'create' ? [createSend(edit, routes, params)] : updateSends(edit, routes, params)
      },
    },
  }
}

function routesOf(path: `/${string}`) {
  const one = `${path}/{name}` as const
  return {
    list: `GET ${path}`,
    create: `POST ${path}`,
    update: `PATCH ${one}`,
    remove: `DELETE ${one}`,
    selected: selectedList(one),
  } as const
}

/** The list is read only where this run may change the variable. */
async function readOne(
  { name, value, visibility }: ListedVariable,
  list: SelectedList<'repositories'>,
  scope: ScopeOf<'organization'>,
  get: Get,
  known: Known,
): Promise<Live<Variable, VariableRef>> {
  const key = name.toUpperCase()
  const isRead = visibility === 'selected' && known.concerns(key)
  const { spec, ref, ...names } = await readList(list, { ...scopeParams(scope), name }, get, isRead)
  return { key, name, spec: { value, ...(visibility ? { visibility } : {}), ...spec }, ref: { name, ...ref }, ...names }
}

type ParamsOf = (ref: VariableRef | undefined) => Params

/** POST creates, and refuses a name that is taken: then the same is a change. */
function createSend(edit: VariableEdit, { create, update, selected }: Routes, params: ParamsOf): Send<VariableRef> {
  const { scope, after, changed } = edit
  const isSelected = after?.visibility === 'selected'
  const fields: readonly (keyof Variable)[] = ['value', 'visibility', ...(isSelected ? ['repositories' as const] : [])]
  const whole = (): object => bodyOf(edit, { repositories: [], ...after }, fields, selected)
  return {
    route: create,
    fields: [...changed],
    params: () => scopeParams(scope),
    body: () => ({ name: edit.name, ...whole() }),
    ifThere: { route: update, params, body: whole },
  }
}

type Routes = ReturnType<typeof routesOf>

/**
 * PATCH keeps the fields that it is not sent. The list goes with the switch that brings it into force, and with a value that
 * changes: no repository reads the old one that had no access, nor the new one that has none. Entries of a shared list leave
 * before the value changes, and come after it.
 */
function updateSends(edit: VariableEdit, { update, selected }: Routes, params: ParamsOf): readonly Send<VariableRef>[] {
  const { changed, shared, after = {} } = edit
  const isOpened = changed.has('visibility') && after.visibility === 'selected'
  const isWhole = changed.has('value') && changed.has('repositories') && !shared.has('repositories')
  const together = isOpened || isWhole
  const fields = [...changed].filter((field) => together || field !== 'repositories') as (keyof Variable)[]
  const body = { ...bodyOf(edit, after, fields, selected), ...(isWhole ? { visibility: 'selected' } : {}) }
  const patch = { route: update, fields, params, ...renaming(edit, body) }
  const sends = together ? [] : listSends(selected, edit, params)
  const takes = sends.filter(({ route }) => route === selected.remove)
  const others = sends.filter(({ route }) => route !== selected.remove)
  return [...takes, ...(fields.length > 0 ? [patch] : []), ...others]
}

/** These fields of the document, the list by ids as GitHub takes it. */
function bodyOf(
  { known, ref }: VariableEdit,
  document: Variable,
  fields: readonly (keyof Variable)[],
  list: SelectedList,
): object {
  const { repositories, [RENAMED_FROM]: _, ...rest } = pick(document, fields)
  return repositories === undefined ? rest : { ...rest, [list.as]: idsOf(repositories, known, ref?.repositories) }
}
