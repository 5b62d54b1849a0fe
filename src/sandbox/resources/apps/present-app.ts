import type { Call } from '../../http/call.ts'
import { clientId } from '../../http/json-web-token.ts'
import { BEGINNING } from '../../world/defaults.ts'
import { hasSince } from '../../world/products.ts'
import type { Access, App, Installation } from '../../world/token.ts'
import { nodeId, simpleUser, webOrigin } from '../accounts/present-owner.ts'

/** An App (`integration`). It belongs to the first owner where it is installed. */
export function presentApp(call: Call, app: App): object {
  const installations = [...app.installations.values()]
  const owner = installations[0]?.owner ?? call.world.viewer
  const permissions: Record<string, Access> = {}
  for (const [name, access] of installations.flatMap((each) => Object.entries(each.permissions))) {
    if (permissions[name] !== 'write') permissions[name] = access
  }
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('Integration', app.id),
    ...(hasSince(call.product, [3, 15]) ? { client_id: clientId(app) } : {}),
    owner: simpleUser(call, owner),
    name: app.slug,
    description: null,
    external_url: `${webOrigin(call)}/apps/${app.slug}`,
    html_url: `${webOrigin(call)}/apps/${app.slug}`,
    created_at: BEGINNING,
    updated_at: BEGINNING,
    permissions,
    events: [],
    installations_count: installations.length,
  }
}

/** An App where it is installed (`installation`). */
export function presentInstallation(call: Call, app: App, installation: Installation): object {
  const { id, owner, suspended } = installation
  const isModern = hasSince(call.product, [3, 4])
  const settings = owner.type === 'Organization' ? `organizations/${owner.login}/settings` : 'settings'
  return {
    id,
    account: simpleUser(call, owner),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${call.base}/app/installations/${id}/access_tokens`,
    repositories_url: `${call.base}/installation/repositories`,
    html_url: `${webOrigin(call)}/${settings}/installations/${id}`,
    app_id: app.id,
    ...(hasSince(call.product, [3, 14]) ? { client_id: clientId(app) } : {}),
    app_slug: app.slug,
    target_id: owner.id,
    target_type: owner.type,
    permissions: installation.permissions,
    events: [],
    created_at: BEGINNING,
    updated_at: BEGINNING,
    single_file_name: null,
    ...(isModern ? { has_multiple_single_files: false, single_file_paths: [] } : {}),
    suspended_by: suspended ? simpleUser(call, owner) : null,
    suspended_at: suspended ? BEGINNING : null,
  }
}
