import type { RunContext } from '../event/run-context.ts'
import { code } from '../render/markdown-text.ts'
import { defaultBranch } from '../review/default-branch.ts'
import { connect } from './connect.ts'
import { contextOf } from './context-of.ts'
import type { ExitCode } from './exit-codes.ts'
import { parseAllow, type RunFlags } from './flags.ts'
import { type Gate, gate } from './gate.ts'
import type { Io } from './io.ts'
import { addToSummary } from './job-summary.ts'
import { load } from './load.ts'

type GateFlags = Partial<
  Pick<RunFlags, 'config' | 'allow' | 'apiUrl' | 'insecureHttp' | 'maxWait' | 'debug' | 'branch'>
>

/** Decides whether a command may run, before the configuration is read and before any request. See gate.ts. */
export async function enter(
  io: Io,
  command: string,
  context: RunContext | undefined,
  flags: GateFlags,
  rules?: 'apply',
): Promise<Exclude<Gate, { kind: 'refused' }> | { readonly kind: 'refused'; readonly code: ExitCode }> {
  const entry = await gate(command, context, {
    rules,
    allow: parseAllow(flags.allow),
    branch: flags.branch,
    defaultBranch: async () => {
      const repository = context?.repository ?? ''
      // A configuration for another server is reported before the first request.
      const quiet = { cwd: io.cwd, registry: io.registry }
      const { github } = flags.config === undefined ? { github: {} } : await load(quiet, flags.config)
      const connection = await connect(io, { parallelism: 1, ...flags }, github)
      return defaultBranch(connection.home({ repository, admits: [] }), repository)
    },
  })
  if (entry.kind !== 'refused') return entry
  io.record?.({ failure: 'event_refused' })
  io.stderr(`${entry.message}\n`)
  await addToSummary(io, `## octoform ${command}\n\n**Not run.** ${code(entry.message)}\n`)
  return entry
}

/** Runs a command for which the gate decides only whether it may run. */
export async function throughGate(
  io: Io,
  command: string,
  flags: GateFlags,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const entry = await enter(io, command, await contextOf(io), flags)
  return entry.kind === 'refused' ? entry.code : run()
}
