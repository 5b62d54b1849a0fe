import { resolve } from 'node:path'
import { readSavedPlan } from '../engine/saved-plan.ts'
import type { PlanFormat } from '../report/plan-formats.ts'
import { printPlan } from '../report/print-plan.ts'
import { savedAgain } from '../report/run-again.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'

/** Prints a saved plan, offline. */
export async function showCommand(io: Io, path: string, flags: { readonly format: PlanFormat }): Promise<ExitCode> {
  const { plan, intact } = await readSavedPlan(resolve(io.cwd, path), path)
  await printPlan(io, plan, flags.format, 'plan', { configuration: path, again: savedAgain(plan.flags, path) })
  if (intact) return EXIT.ok
  io.stderr(`${path} was edited: its digest is not that of its changes. apply refuses it.\n`)
  return EXIT.stale
}
