import type { Enterprise, Organization } from '../world/owners.ts'
import { slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'

export type SettingsLevel = Enterprise | Organization | Repository

/**
 * Settings that each level has from the level above until they are set there, and a server's first values at the top:
 * "Modifying this setting overrides the configuration set at the organization or enterprise level"
 * (https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository).
 */
export function settingsFromAbove<Settings extends object>(first: Settings) {
  const ownOf = slot<SettingsLevel, { set: Partial<Settings> }>(() => ({ set: {} }))
  const effectiveOf = (level: SettingsLevel): Settings => {
    const above = levelAbove(level)
    return { ...(above ? effectiveOf(above) : first), ...ownOf(level).set }
  }
  return { ownOf, effectiveOf }
}

/** The organization of a repository, the enterprise of an organization; undefined at the top and for personal accounts. */
export function levelAbove(level: SettingsLevel): Enterprise | Organization | undefined {
  if ('owner' in level) return level.owner.type === 'Organization' ? level.owner : undefined
  return 'enterprise' in level ? level.enterprise : undefined
}
