import { byName } from '../../world/part.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import { type Entry, flagAt, idAt, join, SeedError, textAt, textsAt } from '../../world/seed-reader.ts'
import type { Runner } from './state.ts'

export const RUNNER_KEYS = ['id', 'os', 'status', 'busy', 'labels', 'ephemeral']

/** Adds the runners of a seed, all in one group; a repository's are in none. */
export function addRunners(
  runners: Map<number, Runner>,
  entries: ReadonlyMap<string, Entry>,
  groupId: number | undefined,
): void {
  const ids = idsFrom(1, entries.values())
  for (const [name, given] of entries) {
    const id = ids(idAt(given, 'id'))
    runners.set(id, {
      id,
      name,
      os: textAt(given, 'os') ?? 'linux',
      status: textAt(given, 'status') ?? 'online',
      busy: flagAt(given, 'busy') ?? false,
      ephemeral: flagAt(given, 'ephemeral') ?? false,
      labels: textsAt(given, 'labels') ?? [],
      groupId,
    })
  }
}

interface Fleet {
  readonly runners: ReadonlyMap<number, Runner>
  readonly groups: ReadonlyMap<number, { readonly id: number; readonly name: string; readonly inherited?: boolean }>
}

/** Moves runners into the groups of a seed that list them. @throws SeedError */
export function placeRunners({ runners, groups }: Fleet, entries: ReadonlyMap<string, Entry>): void {
  const placed = new Set<number>()
  for (const [groupName, given] of entries) {
    const group = [...groups.values()].find((each) => each.name === groupName)
    if (!group) throw new Error(`The runner group ${groupName} was not made.`)
    const path = join(given.path, 'runners')
    const names = textsAt(given, 'runners') ?? []
    if (group.inherited && names.length > 0) {
      throw new SeedError(path, 'cannot be given: the runners of an inherited group belong to the enterprise.')
    }
    for (const name of names) {
      const runner = [...runners.values()].find((each) => each.name === name)
      if (!runner) throw new SeedError(path, `names "${name}", which is not under runners.`)
      if (placed.has(runner.id)) throw new SeedError(path, `names "${name}", which another group has already.`)
      placed.add(runner.id)
      runner.groupId = group.id
    }
  }
}

/** The same in the seed's shape. */
export function dumpRunners(runners: ReadonlyMap<number, Runner>): Record<string, object> {
  return byName(runners.values(), ({ id, os, status, busy, ephemeral, labels }) => {
    return { id, os, status, busy, ephemeral, labels }
  })
}

export function runnerNames(runners: ReadonlyMap<number, Runner>, groupId: number): string[] {
  return [...runners.values()].filter((each) => each.groupId === groupId).map((each) => each.name)
}
