import { resolve } from 'node:path'
import type { Outcome } from '../core/outcome.ts'
import type { Plan } from '../core/plan.ts'
import { ownerOf } from '../core/scope.ts'
import type { Work } from '../core/work.ts'
import { applyPlan } from '../engine/apply.ts'
import { readSavedPlan } from '../engine/saved-plan.ts'
import { families } from '../families/index.ts'
import type { Client } from '../github/client.ts'
import { renderOutcome } from '../render/outcome.ts'
import type { Values } from '../secrets/values.ts'
import { EXIT, type ExitCode, worst } from './exit-codes.ts'
import { parseAllow, type RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { hasErrors, printPlan } from './plan.ts'
import { startProgress } from './progress.ts'
import { type Refusal, refusedByReview, tellNotHere } from './review.ts'
import { makeRun, type Run } from './run.ts'

export interface ApplyFlags extends RunFlags {
  readonly format: 'text' | 'json'
  readonly autoApprove?: boolean
  readonly expectDigest?: string
}

/** Plans, shows, asks, applies; with a saved plan, only what that plan holds. */
export async function applyCommand(io: Io, path: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  const saved = path === undefined ? undefined : await readSavedPlan(resolve(io.cwd, path))
  const run = await makeRun(io, flags)
  const { plan } = run.planned
  printPlan(flags.format === 'json' ? { ...io, stdout: io.stderr, colour: 'plain' } : io, plan, 'text', 'plan')
  const refusals = [
    ...refusedByPlan(plan, flags),
    ...refusedByReview(run.planned, { saved, path: path ?? '', expectDigest: flags.expectDigest }),
    ...(await missingValues(run)),
  ]
  if (saved?.intact) tellNotHere(io, plan, saved.plan)
  for (const { message } of refusals) io.stderr(`${message}\n`)
  if (refusals.length > 0) return worst(refusals.map(({ code }) => code))
  if (plan.changes.length > 0 && !(await confirmed(io, flags))) return EXIT.failed
  return execute(io, run, flags)
}

function refusedByPlan(plan: Plan, flags: ApplyFlags): Refusal[] {
  const refusals: Refusal[] = []
  if (hasErrors(plan)) refusals.push({ code: EXIT.failed, message: 'The plan has errors. Nothing was written.' })
  if (!plan.complete && !parseAllow(flags.allow).incomplete) {
    const message = 'The plan is incomplete. Nothing was written; --allow incomplete applies what could be planned.'
    refusals.push({ code: EXIT.unread, message })
  }
  for (const { message, flag } of plan.tripped) {
    refusals.push({
      code: EXIT.guarded,
      message: `A guard refuses: ${message}. Nothing was written; ${flag} goes past it.`,
    })
  }
  return refusals
}

/** Every value that will be needed is looked for before the first write. */
async function missingValues(run: Run): Promise<Refusal[]> {
  const refusals: Refusal[] = []
  for (const { change, value } of run.planned.works) {
    if (change.value === null) continue
    const found = value ? await run.values.available(value) : { ok: false as const, reason: 'the YAML gives no value' }
    if (found.ok) continue
    refusals.push({
      code: EXIT.failed,
      message: `${change.address} needs its value: ${found.reason}. Nothing was written.`,
    })
  }
  return refusals
}

async function confirmed(io: Io, flags: ApplyFlags): Promise<boolean> {
  if (flags.autoApprove) return true
  if (!io.ask) {
    io.stderr('There is no terminal to ask at. Nothing was written; --auto-approve applies without asking.\n')
    return false
  }
  const answer = await io.ask("Apply these changes? Only 'yes' is accepted: ")
  if (answer.trim() === 'yes') return true
  io.stderr('Not applied.\n')
  return false
}

async function execute(io: Io, run: Run, flags: ApplyFlags): Promise<ExitCode> {
  const { planned, ledger, values } = run
  const sent = { done: 0, total: 0 }
  const progress = startProgress(io, () => `applying: ${sent.done} of ${sent.total} requests`)
  const client = await writers(run)
  const outcome = await applyPlan({
    planned,
    families,
    client,
    notes: ledger,
    sealer: values,
    onProgress: (done, total) => void Object.assign(sent, { done, total }),
  })
  progress.end()
  if (flags.format === 'json' || planned.works.length > 0) {
    io.stdout(renderOutcome(withoutValues(outcome, values), flags.format, { colour: io.colour }))
  }
  const incomplete = planned.plan.complete ? EXIT.ok : EXIT.unread
  return outcome.complete ? incomplete : EXIT.failed
}

/** A server may repeat what it was sent. Looked for before rendering, which writes line ends and tabs otherwise. */
function withoutValues(outcome: Outcome, values: Values): Outcome {
  const changes = outcome.changes.map((change) => {
    const { error } = change
    return error ? { ...change, error: { ...error, message: values.scrub(error.message) } } : change
  })
  return { ...outcome, changes }
}

/** One writing client for each owner, made only now that the plan is complete and confirmed. */
async function writers(run: Run): Promise<(work: Work) => Client> {
  const clients = new Map<string, Client>()
  for (const { owner, product } of run.surveys) {
    const credential = await run.connection.credential(owner)
    clients.set(owner, run.connection.writer(credential, await run.connection.server(owner), product))
  }
  return (work) => {
    const client = clients.get(ownerOf(work.scope))
    if (!client) throw new Error(`bug: no client for ${ownerOf(work.scope)}`)
    return client
  }
}
