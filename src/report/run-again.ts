import type { PlanFlags } from '../core/plan.ts'
import type { RunAgain } from '../render/past-guard.ts'
import type { ApplyFlags } from '../run/apply-flags.ts'
import { isDefaultConfig } from '../run/default-config.ts'
import type { RunFlags } from '../run/flags.ts'

type Given = RunFlags &
  Partial<Pick<ApplyFlags, 'expectDigest' | 'expectPullRequest' | 'checkApp' | 'autoApprove' | 'report'>>

/**
 * The flags that repeat this run as an apply, for a hint to be pasted. Flags that change only speed or output are left
 * out.
 * @param plan the saved plan that is applied, or that this run saves
 */
export function runAgain(flags: Given, plan: string | undefined): RunAgain {
  const given: string[] = []
  const add = (flag: string, words: readonly (string | undefined)[] | undefined): void => {
    for (const word of words ?? []) if (word !== undefined) given.push(flag, word)
  }
  if (!isDefaultConfig(flags.config)) add('--config', flags.config)
  add('--api-url', [flags.apiUrl])
  if (flags.insecureHttp) given.push('--insecure-http')
  add('--owner', flags.owner)
  add('--target', flags.target)
  add('--rotate', flags.rotate)
  add('--protect', flags.protect)
  add(
    '--accept',
    flags.accept?.filter((word) => word !== ''),
  )
  add('--allow', flags.allow)
  add('--values', [flags.values])
  add('--expect-digest', [flags.expectDigest])
  if (flags.expectPullRequest) given.push('--expect-pull-request')
  add('--check-app', [flags.checkApp])
  add('--branch', [flags.branch])
  add('--report', [flags.report])
  if (flags.autoApprove) given.push('--auto-approve')
  return { flags: given, ...(plan !== undefined && { plan }) }
}

/** The same of a saved plan that is only shown: it does not name the files that it was made of. */
export function savedAgain(flags: PlanFlags, plan: string): RunAgain {
  const given = (['owner', 'target', 'rotate'] as const).flatMap((name) =>
    flags[name].flatMap((word) => [`--${name}`, word]),
  )
  return { flags: given, plan }
}
