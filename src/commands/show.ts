import { resolve } from 'node:path'
import { readSavedPlan } from '../engine/saved-plan.ts'
import type { PlanFormat } from '../report/plan-formats.ts'
import { detailOf, printPlan } from '../report/print-plan.ts'
import { savedAgain } from '../report/run-again.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'

interface ShowFlags {
  readonly format: PlanFormat
  readonly verbose?: boolean
  readonly quiet?: boolean
}

/** Prints a saved plan, offline. */
export async function showCommand(io: Io, path: string, flags: ShowFlags): Promise<ExitCode> {
  const { plan, intact } = await readSavedPlan(resolve(io.cwd, path), path)
  await printPlan(io, plan, flags.format, 'plan', {
    configuration: path,
    again: savedAgain(plan.flags, path),
    detail: detailOf(flags),
  })
  if (intact) return EXIT.ok
  io.stderr(`${path} was edited: its digest is not that of its changes. apply refuses it.\n`)
  return EXIT.stale
}
