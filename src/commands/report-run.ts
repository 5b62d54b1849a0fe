import { resolve } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { sha256 } from '../engine/saved-plan.ts'
import { checkIssue } from '../report/report-issue.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { readGiven, writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { enter } from '../run/through-gate.ts'
import { changesDocument, comparedReading, isPartly, type ReportChanges } from '../survey/changes-document.ts'
import { compareFacts, type ReportFact } from '../survey/compare-facts.ts'
import { makeReading, type OwnerReading, type ReportName, type ReportReading } from '../survey/reading.ts'
import type { ReportDocument } from '../survey/report-document.ts'
import { MOST_READING_BYTES, parseReading, readingText } from '../survey/saved-reading.ts'
import type { SurveyGap } from '../survey/survey-files.ts'
import { tellReport } from './report-print.ts'
import type { ReportFlags } from './report-session.ts'

/** The answers of GitHub, or of a folder, that a report follows from. */
export interface Taken {
  /** Of the API; the empty text for a checkout. */
  readonly host: string
  readonly read_at: Date
  readonly owners: readonly OwnerReading[]
}

/** The parts of one kind of report. Only `read` sends requests. */
export interface ReportKind<Report> {
  readonly name: ReportName
  /** The part of a reading without which there is nothing to report from. */
  readonly needs: 'files' | 'settings' | 'lists'
  read(): Promise<Taken>
  /** The part of a saved reading that the command asks for. @throws SetupError where it does not hold that */
  narrow(reading: ReportReading, file: string): ReportReading
  make(reading: ReportReading): Promise<{ readonly report: Report; readonly gaps: readonly SurveyGap[] }>
  documentOf(report: Report): ReportDocument
  factsOf(report: Report): readonly ReportFact[]
  /** How much is to be mended; left out where a report has no findings. */
  found?(report: Report): number
}

/** Reads GitHub or a saved reading, and reports; from two readings, what changed between them. */
export async function runReport<
  Report extends { readonly limits: readonly string[]; readonly not_read: readonly object[] },
>(io: Io, words: readonly string[], flags: ReportFlags, kind: ReportKind<Report>): Promise<ExitCode> {
  const { config: _, ...gateFlags } = flags
  const context = await contextOf(io)
  const entry = await enter(io, `report ${kind.name}`, context, gateFlags, 'apply')
  if (entry.kind === 'refused') return entry.code
  checkFlags(words, flags)
  const { from, to } = flags
  if (from !== undefined && to !== undefined) {
    const changes = await compared(io, kind, [from, to])
    const code = isPartly(changes) ? EXIT.unread : EXIT.ok
    await tellReport(io, changes, { flags, context, documentOf: changesDocument, words, name: kind.name, code })
    return code
  }
  const reading = from === undefined ? await fresh(io, words, flags, kind) : await saved(io, from, kind)
  const { report } = await kind.make(reading)
  const source = from === undefined ? [] : [`From ${from}, which was read at ${reading.read_at}.`]
  const told = { ...report, limits: [...source, ...report.limits] }
  const code = report.not_read.length > 0 ? EXIT.unread : EXIT.ok
  const { documentOf, found } = kind
  await tellReport(io, told, { flags, context, documentOf, words, name: kind.name, code, found: found?.(report) })
  return code
}

function checkFlags(words: readonly string[], { from, to, save, issue }: ReportFlags): void {
  if (to !== undefined && from === undefined) {
    throw new SetupError('--to is the newer of two readings: give the older one with --from.')
  }
  if (from !== undefined && save !== undefined) {
    throw new SetupError(
      '--from reports from what is saved already, and --save saves what is read now: give one of them.',
    )
  }
  if (from !== undefined && issue !== undefined) {
    throw new SetupError('--issue reports what GitHub has now: leave out --from, or --issue.')
  }
  if (issue !== undefined) checkIssue(issue)
  if (from === undefined && words.length === 0) {
    throw new SetupError('say what to report on, such as orgs/acme or acme/web; only --from needs no word.')
  }
}

/** Reads GitHub, and saves that where it is asked for. */
async function fresh<Report>(
  io: Io,
  words: readonly string[],
  { save }: ReportFlags,
  kind: ReportKind<Report>,
): Promise<ReportReading> {
  const { host, read_at: at, owners } = await kind.read()
  const facts = { report: kind.name, asked: words, host, read_at: at.toISOString(), owners }
  // A credential is hidden in a file as on output.
  const reading = makeReading(io.cleaned(facts), sha256)
  if (save === undefined) return reading
  const text = readingText(reading)
  if (Buffer.byteLength(text) > MOST_READING_BYTES) {
    throw new SetupError(
      `The reading is larger than ${MOST_READING_BYTES / 1024 / 1024} MiB: save fewer repositories at once.`,
    )
  }
  await writeGiven(io.cwd, save, text)
  io.stderr(`Saved ${resolve(io.cwd, save)}; --from ${save} reports from it.\n`)
  return reading
}

async function saved<Report>(io: Io, file: string, kind: ReportKind<Report>): Promise<ReportReading> {
  const reading = parseReading(file, await readGiven(io.cwd, file, MOST_READING_BYTES), sha256)
  const { needs, name } = kind
  if (reading.owners.some((own) => own[needs] === undefined || (needs === 'lists' && own.files === undefined))) {
    throw new SetupError(`${file} was read for ${reading.report}, which does not read all that ${name} needs.`)
  }
  return kind.narrow(reading, file)
}

async function compared<Report>(
  io: Io,
  kind: ReportKind<Report>,
  [from, to]: readonly [string, string],
): Promise<ReportChanges> {
  const read = async (file: string) => {
    const reading = await saved(io, file, kind)
    const { report, gaps } = await kind.make(reading)
    return { reading, gaps, facts: kind.factsOf(report) }
  }
  const before = await read(from)
  const after = await read(to)
  const { host } = after.reading
  if (before.reading.host !== host) {
    throw new SetupError(`${from} is of ${before.reading.host || 'a checkout'}, and ${to} of ${host || 'a checkout'}.`)
  }
  if (before.reading.read_at > after.reading.read_at) {
    io.stderr(`${from} is newer than ${to}: what is called added was there, and is gone.\n`)
  }
  return {
    format: 'octoform report changes',
    format_version: '1.0',
    report: kind.name,
    host,
    from: comparedReading(before.reading, from, before.gaps),
    to: comparedReading(after.reading, to, after.gaps),
    ...compareFacts(before, after),
    limits: [],
  }
}
