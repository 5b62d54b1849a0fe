import { byText } from '../core/address.ts'
import { append } from '../core/append.ts'
import { groupBy } from '../render/group-by.ts'
import {
  type ActionsList,
  isGitHubs,
  isOfOwner,
  localOnly,
  pinningRequired,
  selectedBy,
  type Verdict,
} from './actions-policy.ts'
import type { SurveyedFiles, SurveyFault, SurveyGap, UsedAction } from './survey-files.ts'

/** The list that a configuration gives a repository, and where. */
export interface DesiredList {
  readonly list: ActionsList
  /** `file:line:col` */
  readonly source: string
}

/** One `uses` that a policy stops, or may stop. */
export interface Breakage {
  readonly repository: string
  readonly file: string
  readonly line: number
  readonly uses: string
  readonly why: string
}

/** The effect of a candidate for a policy on the workflows as they are. */
export interface PolicyEffect {
  readonly policy: 'local_only' | 'selected' | 'sha_pinning_required'
  /** Of a list, where it stands in the configuration. */
  readonly source?: string
  readonly breaks: readonly Breakage[]
  /** Those that may break, for a reason that octoform cannot see. */
  readonly unsure: readonly Breakage[]
}

/** The actions in the workflow files of some repositories. */
export interface ActionsUsed {
  readonly format: 'octoform report actions-used'
  readonly format_version: '1.0'
  readonly host: string
  /** Of the reading that it follows from. */
  readonly read_at: string
  readonly repositories: readonly string[]
  readonly uses: readonly UsedAction[]
  readonly faults: readonly SurveyFault[]
  readonly not_read: readonly SurveyGap[]
  /** An allow-list for what is used, beside the two flags for GitHub's own actions and for verified creators. */
  readonly patterns_allowed: readonly string[]
  readonly policies: readonly PolicyEffect[]
  /** Where the report's knowledge ends, in sentences. */
  readonly limits: readonly string[]
}

export interface ActionsUsedInput {
  readonly host: string
  readonly read_at: string
  readonly surveyed: readonly SurveyedFiles[]
  readonly repositories: readonly string[]
  readonly notRead: readonly SurveyGap[]
  /** The list that is to hold in a repository; undefined where the configuration wants none. */
  desired(repository: string): DesiredList | undefined
}

const LIMITS: readonly string[] = [
  'Read: workflow files of the default branch, the actions that they name by a local path, and reusable workflows of the same owner. Not read: other branches, and the actions of other repositories, which may use more.',
  'Verified creators are not shown by the API: their actions stand among the patterns. Organizations of the same enterprise count as other owners.',
]

/** Joins what the files of the repositories say. */
export function actionsUsed({
  host,
  read_at,
  surveyed,
  repositories,
  notRead,
  desired,
}: ActionsUsedInput): ActionsUsed {
  const uses = surveyed.flatMap((each) => each.uses).sort(byFile)
  return {
    format: 'octoform report actions-used',
    format_version: '1.0',
    host,
    read_at,
    repositories,
    uses,
    faults: surveyed.flatMap((each) => each.faults).sort(byFile),
    not_read: [...notRead, ...surveyed.flatMap((each) => each.not_read)],
    patterns_allowed: proposed(uses),
    policies: [
      effect('local_only', uses, localOnly),
      ...selectedEffects(uses, desired),
      effect('sha_pinning_required', uses, pinningRequired),
    ],
    limits: LIMITS,
  }
}

function byFile<Place extends { repository: string; file: string; line: number; col: number }>(a: Place, b: Place) {
  return byText(a.repository, b.repository) || byText(a.file, b.file) || a.line - b.line || a.col - b.col
}

/** One pattern for each action or workflow of another owner, for all of its refs; GitHub's own have a flag. */
function proposed(uses: readonly UsedAction[]): readonly string[] {
  const found = new Map<string, string>()
  for (const use of uses) {
    if (use.owner === undefined || isOfOwner(use) || isGitHubs(use)) continue
    const pattern = `${use.owner}/${use.repo}${use.path ? `/${use.path}` : ''}@*`
    const folded = pattern.toLowerCase()
    if (!found.has(folded)) found.set(folded, pattern)
  }
  return [...found.values()].sort(byText)
}

function effect(
  policy: PolicyEffect['policy'],
  uses: readonly UsedAction[],
  rule: (use: UsedAction) => Verdict,
  source?: string,
): PolicyEffect {
  const breaks: Breakage[] = []
  const unsure: Breakage[] = []
  for (const use of uses) {
    const verdict = rule(use)
    if (verdict.breaks === false) continue
    const { repository, file, line, uses: text } = use
    const into = verdict.breaks === true ? breaks : unsure
    into.push({ repository, file, line, uses: text, why: verdict.why })
  }
  return { policy, ...(source === undefined ? {} : { source }), breaks, unsure }
}

/** One for each list of the configuration that a repository is to have. */
function selectedEffects(uses: readonly UsedAction[], desired: ActionsUsedInput['desired']): readonly PolicyEffect[] {
  const found = new Map<string, { readonly desired: DesiredList; readonly uses: UsedAction[] }>()
  for (const [repository, own] of groupBy(uses, (each) => each.repository)) {
    const list = desired(repository)
    if (list === undefined) continue
    const key = JSON.stringify([list.source, list.list])
    const there = found.get(key)
    if (there === undefined) found.set(key, { desired: list, uses: [...own] })
    else append(there.uses, own)
  }
  return [...found.values()].map(({ desired: { list, source }, uses: own }) =>
    effect('selected', own, selectedBy(list), source),
  )
}
