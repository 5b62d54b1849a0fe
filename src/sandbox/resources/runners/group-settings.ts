import { type Body, flag, text, texts } from '../../http/body.ts'
import type { Call } from '../../http/call.ts'
import { unprocessable } from '../../http/errors.ts'
import { hasSince } from '../../world/products.ts'

/** The settings that runner groups of organizations and enterprises share. */
export interface GroupSettings {
  allowsPublicRepositories?: boolean
  restrictedToWorkflows?: boolean
  selectedWorkflows?: readonly string[]
  /** Undefined for none. */
  networkConfigurationId?: string | undefined
}

/** The network configurations that a request may name. */
interface Networks {
  has(id: string): boolean
  /** PATCH takes null for none. */
  readonly none?: 'null'
}

/**
 * The settings that a request brings and that the product takes: public repositories from 3.4, and on GitHub AE from 2022;
 * workflows from 3.5; networks in the cloud alone.
 * @throws Refusal 422 when the owner has no such network configuration; its status is not documented
 */
export function settingsIn(call: Call, body: Body, networks: Networks): GroupSettings {
  const settings: GroupSettings = {}
  if (!hasSince(call.product, [3, 4]) || call.product.ae === '2021') return settings
  const isPublic = flag(body, 'allows_public_repositories')
  if (isPublic !== undefined) settings.allowsPublicRepositories = isPublic
  if (!hasSince(call.product, [3, 5])) return settings
  const restricted = flag(body, 'restricted_to_workflows')
  if (restricted !== undefined) settings.restrictedToWorkflows = restricted
  const workflows = texts(body, 'selected_workflows')
  if (workflows !== undefined) settings.selectedWorkflows = workflows
  return call.product.kind === 'ghes' ? settings : { ...settings, ...networkIn(body, networks) }
}

function networkIn(body: Body, networks: Networks): GroupSettings {
  if (body.network_configuration_id === null && networks.none === 'null') return { networkConfigurationId: undefined }
  const id = text(body, 'network_configuration_id')
  if (id === undefined) return {}
  if (!networks.has(id)) throw unprocessable(`There is no network configuration "${id}".`)
  return { networkConfigurationId: id }
}

/** The field of an answer, which Enterprise Server does not have. */
export function presentNetwork(call: Call, group: GroupSettings): object {
  return call.product.kind === 'ghes' ? {} : dumpNetwork(group)
}

/** The same in the seed's shape; a group without a configuration has none. */
export function dumpNetwork({ networkConfigurationId: id }: GroupSettings): object {
  return id === undefined ? {} : { network_configuration_id: id }
}
