import { GitHubError } from '../github/errors.ts'
import type { FileSource, FileText } from './file-source.ts'
import type { FileFault } from './parse-workflow.ts'
import { secretNames } from './secret-names.ts'
import { parseUse, type Use } from './uses.ts'
import { usesInFile } from './uses-in-file.ts'

/** One `uses`, with its place and what it names. */
export interface UsedAction extends Use {
  /** `owner/name` of the file. */
  readonly repository: string
  /** Below the repository; with `@` and the ref, where the file was read at another than the default branch. */
  readonly file: string
  readonly line: number
  readonly col: number
  /** As it is written. */
  readonly uses: string
}

export interface SurveyFault extends FileFault {
  readonly repository: string
  readonly file: string
}

/** A file, or all those of a repository, that could not be read. */
export interface SurveyGap {
  readonly repository: string
  /** The empty text for the whole repository. */
  readonly file: string
  readonly reason: string
}

/** A file, by the secrets that it names. */
export interface SurveyedFile {
  readonly repository: string
  readonly file: string
  /** In upper case. */
  readonly secrets: readonly string[]
  /** Why it may use others too; left out where it does not. */
  readonly unsure?: string
}

/** All that the files of a repository say, with the reusable workflows that they call. */
export interface SurveyedFiles {
  readonly files: readonly SurveyedFile[]
  readonly uses: readonly UsedAction[]
  readonly faults: readonly SurveyFault[]
  readonly not_read: readonly SurveyGap[]
}

const FOLDER = '.github/workflows'
/** GitHub gives no more entries of a folder. https://docs.github.com/rest/repos/contents#get-repository-content */
const MOST_ENTRIES = 1000
/** Actions and reusable workflows that are followed from one repository. */
const MOST_FOLLOWED = 500

type FileKind = 'workflow' | 'action'

/**
 * Reads the workflows of a repository, the actions that their steps name by a path of it, and reusable workflows of the same
 * owner; each file once.
 * @param other gives the files of another repository of the owner at a ref; undefined where these cannot be asked for
 * @param taken places that were followed for other repositories already, to which those of this one are added
 * @throws GitHubError where the repository cannot be read
 */
export async function surveyFiles(
  repository: string,
  source: FileSource,
  other: ((repo: string, ref: string) => FileSource) | undefined,
  taken: Set<string>,
): Promise<SurveyedFiles> {
  const files: SurveyedFile[] = []
  const uses: UsedAction[] = []
  const faults: SurveyFault[] = []
  const notRead: SurveyGap[] = []
  const [owner = ''] = repository.split('/')
  const own = new Set<string>()
  let followed = 0
  const isNew = (place: string, seen: Set<string>): boolean => {
    if (seen.has(place)) return false
    seen.add(place)
    return true
  }

  const take = async (from: FileSource, at: { repository: string; path: string; ref: string }, kind: FileKind) => {
    const file = at.ref === '' ? at.path : `${at.path}@${at.ref}`
    const gap = { repository: at.repository, file }
    const paths = kind === 'action' ? [`${at.path}/action.yml`, `${at.path}/action.yaml`] : [at.path]
    let found: FileText = { absent: true }
    let path = at.path
    for (const each of paths) {
      path = each.replace(/^\//, '')
      found = await from.read(path)
      if (!('absent' in found)) break
    }
    if ('absent' in found) return kind === 'action' && (await isDockerfile(from, at.path)) ? 'taken' : 'absent'
    if ('reason' in found) {
      notRead.push({ ...gap, reason: found.reason })
      return 'taken'
    }
    const shown = at.ref === '' ? path : `${path}@${at.ref}`
    const place = { repository: at.repository, file: shown }
    files.push({ ...place, ...secretNames(found.text) })
    const read = usesInFile(found.text, kind)
    for (const each of read.faults) faults.push({ ...place, ...each })
    for (const { uses: text, place: where, line, col } of read.uses) {
      const use: UsedAction = { ...place, line, col, uses: text, ...parseUse(text, where) }
      uses.push(use)
      await follow(from, at, use)
    }
    return 'taken'
  }

  const follow = async (from: FileSource, at: { repository: string; path: string; ref: string }, use: UsedAction) => {
    const { kind, path = '', repo = '', ref = '' } = use
    const isForeign = at.ref !== ''
    const isCalled = kind === 'reusable workflow' && use.owner?.toLowerCase() === owner.toLowerCase()
    // A step's path in a called workflow is one of the caller's checkout.
    if (kind === 'local action' && isForeign) return
    if (kind !== 'local action' && kind !== 'local workflow' && !isCalled) return
    if (followed >= MOST_FOLLOWED) {
      if (followed++ === MOST_FOLLOWED)
        notRead.push({ repository, file: '', reason: `only ${MOST_FOLLOWED} are followed` })
      return
    }
    if (!isCalled) {
      const seen = isForeign ? taken : own
      if (!isNew(placeKey(at.repository, path, at.ref), seen)) return
      followed += 1
      const found = await take(from, { ...at, path }, kind === 'local action' ? 'action' : 'workflow')
      // A job may make it, or check another repository out: nothing is amiss with the reading.
      if (found === 'absent') faults.push({ ...placeOf(use), message: 'this path is not on the branch' })
      return
    }
    const called = `${use.owner}/${repo}`
    if (!isNew(placeKey(called, path, ref), taken)) return
    followed += 1
    if (other === undefined) {
      return void notRead.push({ repository: called, file: `${path}@${ref}`, reason: 'it is in another repository' })
    }
    const gap = { repository: called, file: `${path}@${ref}` }
    try {
      const found = await take(other(repo, ref), { repository: called, path, ref }, 'workflow')
      if (found === 'absent') notRead.push({ ...gap, reason: 'it is not there, or may not be read' })
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      notRead.push({ ...gap, reason: error.message })
    }
  }

  const folder = await source.list(FOLDER)
  if ('reason' in folder) notRead.push({ repository, file: FOLDER, reason: folder.reason })
  const listed = 'reason' in folder ? [] : folder
  if (listed.length >= MOST_ENTRIES) {
    notRead.push({ repository, file: FOLDER, reason: `GitHub lists ${MOST_ENTRIES} files of a folder, and no more` })
  }
  for (const path of listed.filter((name) => /\.ya?ml$/.test(name))) {
    if (!isNew(placeKey(repository, path, ''), own)) continue
    const found = await take(source, { repository, path, ref: '' }, 'workflow')
    // A link that leads nowhere, or out of a checkout.
    if (found === 'absent') notRead.push({ repository, file: path, reason: 'it is a link to nothing that can be read' })
  }
  return { files, uses, faults, not_read: notRead }
}

/** Only owners and repositories have names without case. */
function placeKey(repository: string, path: string, ref: string): string {
  return `${repository.toLowerCase()}/${path}@${ref}`
}

/** An action may be a Dockerfile alone, which names no other action. */
async function isDockerfile(from: FileSource, path: string): Promise<boolean> {
  for (const name of ['Dockerfile', 'dockerfile']) {
    if (!('absent' in (await from.read(`${path}/${name}`.replace(/^\//, ''))))) return true
  }
  return false
}

function placeOf({ repository, file, line, col }: UsedAction): Omit<SurveyFault, 'message'> {
  return { repository, file, line, col }
}
