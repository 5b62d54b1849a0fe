import { resolve } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { readGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'

export interface SandboxFlags {
  readonly seed?: string
  readonly port: number
  readonly product?: string
  readonly latency?: number
  readonly log?: string
  readonly limits?: 'github'
}

/** Serves the embedded GitHub on loopback until it is stopped. The first line printed is JSON with its URL. */
export async function sandboxCommand(io: Io, flags: SandboxFlags): Promise<ExitCode> {
  const sandbox = await start(io, flags)
  // The reader of the line may stop us at once.
  const stopped = io.stopped()
  io.stdout(`${JSON.stringify({ url: sandbox.url })}\n`)
  await stopped
  await sandbox.close()
  return EXIT.ok
}

/** @throws SetupError for a seed or product that the sandbox does not take, and for a port that is not free */
async function start(io: Io, flags: SandboxFlags): Promise<Sandbox> {
  const seed = flags.seed === undefined ? {} : { seed: await readGiven(io.cwd, flags.seed) }
  try {
    return await startSandbox({
      ...seed,
      port: flags.port,
      ...(flags.product === undefined ? {} : { product: flags.product }),
      ...(flags.latency === undefined ? {} : { latency: flags.latency }),
      ...(flags.limits === undefined ? {} : { limits: flags.limits }),
      ...(flags.log === undefined ? {} : { log: resolve(io.cwd, flags.log) }),
    })
  } catch (error) {
    if (flags.log !== undefined && error instanceof Error && 'path' in error) {
      throw new SetupError(`--log ${flags.log} cannot be written (${whyUnreadable(error)}).`)
    }
    throw new SetupError(error instanceof Error ? error.message : String(error))
  }
}
