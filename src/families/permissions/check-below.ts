import type { Known, Wanted, WishBelow } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import { comesOn, futureOf } from './below-enterprise.ts'
import { hold } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { desiredPolicy, enables } from './policy.ts'

/**
 * Organizations that the enterprise comes to enable while the run forbids something there, of which the YAML does not say for
 * which repositories Actions is to be on: GitHub shows that only once it is in force, and takes no prohibition without it.
 */
export function checkOrganizations(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
): readonly Finding[] {
  const { enabled_organizations: mode, organizations } = wanted.spec
  const isAsked = mode !== undefined || organizations !== undefined || wanted.edits.organizations !== undefined
  if (live === undefined || !isAsked) return []
  const unseen = namesBelow(known, (name, wishes) => {
    if (!comesOn(name, live.spec, futureOf(live.spec, wanted, name))) return false
    const isSaid = wishes.some(({ reached }) => reached && desiredPolicy(reached).enabled_repositories !== undefined)
    return !isSaid && wishes.some((wish) => forbids(desiredPolicy(wish.wanted as Wanted<Permissions>)))
  })
  const isSame = mode === undefined || mode === live.spec.enabled_organizations
  return holdUnseen(unseen, isSame ? 'organizations' : 'enabled_organizations', 'enterprise', 'enabled_repositories')
}

/**
 * The same of repositories, where the organization comes to enable all. From none it begins with local actions, before whose end
 * a repository's prohibition is written, but for one with a list.
 */
export function checkRepositories(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
): readonly Finding[] {
  const now = live?.spec.enabled_repositories
  if (now === undefined || now === 'all' || desiredPolicy(wanted).enabled_repositories !== 'all') return []
  const unseen = namesBelow(known, (name, wishes) => {
    if (enables(live?.spec ?? {}, name) !== false) return false
    const isSaid = wishes.some(
      ({ reached }) => (reached as Wanted<Permissions> | undefined)?.spec.enabled !== undefined,
    )
    const allowed = wishes.map((wish) => desiredPolicy(wish.wanted as Wanted<Permissions>).allowed_actions)
    return !isSaid && allowed.some((each) => each === 'selected' || (each === 'local_only' && now === 'selected'))
  })
  return holdUnseen(unseen, 'enabled_repositories', 'organization', 'enabled')
}

function namesBelow(known: Known, test: (name: string, wishes: readonly WishBelow[]) => boolean): readonly string[] {
  const wishes = known.wishesBelow?.('permissions') ?? new Map<string, readonly WishBelow[]>()
  return [...wishes].filter(([name, all]) => test(name, all)).map(([name]) => name)
}

/** How many names a message holds. */
const MOST_NAMES = 3

function holdUnseen(names: readonly string[], field: string, level: string, missing: string): readonly Finding[] {
  if (names.length === 0) return []
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  const named = `${names.slice(0, MOST_NAMES).join(', ')}${more}`
  const message = `GitHub shows what ${named} has of its own only once the ${level} enables it, so that what is forbidden there would come later`
  return [hold(field, message, `Write ${missing} of ${named}, too.`)]
}

function forbids({
  allowed_actions: allowed,
  enabled_repositories: mode,
  enabled,
  sha_pinning_required: pinned,
}: Partial<Permissions>): boolean {
  const isLimited = (allowed !== undefined && allowed !== 'all') || (mode !== undefined && mode !== 'all')
  return isLimited || enabled === false || pinned === true
}
