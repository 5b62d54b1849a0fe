import type { Source } from '../core/diagnostic.ts'
import { link } from './markdown-text.ts'
import type { ReportFacts } from './report-facts.ts'

/**
 * Words that lead to a line of the configuration in the commit that was planned; the words alone where that is not
 * known, or the file is outside of the checkout.
 * @param words a code span is no markup, so that it is allowed in a link
 */
export function placeLink(words: string, source: Source, facts: Pick<ReportFacts, 'files'>): string {
  return link(words, placeUrl(source, facts))
}

/** The web page of a line of the configuration, in the commit that was planned; undefined where there is none. */
export function placeUrl({ file, line }: Source, { files }: Pick<ReportFacts, 'files'>): string | undefined {
  const path = pathBelow(file)
  if (files === undefined || path === undefined) return undefined
  return `${files}/${path.split('/').map(encodePart).join('/')}#L${line}`
}

/** The path in the checkout; undefined where it leads out of it. */
function pathBelow(file: string): string | undefined {
  const steps = file.split('/').filter((step, index) => step !== '.' || index > 0)
  const leadsOut = file.startsWith('/') || file.includes('\\') || steps.some((step) => step === '..' || step === '')
  return leadsOut ? undefined : steps.join('/')
}

/** Half of a surrogate pair, which is no text, becomes the replacement character. */
function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'))
}
