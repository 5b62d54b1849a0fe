import { renderFailedApply } from '../render/failed-apply.ts'
import type { Io } from '../run/io.ts'
import { homeServer } from './home-server.ts'
import type { FailureReport } from './issue-failure.ts'
import { mergedPullOf, reportsToPull } from './merged-pull-of.ts'
import { reportToPull } from './report-to-pull.ts'

/** Comments on the merged pull request that its apply failed before it could report anything itself. */
export async function applyFailure(io: Io, apply: FailureReport): Promise<void> {
  const { asked, context, failed, facts, connection } = apply
  if (context === undefined || !asked.expectsPull || !reportsToPull(context)) return
  const { repository, defaultBranch } = context
  const server = await homeServer(io, connection)
  const home = connection.home({ repository, admits: [], server })
  const branch = asked.branch ?? defaultBranch
  const pull = await mergedPullOf(home, { context, branch, clock: io.pace.clock })
  const { configuration } = facts
  const text = (): string => renderFailedApply(connection.api.host, failed, facts)
  await reportToPull(io, { connection, server, repository, pull, configuration, text })
}
