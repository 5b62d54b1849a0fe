import type { Edit, Family, Get, Known, Live, Send, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Route } from '../../core/routes.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import {
  givesList,
  idsOf,
  type ListedRepository,
  listSends,
  namesAndIds,
  type RepositoryIds,
  reached,
  reachedWhere,
} from '../common/repository-list.ts'

/** A secret: its access, and the source of its value. GitHub never gives the value back. */
export type Secret = {
  readonly visibility?: 'selected' | 'private' | 'all'
  readonly repositories?: readonly string[]
  /** `env:NAME` or `file:PATH`, never the value. */
  readonly value?: string
}

type Ref = { readonly repositories: RepositoryIds }

interface Listed {
  readonly name: string
  readonly updated_at: string
  readonly visibility?: Secret['visibility']
}

const ORG_LIST = 'GET /orgs/{org}/actions/secrets'
const ORG_GET = 'GET /orgs/{org}/actions/secrets/{secret_name}'
const ORG_KEY = 'GET /orgs/{org}/actions/secrets/public-key'
const ORG_REPOSITORIES = 'GET /orgs/{org}/actions/secrets/{secret_name}/repositories'
const ORG_PUT = 'PUT /orgs/{org}/actions/secrets/{secret_name}'
const ORG_PUT_REPOSITORIES = 'PUT /orgs/{org}/actions/secrets/{secret_name}/repositories'
const ORG_PUT_ITEM = 'PUT /orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}'
const ORG_DELETE_ITEM = 'DELETE /orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}'
const ORG_DELETE = 'DELETE /orgs/{org}/actions/secrets/{secret_name}'
const REPO_LIST = 'GET /repos/{owner}/{repo}/actions/secrets'
const REPO_GET = 'GET /repos/{owner}/{repo}/actions/secrets/{secret_name}'
const REPO_KEY = 'GET /repos/{owner}/{repo}/actions/secrets/public-key'
const REPO_PUT = 'PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}'
const REPO_DELETE = 'DELETE /repos/{owner}/{repo}/actions/secrets/{secret_name}'

/** https://docs.github.com/rest/actions/secrets */
export const secrets = {
  name: 'secrets',
  shape: 'members',
  fields: {
    visibility: { wider: ['selected', 'private', 'all'], written: { organization: { route: ORG_PUT } } },
    repositories: {
      list: 'repositories',
      mode: { field: 'visibility', is: 'selected' },
      wider: 'more',
      written: { organization: { route: ORG_PUT_REPOSITORIES, as: 'selected_repository_ids' } },
    },
    value: {
      secret: true,
      wider: 'never',
      written: {
        organization: { route: ORG_PUT, as: 'encrypted_value', publicKey: ORG_KEY, single: ORG_GET },
        repository: { route: REPO_PUT, as: 'encrypted_value', publicKey: REPO_KEY, single: REPO_GET },
      },
    },
  },
  fold: (key) => key.toUpperCase(),
  listed: ({ repositories }) => repositories,
  scopes: {
    organization: {
      presence: ORG_LIST,
      reads: [ORG_LIST, ORG_REPOSITORIES, ORG_GET],
      writes: [ORG_KEY, ORG_PUT, ORG_PUT_REPOSITORIES, ORG_PUT_ITEM, ORG_DELETE_ITEM, ORG_DELETE],
      most: 1000,
      required: ['visibility'],
      async read(scope, get, known) {
        const listed = await get.list<Listed>(ORG_LIST, scopeParams(scope))
        return Promise.all(listed.map((secret) => readShared(secret, scope, get, known)))
      },
      check: checkShared,
      reach(spec, known) {
        if (spec.visibility === 'selected') return reached(spec.repositories ?? [], known)
        return reachedWhere(known, (repository) => spec.visibility !== 'private' || repository.visibility !== 'public')
      },
      write(edit) {
        const params = paramsOf(edit)
        if (edit.action === 'delete') return [{ route: ORG_DELETE, fields: [], params: () => params }]
        return edit.putsValue ? [putWhole(edit, params)] : putRepositories(edit, params)
      },
    },
    repository: {
      presence: REPO_LIST,
      reads: [REPO_LIST],
      writes: [REPO_KEY, REPO_GET, REPO_PUT, REPO_DELETE],
      most: 100,
      async read(scope, get) {
        const listed = await get.list<Listed>(REPO_LIST, scopeParams(scope))
        return listed.map(({ name, updated_at }) => ({ key: name.toUpperCase(), spec: {}, ref: NO_LISTS, updated_at }))
      },
      write(edit) {
        const params = paramsOf(edit)
        if (edit.action === 'delete') return [{ route: REPO_DELETE, fields: [], params: () => params }]
        return [{ route: REPO_PUT, fields: ['value'], params: () => params, seals: { publicKey: REPO_KEY } }]
      },
    },
  },
} satisfies Family<Secret, Ref>

