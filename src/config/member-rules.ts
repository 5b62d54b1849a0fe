import type { Family } from '../core/family.ts'
import type { Field } from '../core/field.ts'
import { shownName } from '../core/github-names.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import { placeholderFault, placeholdersAt, withoutPlaceholders } from '../core/placeholders.ts'
import { LEVELS, type ScopeType } from '../core/scope.ts'
import { checkDuplicateNames, type RuleProblem } from './duplicate-names.ts'
import { checkNames, checkOwnedList } from './list-rules.ts'
import type { Part } from './parts.ts'
import { fileFault, variableFault } from './source-faults.ts'
import { textsIn } from './templates.ts'
import type { Path } from './yaml-file.ts'

/** The rules of a family's members. */
export interface MemberRules {
  readonly family: Family
  /** The fields with a secret's value. */
  readonly secrets: readonly Words[]
  readonly lists: readonly {
    readonly of: NonNullable<Field['list']>
    readonly field: Field
    readonly keys: readonly (Words & { readonly takes: boolean })[]
  }[]
  /** The placeholders that mean something to its members, by level. */
  readonly known: Readonly<Record<ScopeType, ReadonlySet<string>>>
}

/** A dotted key, and its steps. */
interface Words {
  readonly key: string
  readonly steps: readonly string[]
}

/** Made once for all members. */
export function memberRules(family: Family): MemberRules {
  const words = (key: string): Words => ({ key, steps: key.split('.') })
  const fields = Object.entries(family.fields)
  return {
    family,
    secrets: fields.filter(([, { secret }]) => secret).map(([leaf]) => words(leaf)),
    lists: fields.flatMap(([leaf, field]) => {
      const { exact, add, remove } = leafKeys(leaf)
      const keys = [exact, add, remove].map((key) => ({ ...words(key), takes: key === remove }))
      return field.list === undefined ? [] : [{ of: field.list, field, keys }]
    }),
    known: Object.fromEntries(
      LEVELS.map((level) => [level, placeholdersAt(level, family.name, family.shape)]),
    ) as MemberRules['known'],
  }
}

/** Reports problems of the names, values and lists of repositories in one part. */
export function* memberProblems(
  part: Part,
  rules: readonly MemberRules[],
  checked: Set<object> = new Set(),
): Iterable<RuleProblem> {
  for (const each of rules) {
    const { family } = each
    const section = Object.hasOwn(part.body, family.name) ? part.body[family.name] : undefined
    // A section that an alias repeats is reported at one place only.
    if (!isDocument(section) || checked.has(section)) continue
    checked.add(section)
    const path = [...part.path, family.name]
    if (family.shape === 'settings') {
      yield* checkFields(section, path, each, part)
      continue
    }
    yield* checkDuplicateNames(part.file, path, (name) => family.fold(name))
    for (const [name, member] of Object.entries(section)) {
      const place = [...path, name]
      const fault = family.nameFault?.(name) ?? (name === '' ? 'a name must not be empty' : undefined)
      if (fault !== undefined) yield { message: fault, path: place }
      if (isDocument(member)) yield* checkFields(member, place, each, part)
    }
  }
}

function* checkFields(
  document: Document,
  path: Path,
  { secrets, lists, known }: MemberRules,
  { level, owner }: Part,
): Iterable<RuleProblem> {
  for (const { key, steps } of secrets)
    yield* checkValue(getPath(document, key), known[level], () => [...path, ...steps])
  for (const { of, field, keys } of lists) {
    for (const { key, steps, takes } of keys) {
      const list = getPath(document, key)
      if (list === undefined) continue
      const at = [...path, ...steps]
      if (of !== 'names') yield* checkOwnedList(list, at, of, owner, known[level])
      else yield* checkEntries(list, known[level], at)
      // GitHub may still have entries that it accepted before: removing these is allowed.
      if (of === 'names' && !takes) yield* checkNames(list, at, field)
    }
  }
}

/** The problems of a secret's value. None of them prints it: a value that was put there by mistake would be shown. */
function* checkValue(value: Json | undefined, known: ReadonlySet<string>, pathOf: () => Path): Iterable<RuleProblem> {
  if (!isDocument(value)) return
  if (value.sealed !== undefined && value.version !== undefined) {
    yield {
      message: '`version` goes with `env` or `file`: a value that is sealed anew is another one already',
      path: [...pathOf(), 'version'],
    }
  }
  for (const [key, faultOf] of SOURCES) {
    const text = value[key]
    if (typeof text !== 'string' || text === '') continue
    const open = placeholderFault(text, known)
    const fault = open === undefined ? faultOf(withoutPlaceholders(text, 'x')) : `\`${key}\` ${open}`
    if (fault !== undefined) yield { message: fault, path: [...pathOf(), key] }
  }
}

const SOURCES = [
  ['env', variableFault],
  ['file', fileFault],
] as const

/** Placeholders in a list of plain names. */
function* checkEntries(list: Json, known: ReadonlySet<string>, path: Path): Iterable<RuleProblem> {
  for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
    for (const [below, text] of textsIn(entry)) {
      const fault = placeholderFault(text, known)
      if (fault !== undefined) yield { message: `\`${shownName(text)}\` ${fault}`, path: [...path, index, ...below] }
    }
  }
}
