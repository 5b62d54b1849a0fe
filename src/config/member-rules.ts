import type { Family } from '../core/family.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { parseValueText } from '../core/value-text.ts'
import { leafKeys } from './leaf.ts'
import type { Path } from './parse.ts'
import type { Part } from './parts.ts'
import { shownKey } from './shown-key.ts'
import { type Complain, checkTwins } from './twins.ts'

/** Variables of the runner and of octoform itself: one of these as a secret's value is a mistake or an attack. */
const RESERVED = ['GITHUB_', 'GH_', 'OCTOFORM_', 'ACTIONS_', 'RUNNER_', 'INPUT_', 'NODE_']

/** Reports what is wrong with the names, values and lists of repositories in one part. */
export function memberProblems(part: Part, families: readonly Family[], complain: Complain): void {
  for (const family of families) {
    const section = Object.hasOwn(part.body, family.name) ? part.body[family.name] : undefined
    if (!isDocument(section)) continue
    const path = [...part.path, family.name]
    if (family.shape === 'settings') {
      checkFields(section, path, family, complain)
      continue
    }
    checkTwins(part.file, path, (name) => family.fold(name), complain)
    const secret = Object.values(family.fields).some((field) => field.secret)
    for (const [name, member] of Object.entries(section)) {
      if (secret) checkSecretName(name, family.fold(name), [...path, name], complain)
      else if (name === '') complain('a name must not be empty', [...path, name])
      if (isDocument(member)) checkFields(member, [...path, name], family, complain)
    }
  }
}

/** https://docs.github.com/en/actions/reference/secrets-reference: how a secret may be called. */
function checkSecretName(name: string, folded: string, path: Path, complain: Complain): void {
  const shown = `\`${shownKey(name)}\``
  if (folded.startsWith('GITHUB_')) complain(`${shown}: GitHub keeps names that start with GITHUB_ to itself`, path)
  else if (/^\d/.test(folded)) complain(`${shown}: a secret's name cannot start with a digit`, path)
  else if (!/^\w+$/.test(folded)) complain(`${shown}: a secret's name holds only letters, digits and \`_\``, path)
}

function checkFields(document: Document, path: Path, family: Family, complain: Complain): void {
  for (const [leaf, field] of Object.entries(family.fields)) {
    if (field.secret) checkValue(getPath(document, leaf), [...path, ...leaf.split('.')], complain)
    if (field.list !== 'repositories') continue
    for (const key of Object.values(leafKeys(leaf))) {
      checkEntries(getPath(document, key), [...path, ...key.split('.')], complain)
    }
  }
}

/** The name of the variable is not printed: a value that was put there by mistake would be. */
function checkValue(value: Json | undefined, path: Path, complain: Complain): void {
  if (!isDocument(value)) return
  checkVersioned(value, path, complain)
  const name = value.env
  if (typeof name !== 'string' || name === '') return
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    complain('`env` takes the name of an environment variable: letters, digits and `_`', [...path, 'env'])
  } else if (RESERVED.some((prefix) => name.toUpperCase().startsWith(prefix))) {
    const list = RESERVED.map((prefix) => `${prefix}*`).join(', ')
    complain(`\`env\` refuses the variables ${list}: they belong to the runner and to octoform`, [...path, 'env'])
  }
}

/** A path that ends like a version could not be told from a version in a plan or a ledger. */
function checkVersioned({ file, sealed, version }: Document, path: Path, complain: Complain): void {
  if (sealed !== undefined && version !== undefined) {
    complain('`version` goes with `env` or `file`: a value that is sealed anew is another one already', [
      ...path,
      'version',
    ])
  }
  if (typeof file === 'string' && parseValueText(file).version !== undefined) {
    complain('`file` cannot end in ` version ` and a word: write the word as `version` beside it, or rename the file', [
      ...path,
      'file',
    ])
  }
}

function checkEntries(entries: Json | undefined, path: Path, complain: Complain): void {
  if (!Array.isArray(entries)) return
  checkNegations(entries, path, complain)
  for (const [index, entry] of entries.entries()) {
    if (isDocument(entry)) checkSelector(entry, [...path, index], complain)
  }
}

/** Reports a selector that cannot match anything. */
export function checkSelector(selector: Document, path: Path, complain: Complain): void {
  if (selector.name === undefined) return
  const names: readonly Json[] = Array.isArray(selector.name) ? selector.name : [selector.name]
  checkNegations(names, [...path, 'name'], complain)
}

function checkNegations(entries: readonly Json[], path: Path, complain: Complain): void {
  if (entries.includes('!')) complain('`!` must be followed by a name or glob', path)
  else if (entries.length > 0 && entries.every((entry) => typeof entry === 'string' && entry.startsWith('!'))) {
    complain('only takes names away: say from what, such as "*" for all', path)
  }
}
