import type { Edit, Family, Get, Known, Live, Params, Send } from '../core/family.ts'
import type { Scope } from '../core/scope.ts'
import { scopeParams } from '../core/scope.ts'
import { checkPermissions } from './permissions-check.ts'
import { alignPermissions, boundBy, endsListAbove, policyAbove } from './permissions-policy.ts'
import { idsOf, type ListedRepository, listSends, namesAndIds, type RepositoryIds, reached } from './repository-list.ts'

export type AllowedActions = 'local_only' | 'selected' | 'all'

export type SelectedActions = {
  readonly github_owned_allowed?: boolean
  readonly verified_allowed?: boolean
  readonly patterns_allowed?: readonly string[]
}

/** Which repositories may use Actions, and which actions they may run. `enabled` is the repository's, the lists the organization's. */
export type Permissions = {
  readonly enabled_repositories?: 'none' | 'selected' | 'all'
  readonly repositories?: readonly string[]
  readonly enabled?: boolean
  readonly allowed_actions?: AllowedActions
  readonly sha_pinning_required?: boolean
  readonly selected_actions?: SelectedActions
}

type Ref = { readonly repositories: RepositoryIds }

const ORG_GET = 'GET /orgs/{org}/actions/permissions'
const REPO_GET = 'GET /repos/{owner}/{repo}/actions/permissions'
const ORG = 'PUT /orgs/{org}/actions/permissions'
const REPO = 'PUT /repos/{owner}/{repo}/actions/permissions'
const ORG_LIST = 'PUT /orgs/{org}/actions/permissions/repositories'
const ORG_ITEM = 'PUT /orgs/{org}/actions/permissions/repositories/{repository_id}'
const ORG_ITEM_OFF = 'DELETE /orgs/{org}/actions/permissions/repositories/{repository_id}'
const ORG_ACTIONS = 'PUT /orgs/{org}/actions/permissions/selected-actions'
const REPO_ACTIONS = 'PUT /repos/{owner}/{repo}/actions/permissions/selected-actions'

const SELECTED_ACTIONS = { field: 'allowed_actions', is: 'selected' } as const

/** https://docs.github.com/rest/actions/permissions */
export const permissions: Family<Permissions, Ref> = {
  name: 'permissions',
  shape: 'settings',
  vital: true,
  scopes: {
    organization: {
      reads: [
        ORG_GET,
        'GET /orgs/{org}/actions/permissions/repositories',
        'GET /orgs/{org}/actions/permissions/selected-actions',
      ],
      writes: [ORG, ORG_LIST, ORG_ITEM, ORG_ITEM_OFF, ORG_ACTIONS],
    },
    repository: {
      reads: [REPO_GET, 'GET /repos/{owner}/{repo}/actions/permissions/selected-actions'],
      writes: [REPO, REPO_ACTIONS],
    },
  },
  needs: [{ family: 'permissions', from: 'above' }],
  fields: {
    enabled_repositories: { wider: ['none', 'selected', 'all'], written: { organization: { route: ORG } } },
    repositories: {
      list: 'repositories',
      mode: { field: 'enabled_repositories', is: 'selected' },
      wider: 'more',
      written: { organization: { route: ORG_LIST, as: 'selected_repository_ids' } },
    },
    // Off is never wider, though what GitHub showed was above it and its own switch not known; so with pinning.
    enabled: { wider: (_, after) => after !== false, written: { repository: { route: REPO } } },
    allowed_actions: {
      wider: ['local_only', 'selected', 'all'],
      written: { organization: { route: ORG }, repository: { route: REPO } },
    },
    sha_pinning_required: {
      wider: (_, after) => after !== true,
      written: { organization: { route: ORG }, repository: { route: REPO } },
    },
    'selected_actions.github_owned_allowed': {
      mode: SELECTED_ACTIONS,
      wider: [false, true],
      written: { organization: { route: ORG_ACTIONS }, repository: { route: REPO_ACTIONS } },
    },
    'selected_actions.verified_allowed': {
      mode: SELECTED_ACTIONS,
      wider: [false, true],
      written: { organization: { route: ORG_ACTIONS }, repository: { route: REPO_ACTIONS } },
    },
    'selected_actions.patterns_allowed': {
      list: 'names',
      mode: SELECTED_ACTIONS,
      wider: widerPatterns,
      written: { organization: { route: ORG_ACTIONS }, repository: { route: REPO_ACTIONS } },
    },
  },
  fold: () => '',
  async read(scope, get, known) {
    return [
      scope.type === 'organization'
        ? await readOrganization(scope, get, known)
        : await readRepository(scope, get, known),
    ]
  },
  align: alignPermissions,
  check: checkPermissions,
  boundBy,
  // A list above holds in every repository, whatever is kept there.
  dictated: (field, known, scope) =>
    field === 'allowed_actions' && scope.type === 'repository' && policyAbove(known).allowed_actions === 'selected',
  listed: ({ repositories }) => repositories,
  reach(spec, known, scope) {
    if (scope.type === 'repository') return spec.enabled === false ? [] : reached([scope.repo], known)
    if (spec.enabled_repositories === 'none') return []
    if (spec.enabled_repositories === 'selected') return reached(spec.repositories ?? [], known)
    return known.repositories.all.map((repository) => repository.id)
  },
  // The list last: what needs the request before it needs the switches.
  write: (edit) => [...writeSwitches(edit), ...writeSelectedActions(edit), ...writeList(edit)],
}