const NO_LISTS: Ref = { repositories: {} }

async function readShared(
  { name, visibility: given, updated_at }: Listed,
  scope: ScopeOf<'organization'>,
  get: Get,
  known: Known,
): Promise<Live<Secret, Ref>> {
  const key = name.toUpperCase()
  const visibility = given ? { visibility: given } : {}
  if (given !== 'selected' || !known.concerns(key)) return { key, spec: visibility, ref: NO_LISTS, updated_at }
  const params = { ...scopeParams(scope), secret_name: name }
  const { names, ids } = namesAndIds(await get.list<ListedRepository>(ORG_REPOSITORIES, params))
  return { key, spec: { ...visibility, repositories: names }, ref: { repositories: ids }, updated_at }
}

function paramsOf({ scope, key }: Pick<Edit, 'scope' | 'key'>): SecretParams {
  return { ...scopeParams(scope), secret_name: key }
}

type SecretParams = { readonly secret_name: string }

/**
 * GitHub takes a value and `visibility` only together, and reads a missing `visibility` or list as its own default: all
 * fields are sent. Those that the YAML leaves out are read again just before.
 */
function putWhole(edit: Edit<Secret, Ref>, params: SecretParams): Send<Ref> {
  const { before, after, given } = edit
  const carriesVisibility = before !== undefined && !given.has('visibility')
  const carriesList =
    before?.visibility === 'selected' && after?.visibility === 'selected' && !given.has('repositories')
  const reads: Route[] = []
  if (carriesVisibility) reads.push(ORG_GET)
  if (carriesList) reads.push(ORG_REPOSITORIES)
  const body = (_: Ref | undefined, reread: readonly unknown[] = []): object => {
    const now = carriesVisibility ? (reread[0] as Listed | undefined)?.visibility : undefined
    const visibility = now ?? after?.visibility
    if (visibility !== 'selected') return { visibility }
    const listed = carriesList ? (reread[reads.length - 1] as readonly ListedRepository[] | undefined) : undefined
    if (now === 'selected' && after?.visibility !== 'selected') throw new Error('its visibility was changed just now')
    return { visibility, selected_repository_ids: selectedIds(edit, listed) }
  }
  const fields = ['visibility', 'repositories', 'value'].filter((field) => edit.changed.has(field) || field === 'value')
  const rereads = reads.map((route) => ({ route, params: () => params }))
  const send: Send<Ref> = { route: ORG_PUT, fields, params: () => params, body, seals: { publicKey: ORG_KEY } }
  return rereads.length > 0 ? { ...send, rereads } : send
}

/**
 * The list as the YAML gives it; where the YAML gives no exact list, GitHub's present one with the YAML's additions.
 */
function selectedIds(edit: Edit<Secret, Ref>, listed: readonly ListedRepository[] | undefined): number[] {
  const before = edit.before?.repositories ?? []
  const after = edit.after?.repositories ?? []
  const idOf = (names: readonly string[]): number[] => idsOf(names, edit.known, edit.ref?.repositories)
  if (!listed) return idOf(after)
  const added = idOf(after.filter((name) => !before.includes(name)))
  const removed = new Set(idOf(before.filter((name) => !after.includes(name))))
  return [...new Set([...listed.map(({ id }) => id), ...added])].filter((id) => !removed.has(id))
}

function putRepositories(edit: Edit<Secret, Ref>, params: SecretParams): Send<Ref>[] {
  if (!edit.changed.has('repositories')) return []
  return listSends<Ref>({
    field: 'repositories',
    before: edit.before?.repositories ?? [],
    after: edit.after?.repositories ?? [],
    shared: edit.shared.has('repositories'),
    replace: ORG_PUT_REPOSITORIES,
    add: ORG_PUT_ITEM,
    remove: ORG_DELETE_ITEM,
    params: () => params,
    id: (name) => idsOf([name], edit.known, edit.ref?.repositories)[0] ?? 0,
  })
}

function checkShared(wanted: Wanted<Secret>, live: Live<Secret> | undefined): readonly Finding[] {
  const visibility = wanted.spec.visibility ?? live?.spec.visibility
  if (live && !visibility) {
    const message = 'visibility must be given: GitHub does not tell it, and takes a value only together with it'
    return [{ severity: 'held back', message, help: `Write visibility for ${wanted.key}.` }]
  }
  const given = wanted.spec.visibility
  if (givesList(wanted, 'repositories') && given !== undefined && given !== 'selected') {
    const message = `repositories needs visibility: selected, but it is ${given}`
    return [{ severity: 'error', field: 'repositories', message }]
  }
  return []
}
