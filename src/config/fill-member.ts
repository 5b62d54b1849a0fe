import { byText } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import { type Placeholder, type PlaceholderNames, placeholderNames, withoutPlaceholders } from '../core/placeholders.ts'
import { repositoryIn, type Scope } from '../core/scope.ts'
import type { Given } from './given.ts'
import type { Merged, MergedMember } from './merge.ts'
import { fileFault, variableFault } from './source-faults.ts'
import { fillTemplate, holdsTemplate, takesPlaceholders } from './templates.ts'

/**
 * A member with the names of one scope in place of its placeholders; the member itself where it has none.
 * @param what `lists`: the source of its value keeps them
 */
export function fillMember(
  scope: Scope,
  family: Family,
  member: MergedMember,
  what: 'all' | 'lists' = 'all',
): MergedMember {
  if (!member.isTemplate) return member
  let isFilled = false
  const names = placeholderNames(scope, family.name, member.key)
  const fill = (given: Given): Given => {
    if (!holdsTemplate(given.value)) return given
    isFilled = true
    return { ...given, value: fillTemplate(given.value, names), template: given.value }
  }
  const takes = (path: string): boolean => {
    const field = family.fields[path]
    return field !== undefined && takesPlaceholders(field) && (what === 'all' || field.list !== undefined)
  }
  const lists = (edits: MergedMember['adds']): MergedMember['adds'] =>
    new Map([...edits].map(([path, all]) => [path, takes(path) ? all.map(fill) : all]))
  const fields = [...member.fields].map(([path, merged]): readonly [string, Merged] => {
    if (!takes(path)) return [path, merged]
    return [path, { given: fill(merged.given), overridden: merged.overridden.map(fill) }]
  })
  const filled = { ...member, fields: new Map(fields), adds: lists(member.adds), removes: lists(member.removes) }
  return isFilled ? filled : member
}

/**
 * Why names in place of placeholders make no source of a value: no variable or file can be called so, or none that a value
 * may come from.
 * @param template the source as the YAML has it, `env:…` or `file:…`
 * @param source the same with names
 */
export function filledFault(template: string, source: string): string | undefined {
  const name = source.slice(source.indexOf(':') + 1)
  if (!source.startsWith('file:')) return variableFault(name)
  return fileFault(name) ?? (leads(template, source) ? OTHER_FOLDER : undefined)
}

const OTHER_FOLDER = '`file` leaves its folder with what a placeholder stands for, such as `..` in a name'

/** Whether names brought steps like `..` into a path: they would lead to another folder than the YAML shows. */
function leads(template: string, path: string): boolean {
  return stepsIn(path) > stepsIn(withoutPlaceholders(template, 'x'))
}

function stepsIn(path: string): number {
  return path.split(/[\\/]/).filter((step) => step === '' || step === '.' || step === '..').length
}

/**
 * The names that placeholders stand for in the source of a value, sorted: two secrets with the same are meant to have one
 * source. A repository's name counts with its owner, since GitHub's names come to a set without the YAML.
 */
export function namesFilled(scope: Scope, names: PlaceholderNames, words: readonly Placeholder[]): readonly string[] {
  const repository = repositoryIn(scope)
  const whole = { ...names, ...(repository ? { repository: `${repository.owner}/${repository.repo}` } : {}) }
  return words.map((word) => `${word}=${whole[word]}`).sort(byText)
}
