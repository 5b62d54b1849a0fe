import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Plan } from '../core/plan.ts'
import { renderJson } from '../render/json.ts'
import { renderText } from '../render/text.ts'
import { viewPlan, type Wording } from '../render/view.ts'
import { EXIT, type ExitCode, worst } from './exit-codes.ts'
import type { RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { makeRun } from './run.ts'

export interface PlanFlags extends RunFlags {
  readonly out?: string
  readonly format: 'text' | 'json'
  readonly detailedExitcode?: boolean
}

/** Reads GitHub and prints what applying the configuration would do. */
export async function planCommand(io: Io, flags: PlanFlags): Promise<ExitCode> {
  const { planned } = await makeRun(io, flags)
  printPlan(io, planned.plan, flags.format, 'plan')
  const code = planExitCode(planned.plan, flags.detailedExitcode ? 'tell changes' : 'plain')
  if (flags.out !== undefined && code === EXIT.failed) io.stderr(`${flags.out} was not written: the plan has errors.\n`)
  else if (flags.out !== undefined) await writeFile(resolve(io.cwd, flags.out), renderJson(planned.plan))
  return code
}

/** What `plan` would change, worded as drift. */
export async function driftCommand(io: Io, flags: RunFlags & { readonly format: 'text' | 'json' }): Promise<ExitCode> {
  const { planned } = await makeRun(io, flags)
  printPlan(io, planned.plan, flags.format, 'drift')
  return planExitCode(planned.plan, 'tell changes')
}

export function printPlan(io: Io, plan: Plan, format: 'text' | 'json', wording: Wording): void {
  io.stdout(format === 'json' ? renderJson(plan) : renderText(viewPlan(plan, wording), { colour: io.colour }))
}

/** Whether the plan has errors, is incomplete, or has changes, as the contract's exit codes tell it. */
export function planExitCode(plan: Plan, detail: 'tell changes' | 'plain'): ExitCode {
  const codes: ExitCode[] = [EXIT.ok]
  if (hasErrors(plan)) codes.push(EXIT.failed)
  if (!plan.complete) codes.push(EXIT.unread)
  if (detail === 'tell changes' && plan.changes.length > 0) codes.push(EXIT.changes)
  return worst(codes)
}

export function hasErrors(plan: Plan): boolean {
  return plan.diagnostics.some(({ severity }) => severity === 'error')
}
