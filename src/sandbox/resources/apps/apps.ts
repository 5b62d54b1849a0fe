import { randomBytes } from 'node:crypto'
import { type Body, choice, fieldsOf, integers, texts } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, idParam, ok, param } from '../../http/call.ts'
import { notFound, Refusal, unprocessable } from '../../http/errors.ts'
import { undecodable } from '../../http/json-web-token.ts'
import { repositoriesIn, repositoryNamed, timestamp } from '../../world/store.ts'
import {
  ACCESS,
  type App,
  grants,
  type Installation,
  type InstallationToken,
  type Permissions,
  type RepositorySelection,
} from '../../world/token.ts'
import { listedRepository } from '../repositories/present-repository.ts'
import type { Resource } from '../resource.ts'
import { presentApp, presentInstallation } from './present-app.ts'
import { seededApps } from './seed.ts'

const ASKER = { asker: 'app' } as const

/** The routes that an App calls with its JSON web token (https://docs.github.com/rest/apps/apps). */
export const apps: Resource = {
  routes: [
    { ...ASKER, method: 'GET', template: '/app', handle: (call) => ok(presentApp(call, askingApp(call))) },
    { method: 'GET', template: '/apps/{app_slug}', handle: getApp },
    { ...ASKER, method: 'GET', template: '/orgs/{org}/installation', handle: (call) => getInstallation(call, 'org') },
    {
      ...ASKER,
      method: 'GET',
      template: '/users/{username}/installation',
      handle: (call) => getInstallation(call, 'username'),
    },
    {
      ...ASKER,
      method: 'POST',
      template: '/app/installations/{installation_id}/access_tokens',
      handle: createToken,
    },
  ],
  world: seededApps,
}

/** An App by its slug; each is public (https://docs.github.com/rest/apps/apps#get-an-app). */
function getApp(call: Call): Answer {
  const app = call.world.apps.get(param(call, 'app_slug').toLowerCase())
  if (app === undefined) throw notFound()
  return ok(presentApp(call, app))
}

/** `/users/{username}/installation` finds personal accounts only, `/orgs/{org}/installation` organizations only. */
function getInstallation(call: Call, name: 'org' | 'username'): Answer {
  const app = askingApp(call)
  const installation = app.installations.get(param(call, name).toLowerCase())
  const type = name === 'org' ? 'Organization' : 'User'
  if (installation?.owner.type !== type) throw notFound()
  return ok(presentInstallation(call, app, installation))
}

/** A token with all that the installation has, or with the part of it that the body asks for. */
function createToken(call: Call): Answer {
  const app = askingApp(call)
  const id = idParam(call, 'installation_id')
  const installation = [...app.installations.values()].find((each) => each.id === id)
  if (!installation) throw notFound()
  if (installation.suspended) throw new Refusal(403, 'This installation has been suspended')
  const body = bodyOf(call)
  const asked = askedRepositories(call, body, installation)
  const token: InstallationToken = {
    kind: 'installation',
    app,
    installation,
    permissions: askedPermissions(body, installation),
    repositories: asked ?? installation.repositories,
    expiresAt: new Date(Math.floor(call.now.getTime() / 1000 + app.tokenLifetime) * 1000),
  }
  const credential = `ghs_${randomBytes(18).toString('hex')}`
  call.world.issued.set(credential, token)
  return { status: 201, body: presentToken(call, credential, token, asked) }
}

function presentToken(
  call: Call,
  credential: string,
  token: InstallationToken,
  asked: ReadonlySet<number> | undefined,
): object {
  const repositories = asked && repositoriesIn(call.world, asked).map((each) => listedRepository(call, each))
  return {
    token: credential,
    expires_at: timestamp(token.expiresAt ?? call.now),
    permissions: token.permissions,
    repository_selection: token.repositories === 'all' ? 'all' : 'selected',
    ...(repositories ? { repositories } : {}),
  }
}

/** @throws Refusal 422 when more is asked for than the installation was granted. */
function askedPermissions(body: Body, installation: Installation): Permissions {
  if (body.permissions === undefined) return installation.permissions
  const asked = fieldsOf(body.permissions)
  const permissions = Object.keys(asked).map((name) => [name, choice(asked, name, ACCESS) ?? 'read'] as const)
  if (!permissions.every(([name, access]) => grants(installation.permissions, name, access))) {
    throw unprocessable('The permissions requested are not granted to this installation.')
  }
  return Object.fromEntries(permissions)
}

/** The repositories that the token shall be limited to; undefined when the body names none. */
function askedRepositories(call: Call, body: Body, installation: Installation): ReadonlySet<number> | undefined {
  const names = texts(body, 'repositories')
  const ids = integers(body, 'repository_ids')
  if (names === undefined && ids === undefined) return undefined
  const { login } = installation.owner
  const named = (names ?? []).map((name) => repositoryNamed(call.world, login, name))
  const found = [...named, ...(ids ?? []).map((id) => call.world.repositories.get(id))]
  const reached = found.flatMap((each) =>
    each?.owner === installation.owner && isSelected(installation.repositories, each.id) ? [each.id] : [],
  )
  if (reached.length < found.length) {
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  }
  return new Set(reached)
}

function isSelected(selection: RepositorySelection, id: number): boolean {
  return selection === 'all' || selection.has(id)
}

function askingApp({ token }: Call): App {
  if (token.kind !== 'app') throw undecodable()
  return token.app
}
