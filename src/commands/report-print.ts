import { resolve } from 'node:path'
import { byteLength } from '../render/markdown-text.ts'
import { writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { type ReportDocument, reportHtml, reportMarkdown, reportText } from '../survey/report-document.ts'

export type ReportFormat = 'text' | 'json' | 'markdown' | 'html'

/** GitHub shows no summary of a step that is longer. */
const MOST_SUMMARY_BYTES = 1_000_000

/**
 * Prints a report, and adds it to the summary of the job.
 * @param report as JSON has it
 */
export async function printReport<Report>(
  io: Io,
  report: Report,
  {
    format,
    out,
    documentOf,
  }: {
    readonly format: ReportFormat
    /** A file to write the report to, in place of printing it. */
    readonly out?: string | undefined
    documentOf(report: Report): ReportDocument
  },
): Promise<void> {
  const clean = io.cleaned(report)
  const document = documentOf(clean)
  const style = { colour: out === undefined ? io.colour : ('plain' as const), width: out ? undefined : io.columns }
  const text =
    format === 'json'
      ? `${JSON.stringify(clean, null, 2)}\n`
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
  const summary = reportMarkdown(document)
  const short = `## octoform ${document.title}\n\n**${document.last}** The report is longer than a summary can be.\n`
  await addToSummary(io, byteLength(summary) > MOST_SUMMARY_BYTES ? short : summary)
}
