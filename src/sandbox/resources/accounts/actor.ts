import type { Call } from '../../http/call.ts'
import { stableId } from '../../world/stable-id.ts'
import { timestamp, type World } from '../../world/store.ts'
import type { Signature } from '../git/objects.ts'

/** The author of an action: a person, or an App, whose login ends in `[bot]`. */
interface Actor {
  readonly login: string
  readonly type: 'User' | 'Bot'
  /** Of a bot. */
  readonly app?: AppIdentity
}

export interface AppIdentity {
  readonly id: number
  readonly slug: string
  readonly name: string
}

const BOT = '[bot]'

/** The App behind every `GITHUB_TOKEN`, with the id that it has on github.com. */
const GITHUB_ACTIONS: AppIdentity = { id: 15368, slug: 'github-actions', name: 'GitHub Actions' }

/** Whose deeds GitHub takes this call's to be: an App's where an App was given the token, else the person's. */
export function actorOf(call: Call): Actor {
  const { token, world } = call
  if (token.kind === 'workflow') return botOf(GITHUB_ACTIONS)
  if (token.kind === 'installation' || token.kind === 'app') return botOf(appNamed(world, token.app.slug))
  return { login: world.viewer.login, type: 'User' }
}

/** The person or the App that has this login. */
export function actorNamed(world: World, login: string): Actor {
  if (!login.endsWith(BOT)) return { login, type: 'User' }
  return botOf(appNamed(world, login.slice(0, -BOT.length)))
}

/** The App with this slug: GitHub Actions, one of the seed, or one that the seed only mentions. */
export function appNamed(world: World, slug: string): AppIdentity {
  if (slug === GITHUB_ACTIONS.slug) return GITHUB_ACTIONS
  return { id: world.apps.get(slug)?.id ?? stableId(`app ${slug}`), slug, name: slug }
}

/** The id of a person's or a bot's account. */
export function accountId(world: World, { login }: Actor): number {
  if (login === world.viewer.login) return world.viewer.id
  if (login === `${GITHUB_ACTIONS.slug}${BOT}`) return 41898282
  return world.owners.get(login.toLowerCase())?.id ?? stableId(login)
}

/** The form of a commit's author. */
export function signatureOf({ login }: Actor, now: Date): Signature {
  return { name: login, email: `${login}@users.noreply.github.com`, date: timestamp(now) }
}

function botOf(app: AppIdentity): Actor {
  return { login: `${app.slug}${BOT}`, type: 'Bot', app }
}
