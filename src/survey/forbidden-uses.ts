import type { Document } from '../core/json.ts'
import { POLICY_FAMILY } from './access-world.ts'
import { type ActionsList, localOnly, pinningRequired, selectedBy, type Verdict } from './actions-policy.ts'
import type { HygieneFinding } from './hygiene.ts'
import type { UsedAction } from './survey-files.ts'

interface ActionsPolicy {
  readonly allowed_actions?: string
  readonly selected_actions?: Partial<ActionsList>
  readonly sha_pinning_required?: boolean
}

/**
 * The uses that the policy in force forbids, or may.
 * @param bodies the settings of the organization and of the repository, by family, as far as they were read
 */
export function forbiddenUses(
  uses: readonly UsedAction[],
  bodies: readonly (Document | undefined)[],
): readonly HygieneFinding[] {
  const rules = bodies.flatMap((body) => rulesOf((body?.[POLICY_FAMILY] ?? {}) as ActionsPolicy))
  return uses.flatMap((use) => {
    const verdicts = rules.map(({ name, judge }) => ({ name, ...judge(use) }))
    const found = verdicts.find(({ breaks }) => breaks === true) ?? verdicts.find(({ breaks }) => breaks === 'unsure')
    if (found === undefined) return []
    return [
      {
        kind: 'forbidden action' as const,
        place: `${use.repository}/${use.file}:${use.line}`,
        at: { repository: use.repository, file: use.file, line: use.line },
        detail: `${use.uses}: ${found.why}`,
        how: `${found.name} is in force`,
        sure: found.breaks === true,
      },
    ]
  })
}

interface PolicyRule {
  readonly name: string
  readonly judge: (use: UsedAction) => Verdict
}

function rulesOf({ allowed_actions, selected_actions, sha_pinning_required }: ActionsPolicy): readonly PolicyRule[] {
  const list: ActionsList = {
    github_owned_allowed: selected_actions?.github_owned_allowed ?? false,
    verified_allowed: selected_actions?.verified_allowed ?? false,
    patterns_allowed: selected_actions?.patterns_allowed ?? [],
  }
  return [
    ...(allowed_actions === 'local_only' ? [{ name: 'allowed_actions: local_only', judge: localOnly }] : []),
    ...(allowed_actions === 'selected' && selected_actions !== undefined
      ? [{ name: 'allowed_actions: selected', judge: selectedBy(list) }]
      : []),
    ...(sha_pinning_required ? [{ name: 'sha_pinning_required', judge: pinningRequired }] : []),
  ]
}
