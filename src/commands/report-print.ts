import { resolve } from 'node:path'
import type { RunContext } from '../event/run-context.ts'
import { audienceOfRun } from '../report/audience.ts'
import { reportStep } from '../report/left-issue.ts'
import { runUrlOf } from '../report/report-facts.ts'
import { publishReport } from '../report/report-issue.ts'
import { connect } from '../run/connect.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { countedDocument, fittedMarkdown, SUMMARY_BYTES } from '../survey/fit-document.ts'
import type { ReportName } from '../survey/reading.ts'
import { type ReportDocument, reportHtml, reportMarkdown, reportText } from '../survey/report-document.ts'
import type { ReportFlags } from './report-session.ts'

/** The places and readers of a report. */
interface Telling<Report> {
  readonly flags: ReportFlags
  readonly context: RunContext | undefined
  readonly name: ReportName
  readonly words: readonly string[]
  readonly code: ExitCode
  /** How much is to be mended; undefined where the report has no findings. */
  readonly found?: number | undefined
  documentOf(report: Report): ReportDocument
}

/**
 * Prints a report, and tells the job, the page and the issue of it. What is printed has all names; the others name nothing
 * where more people may read them than the names.
 * @param report as JSON has it
 */
export async function tellReport<Report>(io: Io, report: Report, telling: Telling<Report>): Promise<void> {
  const { flags, context, documentOf, found, code } = telling
  const clean = io.cleaned(report)
  const document = documentOf(clean)
  await print(io, clean, document, flags)
  io.record?.({
    ...(found !== undefined && code !== EXIT.unread ? { findings: found } : {}),
    ...(code === EXIT.unread ? { failure: 'unread' } : {}),
  })
  const { htmlFile, issue } = flags
  if (context === undefined && htmlFile === undefined && issue === undefined) return
  const connection = await connect(io, flags, {})
  const audience = await audienceOfRun(io, connection, context, flags.showPrivate)
  const runUrl = runUrlOf(context)
  const shown = audience === 'full' ? document : countedDocument(document, runUrl)
  await addToSummary(io, fittedMarkdown(shown, SUMMARY_BYTES))
  if (htmlFile !== undefined) {
    await writeGiven(io.cwd, htmlFile, reportHtml(shown))
    io.record?.({ html: resolve(io.cwd, htmlFile) })
  }
  if (issue === undefined) return
  const step = reportStep(io.env, context)
  await publishReport(io, { ...telling, document, repository: issue, connection, runUrl, step })
}

async function print<Report>(io: Io, report: Report, document: ReportDocument, flags: ReportFlags): Promise<void> {
  const { format, out } = flags
  const style = { colour: out === undefined ? io.colour : ('plain' as const), width: out ? undefined : io.columns }
  const text =
    format === 'json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : format === 'markdown'
        ? reportMarkdown(document)
        : format === 'html'
          ? reportHtml(document)
          : reportText(document, style)
  if (out !== undefined) {
    await writeGiven(io.cwd, out, text)
    io.stderr(`Wrote ${resolve(io.cwd, out)}\n`)
  } else if (format === 'html') io.page(text)
  else io.stdout(text)
}