interface Answer {
  readonly enabled_repositories?: 'none' | 'selected' | 'all'
  readonly enabled?: boolean
  readonly allowed_actions?: AllowedActions
  readonly sha_pinning_required?: boolean
}

async function readOrganization(scope: Scope, get: Get, known: Known): Promise<Live<Permissions, Ref>> {
  const params = scopeParams(scope)
  const answer = await get.one<Answer>(ORG_GET, params)
  const listed =
    answer.enabled_repositories === 'selected' &&
    (known.mentions('repositories') || known.mentions('enabled_repositories'))
      ? namesAndIds(await get.list<ListedRepository>('GET /orgs/{org}/actions/permissions/repositories', params))
      : undefined
  const actions = readsActions(answer, known)
    ? await get.one<SelectedActions>('GET /orgs/{org}/actions/permissions/selected-actions', params)
    : undefined
  return {
    key: '',
    spec: { ...document(answer, actions), ...(listed ? { repositories: listed.names } : {}) },
    ref: { repositories: listed?.ids ?? {} },
  }
}

async function readRepository(scope: Scope, get: Get, known: Known): Promise<Live<Permissions, Ref>> {
  const params = scopeParams(scope)
  const answer = await get.one<Answer>(REPO_GET, params)
  const actions = readsActions(answer, known)
    ? await get.one<SelectedActions>('GET /repos/{owner}/{repo}/actions/permissions/selected-actions', params)
    : undefined
  return { key: '', spec: document(answer, actions), ref: { repositories: {} } }
}

/** GitHub answers 409 for the list of selected actions unless `allowed_actions` says `selected`. */
function readsActions(answer: Answer, known: Known): boolean {
  const fields = Object.keys(permissions.fields).filter((field) => field.startsWith('selected_actions.'))
  const asked = fields.some((field) => known.mentions(field))
  return (
    asked && answer.allowed_actions === 'selected' && answer.enabled !== false && answer.enabled_repositories !== 'none'
  )
}

/** The documented fields of an answer, without what GitHub leaves out while Actions is off. */
function document(answer: Answer, actions: SelectedActions | undefined): Permissions {
  const off = answer.enabled === false || answer.enabled_repositories === 'none'
  return {
    ...(answer.enabled_repositories === undefined ? {} : { enabled_repositories: answer.enabled_repositories }),
    ...(answer.enabled === undefined ? {} : { enabled: answer.enabled }),
    ...(answer.allowed_actions === undefined || off ? {} : { allowed_actions: answer.allowed_actions }),
    ...(answer.sha_pinning_required === undefined ? {} : { sha_pinning_required: answer.sha_pinning_required }),
    ...(actions ? { selected_actions: selectedActions(actions) } : {}),
  }
}

