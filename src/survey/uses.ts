/** The kind of thing that `uses` names. */
export type UseKind =
  | 'action'
  | 'reusable workflow'
  | 'docker'
  | 'local action'
  | 'local workflow'
  | 'not decidable'
  | 'malformed'

/** Where `uses` stands: a step's (of a workflow or a composite action), or a job's, which calls a workflow. */
export type UsePlace = 'step' | 'job'

/** The parts of what `uses` names, as far as it has them. */
export interface Use {
  readonly kind: UseKind
  /** Of actions and workflows of a repository. */
  readonly owner?: string
  readonly repo?: string
  /** Below the repository, with forward slashes and none at its ends; of local ones too. */
  readonly path?: string
  readonly ref?: string
  /** Whether it stands for the same forever: a full commit SHA, or the digest of an image. */
  readonly pinned?: boolean
}

const REMOTE = /^([\w.-]+)\/([\w.-]+)((?:\/[^@\s/]+)*)\/?@(\S+)$/
const SHA = /^[\da-f]{40}$/i
const DIGEST = /@sha256:[\da-f]{64}$/i
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/

/**
 * Reads the text of `uses`. GitHub evaluates no expression there; one is `not decidable`, as a later product may.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
 */
export function parseUse(text: string, place: UsePlace): Use {
  if (text.includes('${{')) return { kind: 'not decidable' }
  if (text.startsWith('docker://')) {
    return place === 'job' ? { kind: 'malformed' } : { kind: 'docker', pinned: DIGEST.test(text) }
  }
  if (text.startsWith('./')) {
    const path = normalized(text.slice(2))
    if (path === undefined || (place === 'job' && !WORKFLOW.test(path))) return { kind: 'malformed' }
    return { kind: place === 'job' ? 'local workflow' : 'local action', path }
  }
  const [, owner, repo, below = '', ref] = REMOTE.exec(text) ?? []
  if (owner === undefined || repo === undefined || ref === undefined) return { kind: 'malformed' }
  const path = below.slice(1)
  if (place === 'job' && !WORKFLOW.test(path)) return { kind: 'malformed' }
  const kind = place === 'job' ? 'reusable workflow' : 'action'
  return { kind, owner, repo, path, ref, pinned: SHA.test(ref) }
}

/** The path without `.` and `..`; undefined where it leaves the repository. */
function normalized(path: string): string | undefined {
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.pop() === undefined) return undefined
  }
  return kept.join('/')
}
