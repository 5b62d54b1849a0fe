import { type Entry, flagAt, join, named, openMap, SeedError, textAt, textsAt, wordAt } from './seed-reader.ts'
import { repositoryNamed, type World } from './store.ts'
import { ACCESS, type Permissions, type PersonalToken, type Token } from './token.ts'

const TOKEN_KEYS = ['read_only', 'permissions', 'scopes', 'workflow', 'app', 'owner', 'user']

/** The permissions of a job whose workflow says `permissions: write-all`; none of them administers a repository. */
const WORKFLOW_PERMISSIONS: Permissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
}

/** Adds the tokens of a seed. Repositories and Apps are there already. @throws SeedError when one is of no kind or of two. */
export function addSeedTokens(world: World, top: Entry): void {
  for (const [credential, given] of named(top, 'tokens', TOKEN_KEYS)) {
    world.tokens.set(credential, tokenIn(world, given))
  }
}

/** The permissions of a seed, by GitHub's names. */
export function permissionsAt(parent: Entry, key: string): Permissions {
  const map = openMap(parent, key)
  const levels = Object.keys(map.fields).map((name) => [name, wordAt(map, name, ACCESS) ?? 'read'] as const)
  return Object.fromEntries(levels)
}

/** A token in the seed's shape. */
export function dumpToken(world: World, token: Token): object {
  switch (token.kind) {
    case 'reader':
      return { read_only: true, ...userOf(token) }
    case 'classic':
      return { scopes: token.scopes, ...userOf(token) }
    case 'fine-grained':
      return { permissions: token.permissions, ...userOf(token) }
    case 'workflow':
      return { workflow: fullName(world, token.repository) ?? true, permissions: token.permissions }
    case 'installation':
      return { app: token.app.slug, owner: token.installation.owner.login, permissions: token.permissions }
    case 'owner':
      return userOf(token)
    case 'app':
    case 'anonymous':
      return {}
  }
}

function userOf({ user }: PersonalToken): { readonly user?: string } {
  return user === undefined ? {} : { user }
}

function tokenIn(world: World, given: Entry): Token {
  const { workflow, scopes, permissions, app, user: person } = given.fields
  const isReader = flagAt(given, 'read_only') ?? false
  const kinds = [workflow !== undefined, scopes !== undefined, app !== undefined, isReader].filter((is) => is)
  const isTwofold = permissions !== undefined && (scopes !== undefined || isReader)
  if (kinds.length > 1 || isTwofold) throw new SeedError(given.path, 'cannot be a token of two kinds at once.')
  if (person !== undefined && (workflow !== undefined || app !== undefined)) {
    throw new SeedError(join(given.path, 'user'), 'is for a token of a person.')
  }
  if (workflow !== undefined) return workflowToken(world, given)
  if (app !== undefined) return installationToken(world, given)
  const login = textAt(given, 'user')
  const user = login === undefined ? {} : { user: login }
  if (scopes !== undefined) return { kind: 'classic', scopes: textsAt(given, 'scopes') ?? [], ...user }
  if (permissions !== undefined) {
    return { kind: 'fine-grained', permissions: permissionsAt(given, 'permissions'), ...user }
  }
  return { kind: isReader ? 'reader' : 'owner', ...user }
}

/** `workflow: true` is a token that reaches every repository, for worlds where it does not matter which one it is. */
function workflowToken(world: World, given: Entry): Token {
  const granted = given.fields.permissions === undefined ? WORKFLOW_PERMISSIONS : permissionsAt(given, 'permissions')
  const permissions: Permissions = { metadata: 'read', ...granted }
  if (given.fields.workflow === true) return { kind: 'workflow', repository: undefined, permissions }
  const [owner = '', name = ''] = (textAt(given, 'workflow') ?? '').split('/')
  const repository = repositoryNamed(world, owner, name)
  if (!repository) throw new SeedError(join(given.path, 'workflow'), 'names a repository that is not there.')
  return { kind: 'workflow', repository: repository.id, permissions }
}

/** A token that an App was given before the seed's world began; it does not expire. */
function installationToken(world: World, given: Entry): Token {
  const app = world.apps.get(textAt(given, 'app') ?? '')
  const installation = app?.installations.get((textAt(given, 'owner') ?? '').toLowerCase())
  if (!app || !installation) throw new SeedError(given.path, 'names an App that is not installed for that owner.')
  const asked = given.fields.permissions === undefined ? undefined : permissionsAt(given, 'permissions')
  return {
    kind: 'installation',
    app,
    installation,
    permissions: asked ?? installation.permissions,
    repositories: installation.repositories,
    expiresAt: undefined,
  }
}

function fullName(world: World, id: number | undefined): string | undefined {
  const repository = id === undefined ? undefined : world.repositories.get(id)
  return repository && `${repository.owner.login}/${repository.name}`
}
