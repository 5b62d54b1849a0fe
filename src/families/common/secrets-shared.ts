import type { Edit, Get, Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import type { Params, Send } from '../../core/send.ts'
import type { ListedSecret, Secret, SecretLevel, SecretRef, SharedSecretsAt } from './secret.ts'
import { checkSelected, reachOf, wholeAccess } from './selected-access.ts'
import { listSends, readList, type SelectedList, selectedList } from './selected-list.ts'

/** The secrets of an organization, which say which of its repositories may use them. */
export function secretsShared({ path, most, textIdsBefore }: SharedSecretsAt): SecretLevel<'organization'> {
  const routes = routesOf(path)
  const { list, key, get, put, remove, selected } = routes
  return {
    value: { route: put, as: 'encrypted_value', publicKey: key, single: get },
    access: { route: put, list: selected },
    entry: {
      presence: list,
      reads: [list, selected.read, get],
      writes: [key, put, selected.replace, selected.add, selected.remove, remove],
      ...(most === undefined ? {} : { most }),
      required: ['visibility'],
      async read(scope, ask, known) {
        const listed = await ask.list<ListedSecret>(list, scopeParams(scope))
        return Promise.all(listed.map((secret) => readOne(secret, selected, scope, ask, known)))
      },
      check,
      reach: ({ visibility, repositories }, known) => reachOf(visibility, repositories, known),
      write(edit) {
        const params = (): Params => ({ ...scopeParams(edit.scope), secret_name: edit.key })
        if (edit.action === 'delete') return [{ route: remove, fields: [], params }]
        return edit.putsValue ? [putWhole(edit, routes, params, textIdsBefore)] : listSends(selected, edit, params)
      },
    },
  }
}

function routesOf(path: `/${string}`) {
  const one = `${path}/{secret_name}` as const
  return {
    list: `GET ${path}`,
    key: `GET ${path}/public-key`,
    get: `GET ${one}`,
    put: `PUT ${one}`,
    remove: `DELETE ${one}`,
    selected: selectedList(one),
  } as const
}

/** The list is read only where this run may change the secret. */
async function readOne(
  { name, visibility: given, updated_at }: ListedSecret,
  list: SelectedList<'repositories'>,
  scope: ScopeOf<'organization'>,
  get: Get,
  known: Known,
): Promise<Live<Secret, SecretRef>> {
  const key = name.toUpperCase()
  const isRead = given === 'selected' && known.concerns(key)
  const { spec, ...names } = await readList(list, { ...scopeParams(scope), secret_name: name }, get, isRead)
  return { key, spec: { ...(given ? { visibility: given } : {}), ...spec }, ...names, updated_at }
}

/** GitHub takes a value and `visibility` only together. */
function putWhole(
  edit: Edit<Secret, SecretRef>,
  { get, put, key, selected }: ReturnType<typeof routesOf>,
  params: () => Params,
  textIdsBefore: string | undefined,
): Send<SecretRef> {
  const { reads, body } = wholeAccess(selected, get, edit)
  const isText = textIdsBefore !== undefined && (edit.known.product.isBefore?.(textIdsBefore) ?? false)
  const rereads = reads.map((route) => ({ route, params }))
  return {
    route: put,
    fields: ['visibility', 'repositories', 'value'].filter((field) => edit.changed.has(field) || field === 'value'),
    params,
    body: (_, reread = []) => (isText ? withTextIds(body(reread), selected.as) : body(reread)),
    seals: { publicKey: key },
    ...(rereads.length > 0 ? { rereads } : {}),
  }
}

function withTextIds(body: Readonly<Record<string, unknown>>, field: string): object {
  const ids = body[field]
  return Array.isArray(ids) ? { ...body, [field]: ids.map(String) } : body
}

function check(wanted: Wanted<Secret>, live: Live<Secret> | undefined): readonly Finding[] {
  if (live && !(wanted.spec.visibility ?? live.spec.visibility)) {
    const message = 'visibility must be given: GitHub does not tell it, and takes a value only together with it'
    return [{ severity: 'held back', message, help: `Write visibility for ${wanted.key}.` }]
  }
  return checkSelected(wanted, 'visibility', 'repositories')
}
