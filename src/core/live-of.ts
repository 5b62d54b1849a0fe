import type { Family, Wanted } from './family.ts'
import type { Live } from './live.ts'

type Meant = Pick<Wanted, 'key' | 'spec'>

/**
 * Live members by key. The level above may have one of the same name: the name then means the scope's own, but where the
 * YAML says that it means the other.
 */
export function indexLive(family: Family, members: readonly Meant[], live: readonly Live[]): ReadonlyMap<string, Live> {
  const inherited = live.filter(({ fixed }) => fixed === 'inherited')
  if (inherited.length === 0 && family.inherits === undefined)
    return new Map(live.map((member) => [member.key, member]))
  const own = live.filter(({ fixed }) => fixed !== 'inherited')
  const byKey = new Map([...inherited, ...own].map((member) => [member.key, member]))
  const meant = new Map(inherited.map((member) => [member.key, member]))
  for (const { key, spec } of members) {
    if (!inherits(family, spec)) continue
    const above = meant.get(key)
    if (above) byKey.set(key, above)
    else byKey.delete(key)
  }
  return byKey
}

/** The live member that one of the YAML means; undefined where GitHub has none. */
export function liveOf(family: Family, { key, spec }: Meant, live: readonly Live[]): Live | undefined {
  const isInherited = inherits(family, spec)
  return live.find((member) => member.key === key && (member.fixed === 'inherited') === isInherited)
}

function inherits(family: Family, spec: object): boolean {
  return family.inherits?.(spec) ?? false
}
