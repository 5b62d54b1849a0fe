import { isTampered } from '../core/plan-ledger.ts'
import { concernsOwner, ledgerOfOwner } from '../core/plan-of-owner.ts'
import { isPart } from '../core/rolling.ts'
import { REPORT_ROUTES } from '../github/home-client.ts'
import { publishDriftIssue } from '../publish/drift-issue.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { renderDriftIssue } from '../render/drift-issue.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { renderUnreadIssue } from '../render/unread-issue.ts'
import type { Io } from '../run/io.ts'
import { knownServer } from '../run/known-server.ts'
import type { Run } from '../run/run.ts'
import { audienceOf } from './audience.ts'
import { cleanedText } from './cleaned-text.ts'

export interface DriftReport {
  readonly run: Run
  readonly facts: Omit<ReportFacts, 'audience'>
  /** `owner/name` */
  readonly repository: string
  readonly showPrivate: boolean
  /** The latest version of the ledger that is known of. */
  readonly ledgerCounter: number | undefined
}

/**
 * Reports drift by issues, one for each organization: opened, rewritten, reopened and closed as drift comes and goes.
 * Scopes that could not be read have an issue of their own, and never close the other; theirs is closed once a run is
 * refused nothing, whether or not the credential sees enough to compare everything.
 */
export async function reportDrift(
  io: Io,
  { run, facts, repository, showPrivate, ledgerCounter }: DriftReport,
): Promise<void> {
  const { plan } = run.planned
  const server = await knownServer(run)
  const client = run.connection.home({ repository, admits: REPORT_ROUTES, admitsGraphql: GRAPHQL_DOCUMENTS, server })
  const audience = await audienceOf(io, run.connection, repository, showPrivate ? 'show private' : 'as visible')
  const reported = { ...facts, audience, ledgerCounter }
  const { host } = plan
  const { units } = run
  const unitsOf = (places: readonly (string | undefined)[]): string | undefined => {
    const keys = units.keysOf(places.flatMap((place) => place ?? []))
    return keys.length > MOST_UNITS ? undefined : keys.join(' ')
  }
  for (const { owner } of run.states) {
    const unread =
      plan.not_read.some(({ scope }) => concernsOwner(scope, owner)) ||
      plan.diagnostics.some(({ severity, address }) => severity === 'error' && concernsOwner(address, owner))
    const partly = plan.diagnostics.some(({ held_back, address }) => held_back && concernsOwner(address, owner))
    const differs = [...plan.changes, ...plan.held_back].some(({ address }) => concernsOwner(address, owner))
    const drifted = differs || isTampered(plan.ledger && ledgerOfOwner(plan.ledger, owner))
    const isOpen = partly && !drifted && !unread
    if (isOpen) io.stderr(`Not everything of ${owner} could be compared, so an issue about its drift stays as it is.\n`)
    const none = isOpen ? 'as it is' : 'none'
    const own = <Row extends { readonly address?: string | undefined }>(rows: readonly Row[]): (string | undefined)[] =>
      rows.map(({ address }) => address).filter((address) => concernsOwner(address, owner))
    const drifts = unitsOf(own([...plan.changes, ...plan.held_back]))
    const faults = plan.diagnostics.filter(({ severity }) => severity === 'error')
    const lacks = unitsOf([...own(faults), ...own(plan.not_read.map(({ scope: address }) => ({ address })))])
    const marker = (kind: 'drift' | 'unread') => ({ kind, host, owner, configuration: facts.configuration })
    const warnings = await publishDriftIssue(client, {
      repository,
      covers: (listed) => !isPart(plan.rolling) || (listed !== undefined && units.covers(owner, wordsIn(listed))),
      drift: {
        marker: marker('drift'),
        text: drifted
          ? issueText(io, (limit) => renderDriftIssue(plan, owner, { ...reported, units: drifts }, limit))
          : none,
      },
      unread: {
        marker: marker('unread'),
        text: unread
          ? issueText(io, (limit) => renderUnreadIssue(plan, owner, { ...reported, units: lacks }, limit))
          : 'none',
      },
    })
    for (const warning of warnings) io.stderr(`${warning}\n`)
  }
}

/** An issue about more of them than this does not name them; only a run that reads everything changes it. */
const MOST_UNITS = 1000

function wordsIn(listed: string): readonly string[] {
  return listed.split(' ').filter((key) => key !== '')
}

/** The text of an issue, which a server that takes less gets shorter. */
export function issueText(io: Io, render: (limit?: number) => { readonly title: string; readonly body: string }) {
  const { title, body } = render()
  return {
    title: io.cleaned(title),
    body: cleanedText(io, body),
    shorter: (limit: number) => cleanedText(io, render(limit).body),
  }
}
