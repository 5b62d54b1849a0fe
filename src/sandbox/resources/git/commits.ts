import { type Answer, type Call, ok, param, type Route } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { commitNamed, isKnownCommit } from './branches.ts'
import { filledRepository, refuseNoSha } from './data.ts'
import { gitCommit } from './present-commit.ts'
import { commitWithFiles } from './present-commit-files.ts'

/** Single commits (https://docs.github.com/rest/commits/commits#get-a-commit, https://docs.github.com/rest/git/commits). */
export const COMMIT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    template: '/repos/{owner}/{repo}/commits/{ref}',
    permission: 'contents=read',
    handle: getCommit,
  },
  {
    method: 'GET',
    template: '/repos/{owner}/{repo}/git/commits/{commit_sha}',
    permission: 'contents=read',
    handle: getGitCommit,
  },
]

/** A commit with its changes, by SHA or by branch. The media type `sha` asks for the SHA alone. */
function getCommit(call: Call): Answer {
  const repository = filledRepository(call)
  const ref = param(call, 'ref')
  const sha = commitNamed(repository, ref)
  if (sha === undefined) throw unprocessable(`No commit found for SHA: ${ref}`)
  if (/\bvnd\.github\.(?:v3\.)?sha\b/.test(call.accept)) {
    return { status: 200, text: sha, headers: { 'Content-Type': 'application/vnd.github.sha; charset=utf-8' } }
  }
  return ok(commitWithFiles(call, repository, sha))
}

/** By its whole SHA only. */
function getGitCommit(call: Call): Answer {
  const repository = filledRepository(call)
  const sha = param(call, 'commit_sha')
  refuseNoSha(sha)
  if (!isKnownCommit(repository, sha)) throw notFound()
  return ok(gitCommit(call, repository, sha))
}
