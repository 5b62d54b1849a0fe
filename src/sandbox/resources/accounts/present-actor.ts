import type { Call } from '../../http/call.ts'
import { BEGINNING } from '../../world/defaults.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { presentApp } from '../apps/present-app.ts'
import { accountId, actorNamed, appNamed } from './actor.ts'
import { nodeId, simpleUser, webOrigin } from './present-owner.ts'

/** The person or bot that has this login (`simple-user`). */
export function presentActor(call: Call, login: string): object {
  const actor = actorNamed(call.world, login)
  const id = accountId(call.world, actor)
  if (!actor.app) return simpleUser(call, { type: 'User', id, login })
  const form = simpleUser(call, { type: 'User', id, login: encodeURIComponent(login) })
  return {
    ...form,
    login,
    node_id: nodeId('Bot', id),
    html_url: `${webOrigin(call)}/apps/${actor.app.slug}`,
    type: 'Bot',
  }
}

/** The App through which this login wrote something; null when it was a person. */
export function presentAppOf(call: Call, login: string): object | null {
  const { app } = actorNamed(call.world, login)
  return app ? presentAppNamed(call, app.slug) : null
}

/** The App with this slug (`integration`): one of the seed, or one that nothing more is known of. */
export function presentAppNamed(call: Call, slug: string): object {
  const known = call.world.apps.get(slug)
  if (known) return presentApp(call, known)
  const app = appNamed(call.world, slug)
  const url = `${webOrigin(call)}/apps/${app.slug}`
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('Integration', app.id),
    owner: presentActor(call, 'github'),
    name: app.name,
    description: '',
    external_url: url,
    html_url: url,
    created_at: BEGINNING,
    updated_at: BEGINNING,
    permissions: { checks: 'write', contents: 'read', issues: 'write', metadata: 'read' },
    events: [],
  }
}

/** An author's relation to a repository. The description of GHES 2.22 has the words in lower case. */
export function authorAssociation(call: Call, repository: Repository, login: string): string {
  const word = associationOf(call, repository, login)
  return hasSince(call.product, [3, 4]) ? word : word.toLowerCase()
}

function associationOf(call: Call, repository: Repository, login: string): string {
  if (repository.owner.login === login) return 'OWNER'
  return login === call.world.viewer.login ? 'MEMBER' : 'NONE'
}
