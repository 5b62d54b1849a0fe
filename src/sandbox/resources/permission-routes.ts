import { type Answer, type Call, ok, type Route } from '../http/call.ts'
import type { Release } from '../world/products.ts'

/** A level that has the setting. */
interface SettingAt<Of> {
  /** The release of Enterprise Server that brought it. */
  readonly since: Release
  /** The level that a request is about. @throws Refusal 404 */
  of(call: Call): Of
}

/** A setting of Actions that an enterprise, an organization and a repository have. */
interface PermissionSetting<Of> {
  /** The end of its path, such as `workflow`. */
  readonly name: string
  readonly enterprise: SettingAt<Of>
  readonly organization: SettingAt<Of>
  readonly repository: SettingAt<Of>
  show(of: Of): object
  change(call: Call, of: Of): Answer
}

/** The paths of all of them, and the access that they need (https://docs.github.com/rest/actions/permissions). */
const LEVELS = [
  {
    level: 'enterprise',
    root: '/enterprises/{enterprise}',
    needs: { notOn: ['dotcom'], asker: 'classic token', scope: 'admin:enterprise' },
    permission: undefined,
  },
  {
    level: 'organization',
    root: '/orgs/{org}',
    needs: { scope: 'admin:org' },
    permission: 'organization_administration',
  },
  { level: 'repository', root: '/repos/{owner}/{repo}', needs: {}, permission: 'administration' },
] as const

/** The GET and the PUT of each level. */
export function permissionRoutes<Of>({ name, show, change, ...at }: PermissionSetting<Of>): readonly Route[] {
  return LEVELS.flatMap(({ level, root, needs, permission }): readonly Route[] => {
    const { since, of } = at[level]
    const route = { ...needs, since, template: `${root}/actions/permissions/${name}` }
    const access = (word: 'read' | 'write') => (permission === undefined ? {} : { permission: `${permission}=${word}` })
    return [
      { ...route, ...access('read'), method: 'GET', handle: (call) => ok(show(of(call))) },
      { ...route, ...access('write'), method: 'PUT', handle: (call) => change(call, of(call)) },
    ]
  })
}
