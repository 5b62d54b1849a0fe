import { ownerOfPlace } from '../core/address.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import { carriesPullRequest } from '../event/trust.ts'
import { REPORT_ROUTES } from '../github/home-client.ts'
import { publishDriftIssue } from '../publish/drift-issue.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { ALL_OWNERS } from '../render/apply-report.ts'
import type { IssueText } from '../render/issue-text.ts'
import { code, link } from '../render/markdown-text.ts'
import { formatMarker, type Marker } from '../render/marker.ts'
import { printable } from '../render/printable.ts'
import { REPORT_BYTES } from '../render/report-facts.ts'
import { shorten } from '../render/shorten.ts'
import type { Connection } from '../run/connect.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { countedDocument, fittedMarkdown } from '../survey/fit-document.ts'
import type { ReportName } from '../survey/reading.ts'
import type { ReportDocument } from '../survey/report-document.ts'
import { audienceOf } from './audience.ts'
import { issueText } from './drift-issues.ts'
import { homeServer } from './home-server.ts'
import type { FailureReport } from './issue-failure.ts'
import { fateOfIssue, type ReportStep, reportStep } from './left-issue.ts'

export interface ReportToPublish {
  /** `owner/name` */
  readonly repository: string
  readonly name: ReportName
  /** The subjects of the report, as a person wrote them. */
  readonly words: readonly string[]
  readonly document: ReportDocument
  /** How much is to be mended. */
  readonly found?: number | undefined
  readonly code: ExitCode
  readonly connection: Connection
  readonly runUrl: string | undefined
  /** Undefined outside GitHub Actions. */
  readonly step: ReportStep | undefined
  readonly flags: { readonly showPrivate?: boolean }
}

/**
 * Reports what was found by an issue: opened, rewritten, closed and opened again as it comes and goes. What could not be read
 * has an issue of its own, and while there is some the first is not closed.
 */
export async function publishReport(io: Io, report: ReportToPublish): Promise<void> {
  const { repository, name, words, document, found = 0, code: exit, connection, runUrl, step } = report
  checkIssue(repository)
  const showPrivate = report.flags.showPrivate ? 'show private' : 'as visible'
  const audience = await audienceOf(io, connection, repository, showPrivate)
  const shown = audience === 'full' ? document : countedDocument(document, runUrl)
  const about = subjectOf(words)
  const unread = exit === EXIT.unread
  const { host } = connection.api
  const marker = (kind: Marker['kind']): Marker => ({ ...markerOf(kind, host, name, words), ...step })
  const render =
    (kind: Marker['kind'], lead: string, rest: string) =>
    (limit: number = REPORT_BYTES) => {
      const lines = [formatMarker(marker(kind)), lead, rest, ...origin(words, runUrl, audience)]
      const room = limit - Buffer.byteLength(lines.join('\n\n'))
      return {
        title: titleOf(name, about, kind),
        body: `${[...lines.slice(0, 2), fittedMarkdown(shown, room), ...lines.slice(2)].join('\n\n')}\n`,
      }
    }
  const known = render('report', LEADS[name] ?? '', 'This issue closes by itself once nothing is found any more.')
  const lacking = render('report-unread', UNREAD, CLOSES)
  await publish(io, report, {
    found: found > 0 ? issueText(io, known) : 'none',
    unread: unread ? issueText(io, lacking) : 'none',
    marker,
    // Of what was not read, an issue about something else may tell.
    ...(unread ? {} : { others: (other: Marker) => fateOfIssue(other, marker('report')) }),
  })
}

/**
 * Opens or rewrites the issue that nothing could be read, where the run ended before it had a report: a token that has run
 * out, a server that does not answer.
 */
export async function publishFailedReport(io: Io, failure: FailureReport): Promise<void> {
  const { asked, context, failed, connection, facts } = failure
  const { issue: repository } = asked
  if (repository === undefined || !isRepositoryName(repository) || carriesPullRequest(context)) return
  if (!failed.keptFromReading) return
  const [name = '', ...words] = asked.words
  const isOwn = context?.repository.toLowerCase() === repository.toLowerCase()
  const audience = isOwn
    ? facts.audience
    : await audienceOf(io, connection, repository, asked.showPrivate ? 'show private' : 'as visible')
  const { host } = connection.api
  const step = reportStep(io.env, context)
  const marker = (kind: Marker['kind']): Marker => ({ ...markerOf(kind, host, name, words), ...step })
  const said = failed.reasons
    .map(({ message, brief }) => (audience === 'full' ? message : brief))
    .filter((text) => text !== undefined)
  const lacking = (): IssueText => {
    const reasons = said.map((text) => `- ${code(text.slice(0, 400))}`)
    const lines = [
      formatMarker(marker('report-unread')),
      UNREAD,
      ...reasons,
      CLOSES,
      ...origin(words, facts.runUrl, audience),
    ]
    return { title: titleOf(name, subjectOf(words), 'report-unread'), body: `${lines.join('\n\n')}\n` }
  }
  await publish(io, { connection, repository }, { found: 'none', unread: issueText(io, lacking), marker })
}

const LEADS: Readonly<Partial<Record<ReportName, string>>> = {
  hygiene: 'There is something to tidy up, or to close.',
  'actions-used': 'Workflows use actions that the policy would stop.',
}
const UNREAD = 'Not everything could be read, so that more may be found than is known.'
const CLOSES = 'This issue closes by itself once a run reads everything.'

/** @throws SetupError where it is no repository */
export function checkIssue(repository: string): void {
  if (!isRepositoryName(repository))
    throw new SetupError(`--issue ${repository} is not a repository: write owner/name.`)
}

type Texts = {
  readonly found: ReturnType<typeof issueText> | 'none'
  readonly unread: ReturnType<typeof issueText> | 'none'
  marker(kind: Marker['kind']): Marker
  readonly others?: (marker: Marker) => ReturnType<typeof fateOfIssue>
}

async function publish(
  io: Io,
  { connection, repository }: Pick<ReportToPublish, 'connection' | 'repository'>,
  { found, unread, marker, others }: Texts,
): Promise<void> {
  const server = await homeServer(io, connection)
  const client = connection.home({ repository, admits: REPORT_ROUTES, admitsGraphql: GRAPHQL_DOCUMENTS, server })
  const warnings = await publishDriftIssue(client, {
    repository,
    drift: { marker: marker('report'), text: found },
    unread: { marker: marker('report-unread'), text: unread },
    others,
  })
  for (const warning of warnings) io.stderr(`${warning}\n`)
}

/** Each set of words has an issue of its own. */
function markerOf(kind: Marker['kind'], host: string, name: string, words: readonly string[]): Marker {
  const asked = [...new Set(words.map((word) => word.toLowerCase()))].sort()
  return { kind, host, owner: ALL_OWNERS, configuration: [name, ...asked].join(' ') }
}

/** The owners alone, which drift's issues name too. */
function subjectOf(words: readonly string[]): string {
  const owners = words.map((word) => ownerOfPlace(word) ?? word.toLowerCase().split('/')[0] ?? '')
  return shorten([...new Set(owners)], 3)
}

function titleOf(name: string, about: string, kind: Marker['kind']): string {
  const end = kind === 'report' ? '' : ' could not read everything'
  return printable(`octoform: report ${name} of ${about}${end}`)
}

function origin(words: readonly string[], runUrl: string | undefined, audience: 'full' | 'counts'): readonly string[] {
  const about = audience === 'full' ? [`About ${words.map(code).join(' ')}`] : []
  const where = runUrl === undefined ? [] : [link('job summary', runUrl)]
  return [[...about, ...where].join(' · ')].filter((text) => text !== '')
}
