import { type Call, enterpriseOf, organizationOf, type Route } from '../http/call.ts'
import { listAnswer } from '../http/page.ts'
import { BEGINNING } from '../world/defaults.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import { byName, type Part } from '../world/part.ts'
import { named, textAt, wordAt } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
import type { Resource } from './resource.ts'

const SERVICES = ['none', 'actions', 'codespaces'] as const

interface NetworkConfiguration {
  readonly id: string
  readonly name: string
  readonly service: (typeof SERVICES)[number]
}

type Networks = Map<string, NetworkConfiguration>

const networksOf = {
  enterprise: slot<Enterprise, Networks>(() => new Map()),
  organization: slot<Organization, Networks>(() => new Map()),
}

/**
 * Hosted compute network configurations of an enterprise or an organization, in the cloud
 * (https://docs.github.com/rest/orgs/network-configurations): runner groups name them.
 */
export const networkConfigurations: Resource = {
  routes: [
    {
      method: 'GET',
      template: '/enterprises/{enterprise}/network-configurations',
      asker: 'classic token',
      scope: 'read:network_configurations',
      notOn: ['ghes', 'dotcom'],
      handle: (call) => list(call, networksOf.enterprise(enterpriseOf(call))),
    },
    {
      method: 'GET',
      template: '/orgs/{org}/settings/network-configurations',
      permission: 'organization_network_configurations=read',
      scope: 'read:network_configurations',
      notOn: ['ghes'],
      handle: (call) => list(call, networksOf.organization(organizationOf(call))),
    },
  ],
  enterprise: partOf(networksOf.enterprise),
  organization: partOf(networksOf.organization),
}

/** Whether a group of the enterprise can be given the configuration. */
export function enterpriseHasNetwork(enterprise: Enterprise, id: string): boolean {
  return networksOf.enterprise(enterprise).has(id)
}

/** The same of an organization: it may use those of its enterprise. */
export function organizationHasNetwork(organization: Organization, id: string): boolean {
  const { enterprise } = organization
  return (
    networksOf.organization(organization).has(id) || (enterprise !== undefined && enterpriseHasNetwork(enterprise, id))
  )
}

function list(call: Call, networks: Networks): ReturnType<Route['handle']> {
  return listAnswer(call, 'network_configurations', [...networks.values()], ({ id, name, service }) => {
    return { id, name, compute_service: service, network_settings_ids: [], created_on: BEGINNING }
  })
}

/** In a seed by name; the id is the name in capitals where none is given. */
function partOf<Of extends Holder>(networksIn: (holder: Of) => Networks): Part<Of> {
  return {
    keys: ['network_configurations'],
    seed(holder, given) {
      for (const [name, one] of named(given, 'network_configurations', ['id', 'compute_service'])) {
        const id = textAt(one, 'id') ?? name.toUpperCase()
        networksIn(holder).set(id, { id, name, service: wordAt(one, 'compute_service', SERVICES) ?? 'actions' })
      }
    },
    dump(holder) {
      const networks = networksIn(holder)
      if (networks.size === 0) return {}
      const shown = byName(networks.values(), ({ id, service }) => ({ id, compute_service: service }))
      return { network_configurations: shown }
    },
  }
}
