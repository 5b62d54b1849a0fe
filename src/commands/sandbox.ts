import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { startSandbox } from '../sandbox/server.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Io } from './io.ts'

export interface SandboxFlags {
  readonly seed?: string
  readonly port: number
  readonly product?: string
  readonly latency?: number
  readonly log?: string
}

/** Serves the embedded GitHub on loopback until it is stopped. The first line printed is JSON with its URL. */
export async function sandboxCommand(io: Io, flags: SandboxFlags): Promise<ExitCode> {
  const seed = flags.seed === undefined ? {} : { seed: await readFile(resolve(io.cwd, flags.seed), 'utf8') }
  const sandbox = await startSandbox({
    ...seed,
    port: flags.port,
    ...(flags.product === undefined ? {} : { product: flags.product }),
    ...(flags.latency === undefined ? {} : { latency: flags.latency }),
    ...(flags.log === undefined ? {} : { log: resolve(io.cwd, flags.log) }),
  })
  io.stdout(`${JSON.stringify({ url: sandbox.url })}\n`)
  await io.stopped()
  await sandbox.close()
  return EXIT.ok
}
