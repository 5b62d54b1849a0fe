import type { Known, Wanted } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { hostedIn, hostedWanted } from './hosted.ts'
import { runnersAsked } from './moves.ts'

/** Whether runners leave the group for others of which one, in the end, hands its own on to this group. */
export function isInCircle(key: string, known: Known): boolean {
  const live = (known.live('runner_groups', 'here') ?? []) as readonly Live<RunnerGroup, RunnerGroupRef>[]
  const wanted = (known.desired('runner_groups', 'here') ?? []) as readonly Wanted<RunnerGroup>[]
  const comesTo = new Map(
    wanted
      .filter(({ state }) => state === 'present')
      .map((group) => [group.key, new Set([...runnersAsked(group), ...hostedWanted(group.key, known, 'here')])]),
  )
  const heldIn = (group: string): readonly string[] => {
    const holds = live.find((each) => each.key === group)?.ref.holds ?? []
    return [...holds, ...(hostedIn(group, known) ?? [])]
  }
  const seen = new Set<string>()
  const reaches = (group: string): boolean => {
    const held = heldIn(group)
    const next = [...comesTo].flatMap(([to, names]) =>
      to !== group && held.some((name) => names.has(name)) ? [to] : [],
    )
    return next.some((to) => {
      if (to === key) return true
      if (seen.has(to)) return false
      seen.add(to)
      return reaches(to)
    })
  }
  return reaches(key)
}
