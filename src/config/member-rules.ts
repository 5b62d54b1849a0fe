import type { Family } from '../core/family.ts'
import type { Field } from '../core/field.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import { parseValueText } from '../core/value-text.ts'
import { checkDuplicateNames, type RuleProblem } from './duplicate-names.ts'
import { checkNames, checkOwnedList } from './list-rules.ts'
import type { Path } from './parse.ts'
import type { Part } from './parts.ts'
import { pathFault } from './value-path.ts'

/** Variables of the runner and of octoform itself: one of these as a secret's value is a mistake or an attack. */
const RESERVED = ['GITHUB_', 'GH_', 'OCTOFORM_', 'ACTIONS_', 'RUNNER_', 'INPUT_', 'NODE_']

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
      yield* checkFields(section, path, each, part.owner)
      continue
    }
    yield* checkDuplicateNames(part.file, path, (name) => family.fold(name))
    for (const [name, member] of Object.entries(section)) {
      const place = [...path, name]
      const fault = family.nameFault?.(name) ?? (name === '' ? 'a name must not be empty' : undefined)
      if (fault !== undefined) yield { message: fault, path: place }
      if (isDocument(member)) yield* checkFields(member, place, each, part.owner)
    }
  }
}

function* checkFields(
  document: Document,
  path: Path,
  { secrets, lists }: MemberRules,
  owner: string | undefined,
): Iterable<RuleProblem> {
  for (const { key, steps } of secrets) yield* checkValue(getPath(document, key), () => [...path, ...steps])
  for (const { of, field, keys } of lists) {
    for (const { key, steps, takes } of keys) {
      const list = getPath(document, key)
      if (list === undefined) continue
      const at = [...path, ...steps]
      if (of !== 'names') yield* checkOwnedList(list, at, of, owner)
      // GitHub may still have entries that it accepted before: removing these is allowed.
      else if (!takes) yield* checkNames(list, at, field)
    }
  }
}

/** The name of the variable is not printed: a value that was put there by mistake would be. */
function* checkValue(value: Json | undefined, pathOf: () => Path): Iterable<RuleProblem> {
  if (!isDocument(value)) return
  yield* checkVersioned(value, pathOf)
  const fault = typeof value.file === 'string' && value.file !== '' ? pathFault(value.file) : undefined
  if (fault !== undefined) yield { message: fault, path: [...pathOf(), 'file'] }
  const name = value.env
  if (typeof name !== 'string' || name === '') return
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    yield {
      message: '`env` takes the name of an environment variable: letters, digits and `_`',
      path: [...pathOf(), 'env'],
    }
  } else if (RESERVED.some((prefix) => name.toUpperCase().startsWith(prefix))) {
    const list = RESERVED.map((prefix) => `${prefix}*`).join(', ')
    yield {
      message: `\`env\` refuses the variables ${list}: they belong to the runner and to octoform`,
      path: [...pathOf(), 'env'],
    }
  }
}

/** Reports a path that ends like a version: a plan or a ledger could not distinguish the two. */
function* checkVersioned({ file, sealed, version }: Document, pathOf: () => Path): Iterable<RuleProblem> {
  if (sealed !== undefined && version !== undefined) {
    yield {
      message: '`version` goes with `env` or `file`: a value that is sealed anew is another one already',
      path: [...pathOf(), 'version'],
    }
  }
  if (typeof file === 'string' && parseValueText(file).version !== undefined) {
    yield {
      message: '`file` cannot end in ` version ` and a word: write the word as `version` beside it, or rename the file',
      path: [...pathOf(), 'file'],
    }
  }
}
