import { SCHEMA_FILE, schemaLine } from './schema-line.ts'
import { applyWorkflow, driftWorkflow, planWorkflow, type WorkflowFacts } from './workflows.ts'

export interface StarterFacts {
  /** Organizations, as the person wrote them. */
  readonly owners: readonly string[]
  /** Enterprises by address, likewise. */
  readonly enterprises: readonly string[]
  /** Those that the configuration has already, which need no file. */
  readonly declared: { readonly owners: readonly string[]; readonly enterprises: readonly string[] }
  /** The repository that all of this goes into (`owner/name`), which also keeps the ledger; undefined where it is not known. */
  readonly repository: string | undefined
  readonly branch: string
  /** The text of the schema, in one file. */
  readonly schema: string
}

/** A first configuration: the files by name. It plans to no changes, because it does not mention anything yet. */
export function starterFiles(given: StarterFacts): ReadonlyMap<string, string> {
  const { owners, enterprises, declared, repository, branch, schema } = given
  const facts: WorkflowFacts = {
    branch,
    config: 'octoform.yaml',
    enterprises: [...new Set([...enterprises, ...declared.enterprises].map((name) => name.toLowerCase()))],
    organizations: owners.length + declared.owners.length > 0 ? 'some' : 'none',
  }
  return new Map([
    ['octoform.yaml', rootFile(repository, foldersOf(given))],
    ...owners.map((owner): [string, string] => [`orgs/${owner.toLowerCase()}.yaml`, ownerFile(owner)]),
    ...enterprises.map((address): [string, string] => [
      `${address.toLowerCase()}.yaml`,
      enterpriseFile(address, enterprises.length === 1 ? owners : []),
    ]),
    [SCHEMA_FILE, schema],
    ['.github/workflows/octoform-plan.yml', planWorkflow(facts)],
    ['.github/workflows/octoform-apply.yml', applyWorkflow(facts)],
    ['.github/workflows/octoform-drift.yml', driftWorkflow(facts)],
  ])
}

/** The folders that the configuration includes. */
export function foldersOf({ owners, enterprises }: Pick<StarterFacts, 'owners' | 'enterprises'>): readonly string[] {
  return [...(owners.length > 0 ? ['orgs'] : []), ...(enterprises.length > 0 ? ['enterprises'] : [])]
}

function rootFile(repository: string | undefined, folders: readonly string[]): string {
  return `${schemaLine()}version: 1

# Further files and folders, from here down: globs such as "teams/**/*.yaml", too.
include: [${folders.join(', ')}]

# Which values octoform wrote, without any of them: on a branch of its own, so that every run finds it.
${ledgerLine(repository)}

# What no run deletes, and how much one run may delete, take away or move.
guards: { max_deletions: 10, max_revocations: 100, max_runner_moves: 20, protect: [] }
`
}

/** The `ledger:` line. Without a repository it is a comment: an invented name would be requested, and not found. */
export function ledgerLine(repository: string | undefined): string {
  const line = `ledger: { repository: ${repository ?? 'OWNER/NAME'}, branch: octoform, path: ledger.json }`
  return repository === undefined ? `# ${line}` : line
}

/** The file of an organization without any settings yet. */
export function ownerFile(owner: string): string {
  return `${schemaLine('..')}# What is not mentioned here is left alone. \`octoform import orgs/${owner} --only permissions\` prints what there is.
version: 1
organizations:
  ${owner}: {}
`
}

/** The file of an enterprise, which names the organizations that it bounds. Of several enterprises the flags do not say which are whose. */
function enterpriseFile(address: string, owners: readonly string[]): string {
  const name = address.slice(address.indexOf('/') + 1)
  const own = owners.map((owner) => `${owner}: {}`).join(', ')
  return `${schemaLine('..')}# What is not mentioned here is left alone. \`octoform import ${address}\` prints what there is, and a run compares
# it where it names it: \`octoform plan --owner ${address}\`.
version: 1
enterprises:
  ${name}:
    organizations: ${own === '' ? '{}' : `{ ${own} }`} # its own; their settings are in orgs/
`
}
