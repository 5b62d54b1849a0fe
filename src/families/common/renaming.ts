import type { Edit } from '../../core/family.ts'
import { RENAMED_FROM } from '../../core/rename.ts'
import type { Send } from '../../core/send.ts'
import { pick } from './carried.ts'
import type { Variable, VariableRef } from './variable.ts'

/**
 * The rest of a PATCH that sends these fields: where it renames the variable, the new name, by which later requests of the
 * same change go.
 */
export function renaming(
  { name, changed, ref }: Pick<Edit<Variable, VariableRef>, 'name' | 'changed' | 'ref'>,
  fields: object,
): Pick<Send<VariableRef>, 'body' | 'learn'> {
  const rest = pick(fields as Record<string, unknown>, [...changed, 'visibility', 'selected_repository_ids'])
  if (!changed.has(RENAMED_FROM)) return { body: () => rest }
  return { body: () => ({ ...rest, name }), learn: () => ({ repositories: {}, ...ref, name }) }
}
