import { formatMarker, type Marker } from './marker.ts'
import type { ReportFacts } from './report-facts.ts'

/** An issue as it is written, whole, each time. */
export interface IssueText {
  readonly title: string
  /** Its first line is the marker. */
  readonly body: string
}

/** The body of an issue: the marker, and blocks that are not empty. */
export function writeIssue(
  about: Pick<Marker, 'kind' | 'host' | 'owner' | 'digest' | 'counter'>,
  { configuration, commit, units }: ReportFacts,
  blocks: readonly string[],
): string {
  const texts = [formatMarker({ ...about, configuration, commit, units }), ...blocks]
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`
}
