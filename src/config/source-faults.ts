import { parseValueText } from '../core/value-text.ts'
import { pathFault } from './value-path.ts'

/** Variables of the runner and of octoform itself: one of these as a secret's value is a mistake or an attack. */
const RESERVED = ['GITHUB_', 'GH_', 'OCTOFORM_', 'ACTIONS_', 'RUNNER_', 'INPUT_', 'NODE_']

/**
 * The problem of the name of a variable that holds a secret's value.
 * @returns a sentence without the name, which may be a value in the wrong place
 */
export function variableFault(name: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    return '`env` takes the name of an environment variable: letters, digits and `_`'
  }
  if (!RESERVED.some((prefix) => name.toUpperCase().startsWith(prefix))) return undefined
  const list = RESERVED.map((prefix) => `${prefix}*`).join(', ')
  return `\`env\` refuses the variables ${list}: they belong to the runner and to octoform`
}

/** The problem of the path of a file that holds a secret's value, as for {@link variableFault}. */
export function fileFault(path: string): string | undefined {
  if (path === '') return undefined
  const fault = pathFault(path)
  if (fault !== undefined || parseValueText(path).version === undefined) return fault
  // A plan or a ledger could not distinguish the two.
  return '`file` cannot end in ` version ` and a word: write the word as `version` beside it, or rename the file'
}
