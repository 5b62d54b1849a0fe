import type { Family } from '../core/family.ts'
import type { Field } from '../core/field.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import { parseValueText } from '../core/value-text.ts'
import { type Complain, checkDuplicateNames } from './duplicate-names.ts'
import { checkNames, checkOwnedList } from './list-rules.ts'
import type { Path } from './parse.ts'
import type { Part } from './parts.ts'
import { shownKey } from './shown-key.ts'
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
export function memberProblems(
  part: Part,
  rules: readonly MemberRules[],
  complain: Complain,
  checked: Set<object> = new Set(),
): void {
  for (const each of rules) {
    const { family } = each
    const section = Object.hasOwn(part.body, family.name) ? part.body[family.name] : undefined
    // A section that an alias repeats is reported at one place only.
    if (!isDocument(section) || checked.has(section)) continue
    checked.add(section)
    const path = [...part.path, family.name]
    if (family.shape === 'settings') {
      checkFields(section, path, each, part.owner, complain)
      continue
    }
    checkDuplicateNames(part.file, path, (name) => family.fold(name), complain)
    for (const [name, member] of Object.entries(section)) {
      const place = [...path, name]
      if (each.secrets.length > 0) checkSecretName(name, family.fold(name), place, complain)
      else if (name === '') complain('a name must not be empty', place)
      else checkMemberName(name, family, place, complain)
      if (isDocument(member)) checkFields(member, place, each, part.owner, complain)
    }
  }
}

/** https://docs.github.com/en/actions/reference/secrets-reference: how a secret may be called. */
function checkSecretName(name: string, folded: string, path: Path, complain: Complain): void {
  if (/^[A-Za-z_]\w*$/.test(folded) && !folded.startsWith('GITHUB_')) return
  const shown = `\`${shownKey(name)}\``
  if (folded.startsWith('GITHUB_')) complain(`${shown}: GitHub keeps names that start with GITHUB_ to itself`, path)
  else if (/^\d/.test(folded)) complain(`${shown}: a secret's name cannot start with a digit`, path)
  else complain(`${shown}: a secret's name holds only letters, digits and \`_\``, path)
}

function checkMemberName(name: string, family: Family, path: Path, complain: Complain): void {
  const fault = family.nameFault?.(name)
  if (fault !== undefined) complain(fault, path)
}

function checkFields(
  document: Document,
  path: Path,
  { secrets, lists }: MemberRules,
  owner: string | undefined,
  complain: Complain,
): void {
  for (const { key, steps } of secrets) checkValue(getPath(document, key), () => [...path, ...steps], complain)
  for (const { of, field, keys } of lists) {
    for (const { key, steps, takes } of keys) {
      const list = getPath(document, key)
      if (list === undefined) continue
      const at = [...path, ...steps]
      if (of !== 'names') checkOwnedList(list, at, of, owner, complain)
      // GitHub may still have entries that it accepted before: removing these is allowed.
      else if (!takes) checkNames(list, at, field, complain)
    }
  }
}

/** The name of the variable is not printed: a value that was put there by mistake would be. */
function checkValue(value: Json | undefined, pathOf: () => Path, complain: Complain): void {
  if (!isDocument(value)) return
  checkVersioned(value, pathOf, complain)
  const fault = typeof value.file === 'string' && value.file !== '' ? pathFault(value.file) : undefined
  if (fault !== undefined) complain(fault, [...pathOf(), 'file'])
  const name = value.env
  if (typeof name !== 'string' || name === '') return
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    complain('`env` takes the name of an environment variable: letters, digits and `_`', [...pathOf(), 'env'])
  } else if (RESERVED.some((prefix) => name.toUpperCase().startsWith(prefix))) {
    const list = RESERVED.map((prefix) => `${prefix}*`).join(', ')
    complain(`\`env\` refuses the variables ${list}: they belong to the runner and to octoform`, [...pathOf(), 'env'])
  }
}

/** Reports a path that ends like a version: a plan or a ledger could not distinguish the two. */
function checkVersioned({ file, sealed, version }: Document, pathOf: () => Path, complain: Complain): void {
  if (sealed !== undefined && version !== undefined) {
    complain('`version` goes with `env` or `file`: a value that is sealed anew is another one already', [
      ...pathOf(),
      'version',
    ])
  }
  if (typeof file === 'string' && parseValueText(file).version !== undefined) {
    complain('`file` cannot end in ` version ` and a word: write the word as `version` beside it, or rename the file', [
      ...pathOf(),
      'file',
    ])
  }
}
