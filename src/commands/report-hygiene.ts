import pLimit from 'p-limit'
import { pathOf } from '../core/address.ts'
import { GitHubError } from '../github/errors.ts'
import type { Connection } from '../run/connect.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { importRoutes } from '../run/needs.ts'
import { enter } from '../run/through-gate.ts'
import { ENVIRONMENTS, USED_FAMILIES } from '../survey/access-world.ts'
import { CONTENTS_ROUTES, contentsSource } from '../survey/contents-source.ts'
import { findRepositories } from '../survey/find-repositories.ts'
import { forbiddenUses, POLICY_FAMILY } from '../survey/forbidden-uses.ts'
import { type HygieneFinding, type HygieneReport, hygieneFindings, sortFindings } from '../survey/hygiene.ts'
import { hygieneDocument } from '../survey/hygiene-document.ts'
import { readAccess } from '../survey/read-access.ts'
import { type HygienePlace, listFindings, OWNER_LISTS, REPOSITORY_LISTS } from '../survey/read-hygiene.ts'
import { type SurveyedFiles, type SurveyGap, surveyFiles } from '../survey/survey-files.ts'
import { printReport } from './report-print.ts'
import { type OwnerWords, openForReport, type ReportFlags, reportConnection, wordsByOwner } from './report-session.ts'

export interface HygieneFlags extends ReportFlags {
  /** Days. */
  readonly olderThan?: number
}

const LIMITS: readonly string[] = [
  'Secrets are looked for by their names in the workflow files of the default branch, and in the actions and workflows of the owner that these name. Not seen: other branches, and secrets that are read in another way.',
  'Ages and runners are those of Actions at the organization and its repositories; environments have neither here. What was not read has no finding.',
]

/** Finds what is unused, old, hidden, open or forbidden; each finding says how it is known. Reads only. */
export async function hygieneCommand(io: Io, words: readonly string[], flags: HygieneFlags): Promise<ExitCode> {
  const { config: _, ...gateFlags } = flags
  const entry = await enter(io, 'report hygiene', await contextOf(io), gateFlags, 'apply')
  if (entry.kind === 'refused') return entry.code
  const owners = wordsByOwner(words)
  const { families } = await io.registry()
  const names = [...USED_FAMILIES, ENVIRONMENTS, POLICY_FAMILY]
  const used = families.filter(({ name }) => names.includes(name))
  const levels = new Set(owners.flatMap(({ owner, declared }) => pathOf(declared, [owner, 'x'])))
  const connection = await reportConnection(io, flags, undefined, [
    ...[...levels].flatMap((place) => importRoutes(place, used)),
    ...Object.values(OWNER_LISTS),
    ...Object.values(REPOSITORY_LISTS),
    ...CONTENTS_ROUTES,
  ])
  const fold = (family: string, name: string): string => used.find((each) => each.name === family)?.fold(name) ?? name
  const findings: HygieneFinding[] = []
  const notRead: SurveyGap[] = []
  const repositories: string[] = []
  for (const each of owners) {
    const read = await readOwnerHygiene(io, connection, each, flags, used)
    for (const gap of read.notRead) notRead.push(gap)
    for (const name of read.repositories) repositories.push(name)
    for (const finding of read.findings) findings.push(finding)
    for (const finding of hygieneFindings({ ...read, fold })) findings.push(finding)
    const own = read.world.organization
    for (const [name, { uses }] of read.files) {
      for (const finding of forbiddenUses(uses, [own, read.world.read.get(name)?.body])) findings.push(finding)
    }
  }
  const report: HygieneReport = {
    format: 'octoform report hygiene',
    format_version: '1.0',
    host: connection.api.host,
    repositories,
    findings: sortFindings(findings),
    not_read: notRead,
    limits: LIMITS,
  }
  await printReport(io, report, { format: flags.format, out: flags.out, documentOf: hygieneDocument })
  return notRead.length > 0 ? EXIT.unread : EXIT.ok
}

async function readOwnerHygiene(
  io: Io,
  connection: Connection,
  words: OwnerWords,
  flags: HygieneFlags,
  families: Parameters<typeof readAccess>[1]['families'],
) {
  const { owner } = words
  const { door, client } = await openForReport(connection, words, flags.product)
  const found = await findRepositories(door, owner, words, 'listed too')
  const notRead: SurveyGap[] = [...found.notRead]
  const names = found.chosen.map(({ name }) => name)
  const access = await readAccess(door, { owner, names, repositories: found.repositories, families })
  for (const { place, reason } of access.notRead) notRead.push({ repository: place, file: '', reason })
  const limit = pLimit(flags.parallelism)
  const files = new Map<string, SurveyedFiles>()
  const findings: HygieneFinding[] = []
  const taken = new Set<string>()
  const time = { now: connection.now().getTime(), olderThan: flags.olderThan }
  const readLists = async (place: HygienePlace): Promise<void> => {
    const read = await listFindings(client, place, time)
    for (const each of read.findings) findings.push(each)
    for (const each of read.notRead) notRead.push(each)
  }
  const readOne = async (name: string, shown: string): Promise<void> => {
    const repository = `${owner}/${shown}`
    const address = pathOf('repository', [owner, name])
    await readLists({ address, params: { owner, repo: shown }, routes: REPOSITORY_LISTS })
    try {
      const other = (repo: string, ref: string) => contentsSource(client, { owner, repo, ref })
      const read = await surveyFiles(repository, contentsSource(client, { owner, repo: shown }), other, taken)
      files.set(name, read)
      for (const gap of read.notRead) notRead.push(gap)
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      notRead.push({ repository, file: '', reason: error.message })
    }
    io.status?.(`read ${files.size} of ${names.length} repositories`)
  }
  if (door.facts.type !== 'personal') {
    await readLists({ address: pathOf('organization', [owner]), params: { org: owner }, routes: OWNER_LISTS })
  }
  await Promise.all(found.chosen.map(({ name, shown = name }) => limit(() => readOne(name, shown))))
  const repositories = found.chosen.map(({ name, shown = name }) => `${owner}/${shown}`)
  return { world: access.world, files, findings, notRead, repositories }
}
