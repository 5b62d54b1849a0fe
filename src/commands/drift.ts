import { acceptDrift } from '../accept/accept.ts'
import { readFiles } from '../config/files.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import { carriesPullRequest } from '../event/trust.ts'
import { printable } from '../render/printable.ts'
import { whyUnprintable } from '../render/unprintable.ts'
import { audienceOfRun } from '../report/audience.ts'
import { reportDrift } from '../report/drift-issues.ts'
import { WHO_ROUTES, withWho } from '../report/drift-who.ts'
import { saveHtml } from '../report/html-file.ts'
import { reportToJob } from '../report/job-report.ts'
import type { PlanFormat } from '../report/plan-formats.ts'
import { detailOf, printPlan } from '../report/print-plan.ts'
import { reportFacts } from '../report/report-facts.ts'
import { runAgain } from '../report/run-again.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode, FAILURES } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import { besideResults, type Io } from '../run/io.ts'
import { rollingFlags } from '../run/rolling-flags.ts'
import { makeRun, type Run } from '../run/run.ts'
import { sinceIssue } from '../run/seen-ledger.ts'
import { enter } from '../run/through-gate.ts'
import { planExitCode } from './plan.ts'

export interface DriftFlags extends RunFlags {
  readonly format: PlanFormat
  /** `owner/name` of the repository whose issues report drift. */
  readonly issue?: string
  /** Whether the YAML is to take over the live state. */
  readonly takeOver?: boolean
  /** About how many requests the run may take; it reads a part of everything then. */
  readonly maxRequests?: number
  readonly showPrivate?: boolean
  /** Names who changed what drifted, from the audit log. */
  readonly who?: boolean
  readonly htmlFile?: string
}

/** Reports the changes of `plan`, worded as drift. */
export async function driftCommand(io: Io, flags: DriftFlags): Promise<ExitCode> {
  const context = await contextOf(io)
  const entry = await enter(io, 'drift', context, flags)
  if (entry.kind !== 'go') return entry.kind === 'refused' ? entry.code : EXIT.failed
  if (flags.issue !== undefined && !isRepositoryName(flags.issue)) {
    throw new SetupError(`--issue ${flags.issue} is not a repository: write owner/name.`)
  }
  if (flags.issue !== undefined && (flags.target?.length ?? 0) > 0) {
    // A run must not close an issue about settings that it does not compare.
    throw new SetupError('--issue reports all that differs in an organization: leave out --target, or --issue.')
  }
  const facts = reportFacts(flags.config, context, undefined, io)
  // The author of a pull request could close the issue by a configuration that declares nothing.
  const issues = carriesPullRequest(context) ? undefined : flags.issue
  const { maxRequests } = flags
  const about = issues === undefined ? undefined : { repository: issues, configuration: facts.configuration }
  const made = await makeRun(io, flags, {
    purpose: 'plan',
    values: entry.values,
    keepUnits: issues !== undefined,
    besides: flags.who ? WHO_ROUTES : [],
    ...(maxRequests === undefined
      ? {}
      : {
          rolling: (connection, owners) =>
            rollingFlags({ maxRequests, now: io.pace.clock.now }, connection, owners, about),
        }),
  })
  const since = await sinceIssue(made, { ...facts, repository: issues })
  const { latest } = since
  const run = flags.who ? await withWho(since.run) : since.run
  const { plan } = run.planned
  io.record?.({ plan })
  const code = planExitCode(plan, 'tell changes')
  if (code !== EXIT.ok) io.record?.({ failure: code === EXIT.changes ? 'drift' : FAILURES[code] })
  // The diff alone goes to stdout, so that it can be piped into git apply.
  const printer = flags.takeOver ? besideResults(io) : io
  const showPrivate = flags.showPrivate ?? false
  const again = runAgain(flags, undefined)
  const audience = await audienceOfRun(io, run.connection, context, showPrivate)
  await printPlan(printer, plan, flags.takeOver ? 'text' : flags.format, 'drift', {
    ...facts,
    audience,
    again,
    detail: detailOf(flags),
  })
  await reportToJob(io, { plan, wording: 'drift', connection: run.connection, context, facts, showPrivate, audience })
  if (flags.htmlFile !== undefined) {
    await saveHtml(io, flags.htmlFile, { plan, wording: 'drift', facts: { ...facts, audience } })
  }
  if (flags.takeOver) await printAccepted(io, flags, run)
  if (issues !== undefined)
    await reportDrift(io, { run, facts, repository: issues, showPrivate, ledgerCounter: latest })
  else if (flags.issue !== undefined) {
    io.stderr('This event carries a pull request: the issues about drift stay as they are.\n')
  }
  return code
}

/** Prints the change of the YAML that would take over the live state: a diff, which changes no file by itself. */
async function printAccepted(io: Io, flags: DriftFlags, run: Run): Promise<void> {
  const { files } = await readFiles(flags.config, io.cwd)
  const { checks } = await io.registry()
  const { diffs, notTaken } = acceptDrift({ files, input: run.input, ...(checks && { checks }) })
  const printed = diffs.filter(({ file, diff }) => {
    const why = whyNotAsItIs(io, diff)
    if (why !== undefined) io.stderr(`${printable(`The change of ${file} is not printed: it ${why}`)}.\n`)
    return why === undefined
  })
  io.stdout(printed.map(({ diff }) => diff).join(''))
  for (const { address, why } of notTaken) io.stderr(`${printable(`${address} is not taken over: ${why}`)}\n`)
  if (printed.length > 0) io.stderr('Apply this change with git apply, and review it as any other.\n')
}

/** A diff with a single altered letter does not apply, or makes a wrong change. */
function whyNotAsItIs(io: Io, diff: string): string | undefined {
  const why = whyUnprintable(diff, io.env.GITHUB_ACTIONS === 'true' ? 'log' : 'terminal')
  if (why !== undefined) return `${why}; take that out of the file first`
  return io.cleaned(diff) === diff ? undefined : 'holds the value of a secret'
}
