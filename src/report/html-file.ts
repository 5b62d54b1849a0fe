import { resolve } from 'node:path'
import type { FailedRun } from '../core/failed-run.ts'
import type { Plan } from '../core/plan.ts'
import { sha256 } from '../engine/saved-plan.ts'
import type { ReportedCommand } from '../render/failed-run.ts'
import { renderHtml } from '../render/html.ts'
import { renderFailedHtml } from '../render/html-failed.ts'
import type { HtmlFacts } from '../render/html-header.ts'
import type { Wording } from '../render/wording.ts'
import { writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'

/** A plan as a page, in parts, with nothing in it that is to be hidden. Hiding more in the page itself would break its markup. */
export function htmlPage(io: Pick<Io, 'cleaned'>, plan: Plan, wording: Wording, facts: HtmlFacts): Iterable<string> {
  const { audience } = facts
  const shown = io.cleaned(textsOf(facts))
  return renderHtml(io.cleaned(plan), wording, { ...shown, audience }, sha256)
}

/** Saves the page of a plan. */
export async function saveHtml(
  io: Io,
  path: string,
  { plan, wording, facts }: { readonly plan: Plan; readonly wording: Wording; readonly facts: HtmlFacts },
): Promise<void> {
  await save(io, path, htmlPage(io, plan, wording, facts))
}

/** Saves a page about a missing plan, in the place of the plan's page. */
export async function saveFailedHtml(
  io: Io,
  path: string,
  {
    command,
    failed,
    facts,
  }: { readonly command: ReportedCommand; readonly failed: FailedRun; readonly facts: HtmlFacts },
): Promise<void> {
  const { failure, reasons } = failed
  const { audience } = facts
  const shown = io.cleaned({ failed: { failure, reasons }, facts: textsOf(facts) })
  await save(io, path, renderFailedHtml(command, shown.failed, { ...shown.facts, audience }, sha256))
}

/** The facts that a page shows, without others of the same report. */
function textsOf({ configuration, commit, commitUrl, files, runUrl, web, at }: HtmlFacts): Omit<HtmlFacts, 'audience'> {
  return { configuration, commit, commitUrl, files, runUrl, web, at }
}

async function save(io: Io, path: string, page: string | Iterable<string>): Promise<void> {
  await writeGiven(io.cwd, path, page)
  io.record?.({ html: resolve(io.cwd, path) })
}
