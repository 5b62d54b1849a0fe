import type { Body } from '../../http/body.ts'
import type { Call } from '../../http/call.ts'
import { type Refusal, unprocessable } from '../../http/errors.ts'
import { hasSetting, type RepositorySettings } from './settings.ts'

interface Strategy {
  readonly flag: 'allow_squash_merge' | 'allow_merge_commit'
  readonly title: 'squash_merge_commit_title' | 'merge_commit_title'
  readonly message: 'squash_merge_commit_message' | 'merge_commit_message'
  /** As GitHub's messages call it. */
  readonly name: string
  readonly commit: string
  readonly code: string
  /** The valid combinations of title and message. */
  readonly pairs: readonly (readonly [title: string, message: string])[]
}

const STRATEGIES: readonly Strategy[] = [
  {
    flag: 'allow_squash_merge',
    title: 'squash_merge_commit_title',
    message: 'squash_merge_commit_message',
    name: 'squash merge',
    commit: 'squash',
    code: 'squash',
    pairs: [
      ['PR_TITLE', 'PR_BODY'],
      ['PR_TITLE', 'BLANK'],
      ['PR_TITLE', 'COMMIT_MESSAGES'],
      ['COMMIT_OR_PR_TITLE', 'COMMIT_MESSAGES'],
    ],
  },
  {
    flag: 'allow_merge_commit',
    title: 'merge_commit_title',
    message: 'merge_commit_message',
    name: 'merge commit',
    commit: 'merge',
    code: 'merge',
    pairs: [
      ['PR_TITLE', 'PR_BODY'],
      ['PR_TITLE', 'BLANK'],
      ['MERGE_MESSAGE', 'PR_TITLE'],
    ],
  },
]

/**
 * One way to merge must be left; titles and messages are set only for a way that is, and only some go together. The words for
 * squash merges are reported (https://github.com/integrations/terraform-provider-github/issues/2147,
 * https://github.com/joshjohanning/bulk-github-repo-settings-sync-action/pull/197); those for merge commits follow them.
 * @throws Refusal 422
 */
export function refuseMergeSettings(call: Call, body: Body, { flags, words }: RepositorySettings): void {
  if (!flags.allow_squash_merge && !flags.allow_merge_commit && !flags.allow_rebase_merge) {
    throw invalid('you need to allow at least one merge strategy. (no_merge_method)')
  }
  for (const { flag, title, message, name, commit, code, pairs } of STRATEGIES) {
    if (!hasSetting(call, title) || (body[title] === undefined && body[message] === undefined)) continue
    if (!flags[flag]) {
      throw invalid(
        `you need to allow the ${name} strategy in order to set the default ${commit} commit message title or message. (no_${code}_merge_strategy)`,
      )
    }
    if (pairs.some(([first, second]) => words[title] === first && words[message] === second)) continue
    const valid = pairs.map((pair) => pair.join(' and ')).join(', ')
    throw invalid(
      `invalid setting combination. The following are valid combinations for the ${commit} commit title and message: ${valid}. (invalid_${code}_commit_setting_combo)`,
    )
  }
}

function invalid(problem: string): Refusal {
  const message = `Sorry, ${problem}`
  return unprocessable('Validation Failed', [
    { resource: 'Repository', code: 'invalid', field: 'merge_commit_allowed', message },
  ])
}
