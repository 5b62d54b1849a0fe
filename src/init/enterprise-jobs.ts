import { OCTOFORM, pinned } from './pins.ts'
import { CHECK_OUT, pagePath, uploadStep } from './steps.ts'

/** The values that differ between the jobs of two enterprises. */
export interface EnterpriseFacts {
  readonly branch: string
  readonly config: string
  /** By address; none where the configuration has none. */
  readonly enterprises: readonly string[]
}

/** The environment that plans and looks for drift: its token can write, and no reviewer is at hand on a cron. */
const READS = 'octoform-enterprise-plan'
/** The environment that applies, after its reviewers have read the plan. */
const WRITES = 'octoform-enterprise'

/** The words of the action's input `owner`. */
function ownersOf({ enterprises }: EnterpriseFacts): string {
  return enterprises.join(' ')
}

/** Two jobs: the plan of the enterprises, and its apply, held to that plan's digest. */
export function enterpriseApplyJobs(facts: EnterpriseFacts): string {
  const { branch, config } = facts
  return `  # The enterprise is planned after the merge, because the only token for it can write. An enterprise has no values to rotate;
  # a target that begins with enterprises/ is for these jobs alone.
  enterprise-plan:
    if: \${{ !inputs.rotate && (!inputs.target || startsWith(inputs.target, 'enterprises/')) }}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    # Limit this environment to the branch ${branch}; its secret belongs to it alone.
    environment: ${READS}
    permissions:
      contents: read # the configuration
    outputs:
      digest: \${{ steps.plan.outputs.plan_digest }}
      changes: \${{ steps.plan.outputs.changes }}
    steps:
${CHECK_OUT}      - id: plan
        uses: ${pinned(OCTOFORM)}
        with:
          command: plan
          config: ${config}
          owner: ${ownersOf(facts)}
          target: \${{ env.TARGET }}
        env:
          OCTOFORM_ENTERPRISE_TOKEN: \${{ secrets.OCTOFORM_ENTERPRISE_TOKEN }}
          GITHUB_TOKEN: \${{ github.token }}

  enterprise-apply:
    needs: enterprise-plan
    # Nobody is asked to approve a plan without changes.
    if: \${{ needs.enterprise-plan.outputs.changes == 'true' }}
    runs-on: ubuntu-latest
    timeout-minutes: 120
    # Limit this environment to the branch ${branch}, too, and give it reviewers: they find the plan in the job before.
    environment: ${WRITES}
    permissions:
      contents: write # the ledger and the lock, on a branch of their own
      actions: read # whether the run that holds the lock has ended
    steps:
${CHECK_OUT}      - uses: ${pinned(OCTOFORM)}
        with:
          command: apply
          config: ${config}
          owner: ${ownersOf(facts)}
          expect-digest: \${{ needs.enterprise-plan.outputs.digest }}
          target: \${{ env.TARGET }}
          args: --branch ${branch}
        env:
          OCTOFORM_ENTERPRISE_TOKEN: \${{ secrets.OCTOFORM_ENTERPRISE_TOKEN }}
          OCTOFORM_LEDGER_KEY: \${{ secrets.OCTOFORM_LEDGER_KEY }}
          GITHUB_TOKEN: \${{ github.token }}
`
}

/** The look for drift of the enterprises, beside that of the organizations. */
export function enterpriseDriftJob(facts: EnterpriseFacts): string {
  return `  # With the token of the environment that plans the enterprise.
  enterprise-drift:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: ${READS}
    permissions:
      contents: read # the configuration and the ledger
      issues: write # the issue
    steps:
${CHECK_OUT}      - uses: ${pinned(OCTOFORM)}
        with:
          command: drift
          config: ${facts.config}
          owner: ${ownersOf(facts)}
          issue: \${{ github.repository }}
          html-file: ${pagePath('octoform-enterprise-drift')}
        env:
          OCTOFORM_ENTERPRISE_TOKEN: \${{ secrets.OCTOFORM_ENTERPRISE_TOKEN }}
          GITHUB_TOKEN: \${{ github.token }}
${uploadStep('octoform-enterprise-drift')}`
}
