import { type Body, fieldsOf, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, ok, param, type Route, repositoryOf } from '../../http/call.ts'
import { notFound, Refusal, unprocessable } from '../../http/errors.ts'
import type { Repository } from '../../world/store.ts'
import { actorOf, signatureOf } from '../accounts/actor.ts'
import { commitNamed, moveBranch } from './branches.ts'
import { addBlob, addCommit, FILE_MODE, isFolder, rootOf, type Signature } from './objects.ts'
import { entryAt, isGitPath, treeWith } from './paths.ts'
import { gitCommit } from './present-commit.ts'
import { contentEntry, contentFile, contentFolder } from './present-content.ts'
import { gitOf } from './state.ts'

const TEMPLATE = '/repos/{owner}/{repo}/contents/{path}'

/** The files of a repository (https://docs.github.com/rest/repos/contents). */
export const CONTENT_ROUTES: readonly Route[] = [
  { method: 'GET', template: TEMPLATE, permission: 'contents=read', handle: getContent },
  { method: 'PUT', template: TEMPLATE, permission: 'contents=write', handle: putContent },
  { method: 'DELETE', template: TEMPLATE, permission: 'contents=write', handle: deleteContent },
]

/** A file with its content, or the list of a folder's entries. */
function getContent(call: Call): Answer {
  const repository = repositoryOf(call)
  const path = param(call, 'path')
  if (gitOf(repository).branches.size === 0) throw new Refusal(404, 'This repository is empty.')
  const ref = call.query.ref ?? gitOf(repository).defaultBranch
  const commit = commitNamed(repository, ref)
  if (commit === undefined) throw new Refusal(404, `No commit found for the ref ${ref}`)
  const entry = entryAt(gitOf(repository).objects, rootOf(gitOf(repository).objects, commit), path)
  if (!entry) throw notFound()
  const place = { repository, ref, path }
  return ok(isFolder(entry) ? contentFolder(call, place, entry) : contentFile(call, place, entry))
}

/** Creates or replaces one file in a commit of its own, which becomes the tip of the branch. */
function putContent(call: Call): Answer {
  const { repository, path, body, message } = changeIn(call)
  const git = gitOf(repository).objects
  const content = decoded(required(text(body, 'content'), 'content'))
  const branch = branchIn(body, repository)
  const tip = tipOf(repository, branch)
  if (!isGitPath(path)) throw unprocessable('path contains a malformed path component')
  const before = entryAt(git, rootOf(git, tip), path)
  if (before && isFolder(before)) throw unprocessable(`${path} is a directory.`)
  refuseStale(path, before?.sha, text(body, 'sha'))

  const file = { mode: FILE_MODE, sha: addBlob(git, content) }
  const sha = commitTree(call, repository, { branch, tip, message, tree: treeWith(git, rootOf(git, tip), path, file) })
  const entry = { ...file, name: path.split('/').at(-1) ?? path }
  return {
    status: before ? 200 : 201,
    body: {
      content: contentEntry(call, { repository, ref: branch, path }, entry),
      commit: gitCommit(call, repository, sha),
    },
  }
}

/** Takes one file out in a commit of its own. The body must name the version. */
function deleteContent(call: Call): Answer {
  const { repository, path, body, message } = changeIn(call)
  const git = gitOf(repository).objects
  const sent = required(text(body, 'sha'), 'sha')
  const branch = branchIn(body, repository)
  const tip = tipOf(repository, branch)
  const before = entryAt(git, rootOf(git, tip), path)
  if (!before) throw notFound()
  if (isFolder(before)) throw unprocessable(`${path} is a directory.`)
  refuseStale(path, before.sha, sent)
  const tree = treeWith(git, rootOf(git, tip), path, undefined)
  const sha = commitTree(call, repository, { branch, tip, message, tree })
  return ok({ content: null, commit: gitCommit(call, repository, sha) })
}

/** The fields of each change of a file. */
function changeIn(call: Call): { repository: Repository; path: string; body: Body; message: string } {
  const body = bodyOf(call)
  const message = required(text(body, 'message'), 'message')
  return { repository: repositoryOf(call), path: param(call, 'path'), body, message }
}

/** Puts a folder into a commit that becomes the tip of the branch. Returns the commit's SHA. */
function commitTree(
  call: Call,
  repository: Repository,
  { branch, tip, message, tree }: { branch: string; tip: string | undefined; message: string; tree: string },
): string {
  const body = bodyOf(call)
  const committer = signatureIn(body, 'committer', signatureOf(actorOf(call), call.now))
  const author = signatureIn(body, 'author', committer)
  const parents = tip === undefined ? [] : [tip]
  const sha = addCommit(gitOf(repository).objects, { tree, parents, message, author, committer })
  moveBranch(repository, branch, sha, committer)
  return sha
}

function branchIn(body: Body, repository: Repository): string {
  return text(body, 'branch')?.replace(/^refs\/heads\//, '') ?? gitOf(repository).defaultBranch
}

/** The tip of a branch; undefined in a repository to which nothing was pushed: the first file makes its default branch. */
function tipOf(repository: Repository, branch: string): string | undefined {
  const tip = gitOf(repository).branches.get(branch)
  const isFirst = gitOf(repository).branches.size === 0 && branch === gitOf(repository).defaultBranch
  if (tip === undefined && !isFirst) throw new Refusal(404, `Branch ${branch} not found`)
  return tip
}

/** @throws Refusal 422 when a file is there and its SHA was not sent; 409 when another was. */
function refuseStale(path: string, current: string | undefined, sent: string | undefined): void {
  if (current !== undefined) required(sent, 'sha')
  if (sent !== current) throw new Refusal(409, `${path} does not match ${sent}`)
}

/** @throws Refusal 422 when it is not Base64. */
function decoded(content: string): Buffer {
  const compact = content.replaceAll(/\s/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    throw unprocessable('content is not valid Base64')
  }
  return Buffer.from(compact, 'base64')
}

/** The author or committer that a body names; omitted fields come from the other one. */
export function signatureIn(body: Body, field: string, other: Signature): Signature {
  const given = body[field]
  if (given === undefined) return other
  const fields = fieldsOf(given)
  const name = required(text(fields, 'name'), 'name')
  const email = required(text(fields, 'email'), 'email')
  return { name, email, date: text(fields, 'date') ?? other.date }
}
