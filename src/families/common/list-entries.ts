import { ownerFault, repositoryFault, shownName, textFault } from '../../core/github-names.ts'

/** https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization */
export const MOST_PATTERNS = 1000

/** The forms of owner, repository, path and ref in a pattern; a filter pattern knows `*`, `?`, `+` and `[ ]`. */
const OWNER = /^[\w*?+[\]-]+$/
const REPOSITORY = /^[\w.*?+[\]-]+$/

/**
 * Explains why a pattern can match no action and no reusable workflow. `!` in front of it blocks its matches
 * (https://github.blog/changelog/2025-08-15-github-actions-policy-now-supports-blocking-and-sha-pinning-actions).
 */
export function patternFault(entry: string): string | undefined {
  const fault = faultOfPattern(entry.startsWith('!') ? entry.slice(1) : entry)
  return fault === undefined ? undefined : `\`${shownName(entry)}\` is not a pattern of actions: ${fault}`
}

function faultOfPattern(pattern: string): string | undefined {
  if (pattern.includes(',')) return 'it holds a comma, write each pattern as an entry of its own'
  if (/[\r\n]/.test(pattern)) return 'it holds a line end, write each pattern as an entry of its own'
  if (pattern === '') return 'it is empty'
  if (/[\s\p{Cc}]/u.test(pattern)) return 'it holds a blank or a control character'
  if (pattern.startsWith('docker://')) return 'GitHub matches none to images of docker'
  if (pattern.includes('://')) return 'it is a URL, write owner/repo@ref'
  if (pattern.startsWith('.')) return 'actions of the same repository are always allowed'
  const at = pattern.indexOf('@')
  const [name, ref] = at === -1 ? [pattern, undefined] : [pattern.slice(0, at), pattern.slice(at + 1)]
  if (ref === '') return 'after `@` comes a tag, a branch, a commit or `*`'
  const [owner = '', repository, ...path] = name.split('/')
  // `*` alone may match every workflow.
  if (repository === undefined && !name.includes('*')) return 'it names no repository, write owner/repo@ref or owner/*'
  if (!OWNER.test(owner) || (repository !== undefined && !REPOSITORY.test(repository)) || path.includes('')) {
    return 'write owner/repo@ref, owner/repo/path@ref or owner/*'
  }
  return undefined
}

/** Why a text names no workflow that a runner group can be restricted to. */
export function workflowFault(entry: string): string | undefined {
  const [, owner = '', repository = '', ref = ''] = WORKFLOW.exec(entry) ?? []
  const isOne = ownerFault(owner) === undefined && repositoryFault(repository) === undefined && !SECOND.test(ref)
  return isOne
    ? undefined
    : `\`${shownName(entry)}\` is not a workflow: write owner/repo/.github/workflows/file.yml@ref`
}

const WORKFLOW = /^([^/\s]+)\/([^/\s]+)\/\.github\/workflows\/[^@/\s]+\.ya?ml@(\S+)$/
/** Of two in one entry, the second one. */
const SECOND = /,.*\/\.github\/workflows\//

/** The reason why no runner can have this name (https://github.com/actions/runner/pull/1710 gives the length). */
export function runnerFault(entry: string): string | undefined {
  const fault = textFault(entry, 64)
  return fault === undefined ? undefined : `\`${shownName(entry)}\` cannot be the name of a runner: ${fault}`
}

/** The reason why no runner group can have this name. GitHub documents no rule but that it is not empty. */
export function groupFault(name: string): string | undefined {
  return name !== '' && name.trim() === '' ? 'the name of a runner group must not be blank' : undefined
}
