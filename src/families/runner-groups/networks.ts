import type { Consequence } from '../../core/consequence.ts'
import type { Get, Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import { LADDER, type ScopeOf, scopeParams } from '../../core/scope.ts'
import { isWiderThan, whoMayUse } from './access.ts'
import { opensFor } from './below.ts'
import type { GroupEdit, RunnerGroup } from './document.ts'
import { type GroupLevel, ROUTES } from './routes.ts'

/** The word for no network configuration, which GitHub shows by leaving the field out, and takes as null. */
export const NO_NETWORK = 'none'

/** A network configuration as GitHub lists it. */
interface Network {
  readonly id: string
  readonly name: string
}

/** The owner's network configurations; undefined where no group asks for one, or the credential is not shown them. */
export interface OfferedNetworks {
  readonly networks?: readonly Network[] | undefined
}

/** Reads them where the YAML names one; nothing for an import. */
export async function readNetworks(scope: ScopeOf<GroupLevel>, get: Get, known: Known): Promise<OfferedNetworks> {
  const { networks } = ROUTES[scope.type]
  if (!known.product.has(networks) || askingFor(known).length === 0) return {}
  return { networks: await get.listIfShown<Network>(networks, scopeParams(scope)) }
}

/** The groups that the YAML gives a network configuration, by name. */
function askingFor(known: Known): readonly string[] {
  const wanted = (known.desired('runner_groups', 'here') ?? []) as readonly Wanted<RunnerGroup>[]
  return wanted.filter(({ state, spec }) => state === 'present' && networkOf(spec) !== undefined).map(({ key }) => key)
}

/** The network configuration that a document names; undefined for none. */
export function networkOf({ network_configuration_id: id }: Partial<RunnerGroup>): string | undefined {
  return id === NO_NETWORK ? undefined : id
}

/**
 * A network configuration that the owner does not have. An organization may use those of its enterprise, too, which its
 * own list does not show.
 */
export function checkNetwork(
  wanted: Wanted<RunnerGroup>,
  live: Live<RunnerGroup> | undefined,
  known: Known,
  scope: ScopeOf<GroupLevel>,
): readonly Finding[] {
  const id = networkOf(wanted.spec)
  const offered = known.offered as OfferedNetworks | undefined
  if (id === undefined || offered === undefined || live?.spec.network_configuration_id === id) return []
  const { networks } = offered
  if (networks === undefined) return askingFor(known)[0] === wanted.key ? [UNREAD] : []
  if (networks.some((network) => network.id === id)) return []
  const named = networks.find(({ name }) => name === id)
  if (named) {
    const message = `${id} is the name of a network configuration, and its id is wanted`
    return [{ severity: 'held back', field: FIELD, message, help: `Write "${named.id}".` }]
  }
  const there = networks.slice(0, MOST_NAMED).map((network) => `"${network.id}" (${network.name})`)
  const rest = networks.length > MOST_NAMED ? ` and ${networks.length - MOST_NAMED} more` : ''
  const has = there.length === 0 ? 'it has none' : `it has ${there.join(', ')}${rest}`
  const message = `there is no network configuration with the id ${id} here: ${has}`
  const isShared = LADDER[scope.type].above !== undefined && known.product.has(ROUTES.enterprise.networks)
  if (isShared)
    return [{ severity: 'warning', field: FIELD, message: `${message}; one of its enterprise is not shown here` }]
  return [{ severity: 'held back', field: FIELD, message, help: 'Write the id of one that is there, or none.' }]
}

const FIELD = 'network_configuration_id'

const UNREAD: Finding = {
  severity: 'warning',
  field: FIELD,
  message:
    'the network configurations could not be read with this credential, so that one that is missing shows only when it is written',
}

/** The most configurations that a message lists. */
const MOST_NAMED = 5

/** Names those who come into another network by a change of a group that stays. */
export function networkNotes(edit: GroupEdit): readonly Consequence[] {
  const { key, after, action, changed, known } = edit
  const id = after && networkOf(after)
  if (!after || action !== 'update' || id === undefined || !changed.has(FIELD)) return []
  const message = `machines that GitHub hosts for it come into the network of ${id}, ${whoMayUse(after, edit, 'them')}`
  const opens = opensFor(edit, { key, spec: after }, undefined) ? { opens: true as const } : {}
  return [{ message, widens: isWiderThan(after, undefined, known), ...opens }]
}
