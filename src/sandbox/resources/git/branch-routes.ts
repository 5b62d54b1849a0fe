import { type Answer, type Call, ok, param, type Route, repositoryOf } from '../../http/call.ts'
import { Refusal } from '../../http/errors.ts'
import { presentBranch } from './present-branch.ts'
import { gitOf } from './state.ts'

const TEMPLATE = '/repos/{owner}/{repo}/branches/{branch}'

/** Branches (https://docs.github.com/rest/branches/branches). */
export const BRANCH_ROUTES: readonly Route[] = [
  { method: 'GET', template: TEMPLATE, permission: 'contents=read', handle: getBranch },
]

/** Names of branches have case. */
function getBranch(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = param(call, 'branch')
  const tip = gitOf(repository).branches.get(name)
  if (tip === undefined) throw new Refusal(404, 'Branch not found')
  return ok(presentBranch(call, repository, name, tip))
}
