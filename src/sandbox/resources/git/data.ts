import { required, text, texts } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, ok, param, type Route, repositoryOf } from '../../http/call.ts'
import { notFound, Refusal, unprocessable } from '../../http/errors.ts'
import type { Repository } from '../../world/store.ts'
import { actorOf, signatureOf } from '../accounts/actor.ts'
import { isKnownCommit } from './branches.ts'
import { signatureIn } from './contents.ts'
import { addCommit } from './objects.ts'
import { gitCommit, objectNodeId } from './present-commit.ts'
import { inBase64 } from './present-content.ts'
import { gitOf } from './state.ts'

const TEMPLATE = '/repos/{owner}/{repo}/git'
const READ = { method: 'GET', permission: 'contents=read' } as const
const WRITE = { method: 'POST', permission: 'contents=write' } as const

/** The objects behind branches and files (https://docs.github.com/rest/git). */
export const GIT_DATA_ROUTES: readonly Route[] = [
  { ...READ, template: `${TEMPLATE}/ref/{ref}`, handle: getRef },
  { ...WRITE, template: `${TEMPLATE}/refs`, handle: createRef },
  { ...WRITE, template: `${TEMPLATE}/commits`, handle: createCommit },
  { ...READ, template: `${TEMPLATE}/blobs/{file_sha}`, handle: getBlob },
]

function getRef(call: Call): Answer {
  const repository = filledRepository(call)
  const branch = /^heads\/(.+)$/.exec(param(call, 'ref'))?.[1]
  if (branch === undefined || !gitOf(repository).branches.has(branch)) throw notFound()
  return ok(presentRef(call, repository, branch))
}

/** Branches only: the sandbox keeps no tags. */
function createRef(call: Call): Answer {
  const repository = filledRepository(call)
  const body = bodyOf(call)
  const ref = required(text(body, 'ref'), 'ref')
  const sha = required(text(body, 'sha'), 'sha')
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  if (branch === undefined || /\s|\.\.|^\/|\/$|\/\/|[~^:?*[\\]/.test(branch)) {
    throw unprocessable(`${ref} is not a valid ref name.`)
  }
  if (gitOf(repository).branches.has(branch)) throw unprocessable('Reference already exists')
  if (!isKnownCommit(repository, sha)) throw unprocessable('Object does not exist')
  gitOf(repository).branches.set(branch, sha)
  return { status: 201, body: presentRef(call, repository, branch) }
}

/** A commit without parents begins a history of its own. No branch points to it yet. */
function createCommit(call: Call): Answer {
  const repository = filledRepository(call)
  const git = gitOf(repository).objects
  const body = bodyOf(call)
  const message = required(text(body, 'message'), 'message')
  const tree = required(text(body, 'tree'), 'tree')
  const parents = texts(body, 'parents') ?? []
  if (!git.trees.has(tree)) throw unprocessable('Tree SHA does not exist')
  if (!parents.every((parent) => isKnownCommit(repository, parent))) {
    throw unprocessable('Parent SHA does not exist or is not a commit object')
  }
  const author = signatureIn(body, 'author', signatureOf(actorOf(call), call.now))
  const committer = signatureIn(body, 'committer', author)
  const sha = addCommit(git, { tree, parents, message, author, committer })
  return { status: 201, body: gitCommit(call, repository, sha) }
}

/** The way to files that are too large for the contents API: up to 100 MB. */
function getBlob(call: Call): Answer {
  const repository = filledRepository(call)
  const sha = param(call, 'file_sha')
  refuseNoSha(sha)
  const content = gitOf(repository).objects.blobs.get(sha)
  if (!content) throw notFound()
  return ok({
    sha,
    node_id: objectNodeId('Blob', repository, sha),
    size: content.length,
    url: `${gitUrl(call, repository)}/blobs/${sha}`,
    content: inBase64(content),
    encoding: 'base64',
  })
}

function presentRef(call: Call, repository: Repository, branch: string): object {
  const sha = gitOf(repository).branches.get(branch)
  const url = gitUrl(call, repository)
  return {
    ref: `refs/heads/${branch}`,
    node_id: objectNodeId('Ref', repository, branch),
    url: `${url}/refs/heads/${branch}`,
    object: { sha, type: 'commit', url: `${url}/commits/${sha}` },
  }
}

/** The address of a repository's git data. */
export function gitUrl(call: Call, repository: Repository): string {
  return `${call.base}/repos/${repository.owner.login}/${repository.name}/git`
}

/** @throws Refusal 422 when the text in the path cannot be a SHA. */
export function refuseNoSha(text: string): void {
  if (/^[\da-f]{40}$/.test(text)) return
  throw unprocessable('The sha parameter must be exactly 40 characters and contain only [0-9a-f].')
}

/** @throws Refusal 409 when nothing was pushed to the repository yet. */
export function filledRepository(call: Call): Repository {
  const repository = repositoryOf(call)
  if (gitOf(repository).branches.size === 0) throw new Refusal(409, 'Git Repository is empty.')
  return repository
}
