import { appendFile, stat } from 'node:fs/promises'
import type { Io } from './io.ts'

/**
 * Adds to the summary of the job's step; nothing outside GitHub Actions.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export async function addToSummary(io: Pick<Io, 'env' | 'cleaned'>, markdown: string): Promise<void> {
  const file = summaryFile(io)
  if (file !== undefined) await appendFile(file, `${io.cleaned(markdown)}\n`)
}

/** Its size so far, in bytes; undefined where there is no summary to write. */
export async function summarySize(io: Pick<Io, 'env'>): Promise<number | undefined> {
  const file = summaryFile(io)
  if (file === undefined) return undefined
  try {
    return (await stat(file)).size
  } catch {
    // The runner makes the file; elsewhere the first line does.
    return 0
  }
}

function summaryFile({ env }: Pick<Io, 'env'>): string | undefined {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = env
  return GITHUB_ACTIONS === 'true' && GITHUB_STEP_SUMMARY ? GITHUB_STEP_SUMMARY : undefined
}
