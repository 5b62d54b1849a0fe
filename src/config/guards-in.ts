import type { Diagnostic } from '../core/diagnostic.ts'
import { BUDGETS } from '../core/guards.ts'
import type { Document } from '../core/json.ts'
import type { Guards } from './configuration.ts'
import type { YamlFile } from './yaml-file.ts'

/** The most objects that a run of `cleanup` deletes without a flag. */
const MOST_CLEANED = 1000

/**
 * The guards of a configuration, each with its default where the YAML gives none. `max_deletions` once counted
 * repositories that lose access, too: where it is the only one, it limits both.
 */
export function guardsIn(guards: { readonly file: YamlFile; readonly document: Document } | undefined): {
  readonly guards: Guards
  readonly warnings: readonly Diagnostic[]
} {
  const given = (guards?.document ?? {}) as Partial<Guards>
  const all: Guards = {
    ...BUDGETS,
    never_public: [],
    protect: [],
    max_cleanup: MOST_CLEANED,
    cleanup_logs: false,
    ...given,
  }
  const { max_deletions: limit, max_revocations: revocations } = given
  if (guards === undefined || limit === undefined || revocations !== undefined) return { guards: all, warnings: [] }
  const message =
    `\`max_deletions\` stands alone, so that ${limit} is also the most that may lose access; ` +
    `to tell them apart, add \`max_revocations: ${BUDGETS.max_revocations}\``
  const source = guards.file.place(['guards', 'max_deletions'])
  return {
    guards: { ...all, max_revocations: limit },
    warnings: [{ severity: 'warning', message, source }],
  }
}
