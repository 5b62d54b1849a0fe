import { readFile } from 'node:fs/promises'
import { readRunContext } from '../event/read-context.ts'
import type { RunContext } from '../event/run-context.ts'
import { carriesPullRequest } from '../event/trust.ts'
import type { Io } from './io.ts'

/** The context of this run from the runner's variables; undefined outside GitHub Actions. */
export function contextOf(io: Pick<Io, 'env'>): Promise<RunContext | undefined> {
  return readRunContext(io.env, (path) => readFile(path, 'utf8'))
}

/** Whether values may be looked for in this run: not on an event that carries a pull request. */
export async function valuesOf(io: Pick<Io, 'env'>): Promise<'read' | 'ignored'> {
  return carriesPullRequest(await contextOf(io)) ? 'ignored' : 'read'
}