function selectedActions(actions: SelectedActions): SelectedActions {
  return {
    ...(actions.github_owned_allowed === undefined ? {} : { github_owned_allowed: actions.github_owned_allowed }),
    ...(actions.verified_allowed === undefined ? {} : { verified_allowed: actions.verified_allowed }),
    patterns_allowed: [...new Set(actions.patterns_allowed ?? [])].sort(),
  }
}

const SWITCHES = ['enabled_repositories', 'enabled', 'allowed_actions', 'sha_pinning_required'] as const

function writeSwitches(edit: Edit<Permissions, Ref>): Send<Ref>[] {
  const { scope, after, changed, known } = edit
  const written = SWITCHES.filter((field) => changed.has(field))
  if (!after || written.length === 0) return []
  const [route, read] = scope.type === 'organization' ? ([ORG, ORG_GET] as const) : ([REPO, REPO_GET] as const)
  const fields = SWITCHES.filter((field) => known.product.accepts(route, field))
  const carried = fields.filter((field) => !edit.given.has(field) && after[field] !== undefined)
  const body = (_: Ref | undefined, [now]: readonly unknown[] = []): object => {
    const switches = { ...pick(after, fields), ...pick(now as Permissions | undefined, carried) }
    const off = switches.enabled === false || switches.enabled_repositories === 'none'
    return off ? { ...switches, allowed_actions: undefined } : switches
  }
  const params = (): Params => scopeParams(scope)
  const rereads = carried.length > 0 ? { rereads: [{ route: read, params }] } : {}
  return [{ route, fields: written, params, body, ...rereads }]
}

function pick<K extends keyof Permissions>(from: Permissions | undefined, fields: readonly K[]): Partial<Permissions> {
  return Object.fromEntries(fields.flatMap((field) => (from?.[field] === undefined ? [] : [[field, from[field]]])))
}

function writeList(edit: Edit<Permissions, Ref>): Send<Ref>[] {
  const { scope, after, before, changed, known, ref } = edit
  if (!after || !changed.has('repositories')) return []
  const sends = listSends<Ref>({
    field: 'repositories',
    before: before?.repositories ?? [],
    after: after.repositories ?? [],
    shared: edit.shared.has('repositories'),
    replace: ORG_LIST,
    add: ORG_ITEM,
    remove: ORG_ITEM_OFF,
    params: () => scopeParams(scope),
    id: (name) => idsOf([name], known, ref?.repositories)[0] ?? 0,
  })
  return changed.has('enabled_repositories') ? sends.map((send) => ({ ...send, needsPrevious: true })) : sends
}

function writeSelectedActions(edit: Edit<Permissions, Ref>): Send<Ref>[] {
  const { scope, after, changed, known } = edit
  const fields = [...changed].filter((field) => field.startsWith('selected_actions.'))
  if (!after?.selected_actions || fields.length === 0) return []
  const route = scope.type === 'organization' ? ORG_ACTIONS : REPO_ACTIONS
  const entries = Object.entries(after.selected_actions).filter(([field]) => known.product.accepts(route, field))
  const send: Send<Ref> = { route, fields, params: () => scopeParams(scope), body: () => Object.fromEntries(entries) }
  const switched = changed.has('allowed_actions') || changed.has('enabled_repositories') || changed.has('enabled')
  const held = scope.type === 'repository' && endsListAbove(known)
  return [{ ...send, ...(switched ? { needsPrevious: true } : {}), ...(held ? { last: true } : {}) }]
}

/** A pattern with `!` blocks: one more of these is narrower, one less wider. */
function widerPatterns(before: unknown, after: unknown): boolean {
  const had = new Set(before as readonly string[] | undefined)
  const has = new Set(after as readonly string[] | undefined)
  const allowed = [...has].some((pattern) => !pattern.startsWith('!') && !had.has(pattern))
  const unblocked = [...had].some((pattern) => pattern.startsWith('!') && !has.has(pattern))
  return allowed || unblocked
}
