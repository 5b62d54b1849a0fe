import { type EnterpriseFacts, enterpriseApplyJobs, enterpriseDriftJob } from './enterprise-jobs.ts'
import { CHECKOUT, OCTOFORM, pinned } from './pins.ts'
import { CHECK_OUT, pagePath, uploadStep } from './steps.ts'

/** The values that differ between the workflows of two repositories. */
export interface WorkflowFacts extends EnterpriseFacts {
  /** The branch whose configuration is applied. */
  readonly branch: string
  /** Files and folders, separated by blanks. */
  readonly config: string
  /** Whether there are owners beside the enterprises. */
  readonly organizations: 'some' | 'none'
}

/** The plan of a pull request: with the App that only reads, and without any value. */
export function planWorkflow({ config }: Pick<WorkflowFacts, 'config'>): string {
  return `# Plans every pull request, comments what merging it would change, and records the digest of what is reviewed.
name: octoform plan

on:
  pull_request:

permissions: {}

concurrency:
  group: octoform-plan-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  plan:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # the configuration
      pull-requests: write # the comment
      checks: write # the check run that apply asks for
    steps:
${CHECK_OUT}      # Separates what the branch would do anyway from what the pull request adds to it.
      - uses: ${pinned(CHECKOUT)}
        with:
          ref: \${{ github.base_ref }}
          path: .octoform-base
          persist-credentials: false
      - uses: ${pinned(OCTOFORM)}
        with:
          command: plan
          config: ${config}
          comment: true
          html-file: ${pagePath('octoform-plan')}
          args: --base .octoform-base
        env:
          OCTOFORM_APP_ID: \${{ vars.OCTOFORM_PLAN_APP_ID }}
          OCTOFORM_APP_PRIVATE_KEY: \${{ secrets.OCTOFORM_PLAN_APP_PRIVATE_KEY }}
          GITHUB_TOKEN: \${{ github.token }}
${uploadStep('octoform-plan')}`
}

const TARGET = 'Limit the run to these addresses, separated by blanks'

/** The workflow that applies merged changes: an enterprise before the organizations that it bounds. */
export function applyWorkflow(facts: WorkflowFacts): string {
  const { branch, enterprises, organizations } = facts
  const jobs = [
    ...(enterprises.length > 0 ? [enterpriseApplyJobs(facts)] : []),
    ...(organizations === 'some' ? [applyJobs(facts)] : []),
  ]
  return `# Applies what was merged, if it still is the plan that was reviewed.
name: octoform apply

on:
  push:
    branches: [${JSON.stringify(branch)}]
  workflow_dispatch:
    inputs:
      rotate:
        description: "Values to send again, separated by blanks: sources such as env:NPM_TOKEN, or addresses"
      target:
        description: ${TARGET}${enterprises.length > 0 ? '; those of an enterprise by themselves' : ''}

permissions: {}

env:
  ROTATE: \${{ inputs.rotate }}
  TARGET: \${{ inputs.target }}

# A newer push waits: an apply that has begun is never cancelled.
concurrency:
  group: octoform-apply
  cancel-in-progress: false

jobs:
${jobs.join('\n')}`
}

/** With the App that writes, whose key only the environment gives. */
function applyJobs({ branch, config, enterprises }: WorkflowFacts): string {
  const isBounded = enterprises.length > 0
  const after = isBounded
    ? `    needs: enterprise-apply
    # After the enterprise, also where it had no changes, or was not approved: what it does not allow is held back here.
    if: \${{ !cancelled() && !startsWith(inputs.target, 'enterprises/') }}
`
    : ''
  const onlyPlanned = isBounded
    ? `    if: \${{ !cancelled() && needs.plan.result == 'success' }}
`
    : ''
  return `  # What the approval of the environment is about, made with the App that only reads.
  plan:
${after}    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # the configuration
    outputs:
      digest: \${{ steps.plan.outputs.plan_digest }}
    steps:
${CHECK_OUT}      - id: plan
        uses: ${pinned(OCTOFORM)}
        with:
          command: plan
          config: ${config}
          rotate: \${{ env.ROTATE }}
          target: \${{ env.TARGET }}
        env:
          OCTOFORM_APP_ID: \${{ vars.OCTOFORM_PLAN_APP_ID }}
          OCTOFORM_APP_PRIVATE_KEY: \${{ secrets.OCTOFORM_PLAN_APP_PRIVATE_KEY }}
          GITHUB_TOKEN: \${{ github.token }}

  apply:
    needs: plan
${onlyPlanned}    runs-on: ubuntu-latest
    timeout-minutes: 120
    # Limit this environment to the branch ${branch}; the secrets below belong to it alone.
    environment: octoform
    permissions:
      contents: write # the ledger and the lock, on a branch of their own
      pull-requests: write # which pull request was merged, and the comment that says what was done
      checks: read # the digest that was reviewed there
      actions: read # whether the run that holds the lock has ended
    steps:
${CHECK_OUT}      - uses: ${pinned(OCTOFORM)}
        with:
          command: apply
          config: ${config}
          expect-digest: \${{ needs.plan.outputs.digest }}
          rotate: \${{ env.ROTATE }}
          target: \${{ env.TARGET }}
          # A dispatch with an input is not what a pull request showed: the digest of the job above alone holds it.
          args: --branch ${branch} \${{ !inputs.rotate && !inputs.target && '--expect-pull-request' || '' }}
        env:
          OCTOFORM_APP_ID: \${{ vars.OCTOFORM_APPLY_APP_ID }}
          OCTOFORM_APP_PRIVATE_KEY: \${{ secrets.OCTOFORM_APPLY_APP_PRIVATE_KEY }}
          OCTOFORM_LEDGER_KEY: \${{ secrets.OCTOFORM_LEDGER_KEY }}
          GITHUB_TOKEN: \${{ github.token }}
          # Each value that the configuration takes from the environment, such as:
          # NPM_TOKEN: \${{ secrets.NPM_TOKEN }}
`
}

/** The look for drift: with the App that only reads. */
export function driftWorkflow(facts: WorkflowFacts): string {
  const { enterprises, organizations } = facts
  const jobs = [
    ...(organizations === 'some' ? [driftJob(facts)] : []),
    ...(enterprises.length > 0 ? [enterpriseDriftJob(facts)] : []),
  ]
  return `# Tells by an issue when somebody changed something by hand, and closes it when that is gone.
name: octoform drift

on:
  schedule:
    - cron: "17 5 * * *"
  workflow_dispatch:

permissions: {}

concurrency:
  group: octoform-drift
  cancel-in-progress: false

jobs:
${jobs.join('\n')}`
}

function driftJob({ config }: WorkflowFacts): string {
  return `  drift:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # the configuration and the ledger
      issues: write # the issue
    steps:
${CHECK_OUT}      - uses: ${pinned(OCTOFORM)}
        with:
          command: drift
          config: ${config}
          issue: \${{ github.repository }}
          html-file: ${pagePath('octoform-drift')}
        env:
          OCTOFORM_APP_ID: \${{ vars.OCTOFORM_PLAN_APP_ID }}
          OCTOFORM_APP_PRIVATE_KEY: \${{ secrets.OCTOFORM_PLAN_APP_PRIVATE_KEY }}
          GITHUB_TOKEN: \${{ github.token }}
${uploadStep('octoform-drift')}`
}
