import type { Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isMentioned } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import { UNCLEAR_HELP, unclearNames } from '../common/repeated-names.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { runnersAsked } from './moves.ts'

/** A list with a name that several runners have waits: it could take or give the wrong one. */
export function checkUnclear(
  wanted: Wanted<RunnerGroup>,
  live: Live<RunnerGroup> | undefined,
  groups: readonly Live[] | undefined,
): readonly Finding[] {
  if (!isMentioned(wanted, 'runners')) return []
  const repeated = (groups?.[0]?.ref as RunnerGroupRef | undefined)?.repeated
  const names = [...runnersAsked(wanted), ...(wanted.edits.runners?.remove ?? [])].filter((name) => repeated?.has(name))
  if (names.length > 0) return [unclear(unclearNames([...new Set(names)]))]
  return live?.unclear === undefined ? [] : [unclear(live.unclear)]
}

function unclear(message: string): Finding {
  return { severity: 'held back', field: 'runners', message, help: UNCLEAR_HELP }
}
