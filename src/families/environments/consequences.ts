import type { Consequence } from '../../core/consequence.ts'
import { getPath } from '../../core/json.ts'
import { isWider } from '../../core/wider.ts'
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

function weakened({ before, after, changed, ref, name }: EnvironmentEdit): readonly Consequence[] {
  const weaker = [...changed].filter((path) => {
    const field = fields[path]
    return field !== undefined && isWider(field, before && getPath(before, path), after && getPath(after, path))
  })
  const secrets = ref?.secrets ?? []
  if (weaker.length === 0 || secrets.length === 0) return []
  const message = `${weaker.sort().join(' and ')} of ${name} ${weaker.length === 1 ? 'protects' : 'protect'} less: behind it ${
    secrets.length === 1 ? 'is' : 'are'
  } its ${listed('secret', secrets).join('')}`
  return [{ widens: true, message }]
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
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return [`${word}${names.length === 1 ? '' : 's'} ${[...names].sort().slice(0, NAMED).join(', ')}${more}`]
}
