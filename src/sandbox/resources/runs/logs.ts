import { type Answer, type Call, idParam, NO_CONTENT, repositoryOf } from '../../http/call.ts'
import { notFound, Refusal } from '../../http/errors.ts'
import { redirectToStore, STORE, type StoreRoute } from '../../http/store.ts'
import type { Repository } from '../../world/store.ts'
import { type Logs, runIn, runsOf } from './run.ts'

const KIND = `${STORE}run-logs`

/** The archive of all logs of a run. */
export const RUN_LOGS: StoreRoute = {
  template: `${KIND}/{repository_id}/{run_id}/{attempt_number}`,
  find(world, { repository_id: repositoryId, run_id: runId, attempt_number: attempt }) {
    const repository = world.repositories.get(Number(repositoryId))
    const logs = repository && runsOf(repository).byId.get(Number(runId))?.logs
    if (logs === undefined || typeof logs === 'string') return undefined
    return { content: logs, type: 'application/zip', filename: `logs_${runId}_${attempt}.zip`, ranges: true }
  },
}

/** 302 for the logs of the last attempt. */
export function runLogs(call: Call): Answer {
  const repository = repositoryOf(call)
  return redirected(call, repository, runIn(call, repository).attempt)
}

/** The same of any attempt. */
export function attemptLogs(call: Call): Answer {
  const repository = repositoryOf(call)
  const attempt = idParam(call, 'attempt_number')
  if (attempt < 1 || attempt > runIn(call, repository).attempt) throw notFound()
  return redirected(call, repository, attempt)
}

function redirected(call: Call, repository: Repository, attempt: number): Answer {
  const run = runIn(call, repository)
  if (attempt === run.attempt && run.status !== 'completed') throw notFound()
  refuseGone(run.logs)
  return redirectToStore(call, `${KIND}/${repository.id}/${run.id}/${attempt}`)
}

/**
 * @throws Refusal 404 for logs that were deleted, 410 for those that expired, with the words that were reported in
 *   https://github.com/rust-lang/triagebot/issues/2241
 */
export function refuseGone(logs: Logs): void {
  if (logs === 'deleted') throw notFound()
  if (logs === 'expired') throw new Refusal(410, 'Server Error')
}

/** Of all attempts. Those of a run that has not ended cannot be deleted; 403 is documented, not for what. */
export function deleteLogs(call: Call): Answer {
  const run = runIn(call, repositoryOf(call))
  if (run.status !== 'completed') throw new Refusal(403, 'The logs of a run that has not completed cannot be deleted.')
  if (run.logs !== 'expired') run.logs = 'deleted'
  return NO_CONTENT
}
