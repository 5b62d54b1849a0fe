import { CHECKOUT, OCTOFORM, pinned, UPLOAD } from './pins.ts'

/** The values that differ between the workflows of two repositories. */
export interface WorkflowFacts {
  /** The branch whose configuration is applied. */
  readonly branch: string
  /** Files and folders, separated by blanks. */
  readonly config: string
}

const CHECK_OUT = `      - uses: ${pinned(CHECKOUT)}
        with:
          persist-credentials: false
`

/** Without its names a page is of little use, and where a repository is not private it has none. */
function uploadStep(name: string): string {
  return `      # The report as a page, where the repository is private. GitHub Enterprise Server takes v3 of this action.
      - if: \${{ !cancelled() && github.event.repository.private }}
        uses: ${pinned(UPLOAD)}
        continue-on-error: true
        with:
          name: ${name}
          path: ${pagePath(name)}
          if-no-files-found: ignore
`
}

function pagePath(name: string): string {
  return `\${{ runner.temp }}/${name}.html`
}

/** The plan of a pull request: with the App that only reads, and without any value. */
export function planWorkflow({ config }: WorkflowFacts): string {
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

/** The workflow that applies merged changes: with the App that writes, whose key only the environment gives. */
export function applyWorkflow({ branch, config }: WorkflowFacts): string {
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
        description: Limit the run to these addresses, separated by blanks

permissions: {}

env:
  ROTATE: \${{ inputs.rotate }}
  TARGET: \${{ inputs.target }}

# A newer push waits: an apply that has begun is never cancelled.
concurrency:
  group: octoform-apply
  cancel-in-progress: false

jobs:
  # What the approval of the environment is about, made with the App that only reads.
  plan:
    runs-on: ubuntu-latest
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
    runs-on: ubuntu-latest
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
export function driftWorkflow({ config }: WorkflowFacts): string {
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
  drift:
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
