import { secretLeaf } from './leaves.ts'
import { ownerOf, repositoryIn } from './scope.ts'
import type { Work, Workflows } from './work.ts'

/** The resources that a run in GitHub Actions itself uses. Names of owner and repository are folded. */
export interface OwnRun {
  readonly owner: string
  readonly repo: string
  /** The self-hosted runner it is on; undefined on one of GitHub's. */
  readonly runner?: string
  /** The secrets that its workflow names, in upper case; `all` where it takes every secret (`secrets: inherit`). */
  readonly secrets?: ReadonlySet<string> | 'all'
  /** Its workflow file, as `owner/repo/path`, and every way to write the version that runs: branch, reference, commit. */
  readonly workflow?: { readonly path: string; readonly refs: readonly string[] }
}

/**
 * Explains how a change would cut off the run that makes it, or give others access to its resources; undefined where it
 * does neither. Where a group's runners were not read, only its loss counts.
 */
export function touchedByOwnRun(work: Work, own: OwnRun): string | undefined {
  const { family, scope, change } = work
  if (ownerOf(scope) !== own.owner) return touchedAbove(work, own)
  const repository = repositoryIn(scope)
  if (repository !== undefined && repository.repo !== own.repo) return undefined
  const here = `${own.owner}/${own.repo}`
  const cut = change.access.loses.some(({ repository }) => repository === own.repo)
  if (family.vital && cut) return `this disables Actions for ${here}, where this run itself works`
  if (work.stops !== undefined && own.workflow?.path.toLowerCase() === `${here}/${work.stops}`.toLowerCase()) {
    return `this disables ${work.stops}, the workflow of this run`
  }
  const widens =
    change.access.gains.length > 0 || change.widens.length > 0 || change.consequences.some((beside) => beside.widens)
  if (secretLeaf(family) !== undefined && names(own.secrets, work.key)) {
    if (change.action === 'delete' || cut) return `this takes away ${work.key}, which the workflow of this run names`
    if (change.action === 'update' && widens)
      return `this lets others read ${work.key}, which the workflow of this run names`
  }
  if (!family.hosts || own.runner === undefined) return undefined
  const holds = work.hosts?.includes(own.runner)
  if (holds === false) return undefined
  if (change.action === 'delete' || cut) return `this takes away the runner group ${work.key}, which this run may be on`
  if (shutsOut(work, own)) return `this shuts the workflow of this run out of ${work.key}, which it may be on`
  if (holds && leaves(work, own.runner)) return `this moves the runner ${own.runner}, which this run is on`
  if (holds && widens) return `this opens ${work.key}, which holds the runner that this run is on`
  return undefined
}

/** A group that its enterprise shares, whose runners a run of one of its repositories may be on. */
function touchedAbove({ family, change, key, hosts }: Work, { owner, repo, runner }: OwnRun): string | undefined {
  const cut = change.access.loses.some(({ repository }) => repository === `${owner}/${repo}`)
  if (!family.hosts || runner === undefined || !cut || hosts?.includes(runner) === false) return undefined
  return `this takes away the runner group ${key}, which this run may be on`
}

function names(secrets: OwnRun['secrets'], key: string): boolean {
  return secrets === 'all' || (secrets?.has(key) ?? false)
}

function leaves({ family, change }: Work, runner: string): boolean {
  const after = change.after && family.hosts?.(change.after)
  return after !== null && after !== undefined && !after.includes(runner)
}

function shutsOut({ workflows }: Work, own: OwnRun): boolean {
  return workflows !== undefined && admits(workflows.before, own) && !admits(workflows.after, own)
}

function admits(list: Workflows, { workflow }: OwnRun): boolean {
  if (list === 'all' || workflow === undefined) return true
  return list.some((entry) => {
    const [path = '', ref = ''] = entry.split(/@(.*)/)
    return path.toLowerCase() === workflow.path.toLowerCase() && workflow.refs.includes(ref)
  })
}
