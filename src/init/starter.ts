import { applyWorkflow, driftWorkflow, planWorkflow, type WorkflowFacts } from './workflows.ts'

export interface StarterFacts {
  /** Organizations, as the person wrote them. */
  readonly owners: readonly string[]
  /** The repository that all of this goes into (`owner/name`), which also keeps the ledger. */
  readonly repository: string
  readonly branch: string
}

/** A first configuration: the files by name. It plans to no changes, because it does not mention anything yet. */
export function starterFiles({ owners, repository, branch }: StarterFacts): ReadonlyMap<string, string> {
  const facts: WorkflowFacts = { branch, config: 'octoform.yaml' }
  return new Map([
    ['octoform.yaml', rootFile(repository)],
    ...owners.map((owner): [string, string] => [`orgs/${owner.toLowerCase()}.yaml`, ownerFile(owner)]),
    ['.github/workflows/octoform-plan.yml', planWorkflow(facts)],
    ['.github/workflows/octoform-apply.yml', applyWorkflow(facts)],
    ['.github/workflows/octoform-drift.yml', driftWorkflow(facts)],
  ])
}

function rootFile(repository: string): string {
  return `version: 1

# Further files and folders, from here down: globs such as "teams/**/*.yaml", too.
include: [orgs]

# Which values octoform wrote, without any of them: on a branch of its own, so that every run finds it.
ledger: { repository: ${repository}, branch: octoform, path: ledger.json }

# What no run deletes, and how much one run may delete, take away or move.
guards: { max_deletions: 10, max_revocations: 100, max_runner_moves: 20, protect: [] }
`
}

function ownerFile(owner: string): string {
  return `# What is not mentioned here is left alone. \`octoform import orgs/${owner} --only permissions\` prints what there is.
version: 1
organizations:
  ${owner}: {}
`
}
