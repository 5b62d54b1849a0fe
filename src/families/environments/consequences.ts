import type { Consequence } from '../../core/consequence.ts'
import { getPath } from '../../core/json.ts'
import { isWider } from '../../core/wider.ts'
import type { Environment } from './document.ts'
import { fields } from './fields.ts'
import { ROUTES } from './routes.ts'
import type { EnvironmentEdit } from './write.ts'

/** The most names in a sentence. */
const NAMED = 5

/** The names of what is deleted with an environment. */
export function takenAlong({ ref }: EnvironmentEdit): readonly string[] {
  return [...(ref?.secrets ?? []), ...(ref?.variables ?? [])]
}

/** The secrets behind a protection that becomes weaker, and what GitHub may reset unseen. */
export function consequencesOf(edit: EnvironmentEdit): readonly Consequence[] {
  if (edit.action === 'create') return []
  return edit.action === 'delete' ? [deleted(edit)] : [...weakened(edit), ...unseen(edit)]
}

function deleted({ ref, name }: EnvironmentEdit): Consequence {
  const [secrets, variables] = [ref?.secrets ?? [], ref?.variables ?? []]
  const all = [...listed('secret', secrets), ...listed('variable', variables)].join(' and ')
  const gone = all === '' ? '' : `; with it ${secrets.length + variables.length === 1 ? 'goes' : 'go'} its ${all}`
  return { widens: true, message: `a workflow that names ${name} makes it anew without any protection${gone}` }
}

/** The protections that become weaker. */
function weakerIn({ before, after, changed }: EnvironmentEdit): string[] {
  return [...changed].filter((path) => {
    const field = fields[path]
    return field !== undefined && isWider(field, before && getPath(before, path), after && getPath(after, path))
  })
}

/** The secrets behind a protection that becomes weaker: guards of their addresses hold for the change. */
export function exposedBy(edit: EnvironmentEdit): Readonly<Record<string, readonly string[]>> {
  return edit.action === 'update' && weakerIn(edit).length > 0 ? { secrets: edit.ref?.secrets ?? [] } : {}
}

function weakened(edit: EnvironmentEdit): readonly Consequence[] {
  const { ref, name, known, scope } = edit
  const weaker = weakerIn(edit)
  const secrets = ref?.secrets ?? []
  if (weaker.length === 0 || secrets.length === 0) return []
  const gaining = weaker.some((path) => BRANCHES.has(path)) ? branchesThatGain(edit) : ''
  const deploy = gaining === '' ? '' : `${gaining} may deploy to it, and `
  const message = `${weaker.sort().join(' and ')} of ${name} ${weaker.length === 1 ? 'protects' : 'protect'} less: ${deploy}behind it ${
    secrets.length === 1 ? 'is' : 'are'
  } its ${listed('secret', secrets).join('')}`
  const isPublic = known.repositories.byName.get(scope.repo)?.visibility === 'public'
  return [{ widens: true, message, ...(isPublic ? { opens: true } : {}) }]
}

const BRANCHES: ReadonlySet<string> = new Set(['deployment_branch_policy', 'deployment_branch_policies'])

/** The branches and tags that may deploy to it, in words. */
export function admittedTo({
  deployment_branch_policy: policy = 'all',
  deployment_branch_policies: patterns,
}: Environment): string {
  if (policy !== 'custom_branch_policies') return policy === 'all' ? 'any branch and tag' : 'protected branches'
  if (patterns === undefined) return 'branches and tags by patterns that were not read'
  return patterns.length === 0 ? 'no branch or tag' : some(patterns)
}

/** The branches and tags that come to deploy, in words that may follow a colon; empty where only fewer do. */
function branchesThatGain({ before, after }: EnvironmentEdit): string {
  const { deployment_branch_policy: policy = 'all', deployment_branch_policies: patterns = [] } = after ?? {}
  if (policy !== 'custom_branch_policies') return policy === 'all' ? 'any branch and tag' : 'each protected branch'
  const had = before?.deployment_branch_policy === policy ? (before.deployment_branch_policies ?? []) : []
  return some(patterns.filter((pattern) => !had.includes(pattern)))
}

/** GitHub's PUT replaces all, and what it does not show cannot be sent as it is. */
function unseen({ before, given, known, key }: EnvironmentEdit): readonly Consequence[] {
  const field = 'can_admins_bypass'
  if (given.has(field) || before?.[field] !== undefined || !known.product.accepts(ROUTES.put, field)) return []
  const message = `GitHub does not show ${field} of ${key}: the change may set it to true; give it in the YAML`
  return [{ widens: true, message }]
}

function listed(word: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  return [`${word}${names.length === 1 ? '' : 's'} ${some(names)}`]
}

/** The first names and how many more there are; empty for none. */
function some(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `${[...names].sort().slice(0, NAMED).join(', ')}${more}`
}
