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

/** The uses that the policies in force forbid, or may. @param rules those of the organization and of the repository */
export function forbiddenUses(uses: readonly UsedAction[], rules: readonly PolicyRule[]): readonly HygieneFinding[] {
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

/** One setting of a policy, with its verdicts. */
export interface PolicyRule {
  readonly name: string
  readonly judge: (use: UsedAction) => Verdict
}

/** The rules in the settings of an organization or a repository. @param body by family; undefined where they were not read */
export function policyRules(body: Document | undefined): readonly PolicyRule[] {
  const { allowed_actions, selected_actions, sha_pinning_required } = (body?.[POLICY_FAMILY] ?? {}) as ActionsPolicy
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
