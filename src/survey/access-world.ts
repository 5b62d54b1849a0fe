import { parseAddress } from '../core/address.ts'
import type { Document } from '../core/json.ts'
import type { Repository } from '../core/repository.ts'
import type { Scope } from '../core/scope.ts'
import type { OwnerReading } from './reading.ts'

/** A repository of which the own settings were read. */
export interface ReadSettings {
  /** By family, as an import writes them. */
  readonly body: Document
  /** The same of its environments, by their names. */
  readonly environments: ReadonlyMap<string, { readonly scope: Scope; readonly body: Document }>
}

/** The settings of one owner that say who may use a thing, as an import reads them. */
export interface AccessWorld {
  readonly owner: string
  /** All of the owner's. */
  readonly repositories: readonly Repository[]
  /** Of the organization, by family; undefined where it was not read. */
  readonly organization: Document | undefined
  /** By folded name, those that were asked for. */
  readonly read: ReadonlyMap<string, ReadSettings>
}

/** Families of values and machines that repositories use, of each level that has them. */
export const USED_FAMILIES: readonly string[] = [
  'secrets',
  'dependabot_secrets',
  'agents_secrets',
  'codespaces_secrets',
  'variables',
  'agents_variables',
  'runner_groups',
]

/** Lists the environments of a repository, with their rules. */
export const ENVIRONMENTS = 'environments'

/** The family with the policy of actions. */
export const POLICY_FAMILY = 'permissions'

/** The world of an owner's reading. @param names folded, of the repositories whose own settings count; all where left out */
export function accessWorld(
  { owner, repositories, settings }: Pick<OwnerReading, 'owner' | 'repositories' | 'settings'>,
  names?: ReadonlySet<string>,
): AccessWorld {
  const read = (settings?.read ?? []).filter(({ name }) => names?.has(name) ?? true)
  return {
    owner,
    repositories,
    organization: settings?.organization,
    read: new Map(
      read.map(({ name, body, environments }) => {
        const inner = environments.flatMap(({ name: shown, place, body: own }) => {
          // Alone, the path of an environment is the address of its rules.
          const scope = parseAddress(`${place}/secrets/X`)?.scope
          return scope === undefined ? [] : [[shown, { scope, body: own }] as const]
        })
        return [name, { body, environments: new Map(inner) }]
      }),
    ),
  }
}
