import { resolve } from 'node:path'
import { readSavedPlan } from '../engine/saved-plan.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Io } from './io.ts'
import { printPlan } from './plan.ts'

/** Prints a saved plan, offline. */
export async function showCommand(
  io: Io,
  path: string,
  flags: { readonly format: 'text' | 'json' },
): Promise<ExitCode> {
  const { plan, intact } = await readSavedPlan(resolve(io.cwd, path))
  printPlan(io, plan, flags.format, 'plan')
  if (intact) return EXIT.ok
  io.stderr(`${path} was edited: its digest is not that of its changes. apply refuses it.\n`)
  return EXIT.stale
}
