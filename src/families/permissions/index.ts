import type { Family, Get, Known, Live } from '../../core/family.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import { MOST_PATTERNS, patternFault } from '../common/list-entries.ts'
import { type ListedRepository, namesAndIds, reached } from '../common/repository-list.ts'
import { checkOrganization, checkRepository } from './check.ts'
import type { AllowedActions, Permissions, PermissionsRef, SelectedActions } from './document.ts'
import { ORG_LISTS, writeOrganization } from './organization.ts'
import { alignOrganization, alignRepository, boundBy, policyAbove } from './policy.ts'
import { writeRepository } from './repository.ts'
import { ORG, ORG_ACTIONS, ORG_GET, REPO, REPO_ACTIONS, REPO_GET } from './requests.ts'

const SELECTED_ACTIONS = { field: 'allowed_actions', is: 'selected' } as const

/** https://docs.github.com/rest/actions/permissions */
export const permissions = {
  name: 'permissions',
  shape: 'settings',
  fields: {
    enabled_repositories: { wider: ['none', 'selected', 'all'], written: { organization: { route: ORG } } },
    repositories: {
      list: 'repositories',
      mode: { field: 'enabled_repositories', is: 'selected' },
      wider: 'more',
      written: { organization: { route: ORG_LISTS.replace, as: 'selected_repository_ids' } },
    },
    // Off is never wider, even if GitHub showed the policy above it and its own switch is unknown; so with pinning.
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
      entryFault: patternFault,
      most: MOST_PATTERNS,
      mode: SELECTED_ACTIONS,
      wider: widerPatterns,
      written: { organization: { route: ORG_ACTIONS }, repository: { route: REPO_ACTIONS } },
    },
  },
  fold: () => '',
  needs: [{ family: 'permissions', from: 'above' }],
  listed: ({ repositories }) => repositories,
  vital: true,
  boundBy,
  scopes: {
    organization: {
      presence: ORG_GET,
      reads: [
        ORG_GET,
        'GET /orgs/{org}/actions/permissions/repositories',
        'GET /orgs/{org}/actions/permissions/selected-actions',
      ],
      writes: [ORG, ORG_LISTS.replace, ORG_LISTS.add, ORG_LISTS.remove, ORG_ACTIONS],
      read: async (scope, get, known) => [await readOrganization(scope, get, known)],
      align: alignOrganization,
      check: checkOrganization,
      reach(spec, known) {
        if (spec.enabled_repositories === 'none') return []
        if (spec.enabled_repositories === 'selected') return reached(spec.repositories ?? [], known)
        return known.repositories.all.map((repository) => repository.id)
      },
      write: writeOrganization,
    },
    repository: {
      presence: REPO_GET,
      reads: [REPO_GET, 'GET /repos/{owner}/{repo}/actions/permissions/selected-actions'],
      writes: [REPO, REPO_ACTIONS],
      read: async (scope, get, known) => [await readRepository(scope, get, known)],
      align: alignRepository,
      check: checkRepository,
      reach: (spec, known, { repo }) => (spec.enabled === false ? [] : reached([repo], known)),
      // A list above holds in every repository, in place of its own.
      dictated: (field, known) => field === 'allowed_actions' && policyAbove(known).allowed_actions === 'selected',
      write: writeRepository,
    },
  },
} satisfies Family<Permissions, PermissionsRef>

interface Answer {
  readonly enabled_repositories?: 'none' | 'selected' | 'all'
  readonly enabled?: boolean
  readonly allowed_actions?: AllowedActions
  readonly sha_pinning_required?: boolean
}

async function readOrganization(
  scope: ScopeOf<'organization'>,
  get: Get,
  known: Known,
): Promise<Live<Permissions, PermissionsRef>> {
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

async function readRepository(
  scope: ScopeOf<'repository'>,
  get: Get,
  known: Known,
): Promise<Live<Permissions, PermissionsRef>> {
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

/** The documented fields of an answer, without those that GitHub leaves out while Actions is off. */
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

/** A pattern with `!` blocks: one more of these is narrower, one less wider. */
function widerPatterns(before: unknown, after: unknown): boolean {
  const had = new Set(before as readonly string[] | undefined)
  const has = new Set(after as readonly string[] | undefined)
  const allowed = [...has].some((pattern) => !pattern.startsWith('!') && !had.has(pattern))
  const unblocked = [...had].some((pattern) => pattern.startsWith('!') && !has.has(pattern))
  return allowed || unblocked
}
