import { accessWorld } from './access-world.ts'
import { forbiddenUses, policyRules } from './forbidden-uses.ts'
import { type HygieneReport, hygieneFindings, sortFindings } from './hygiene.ts'
import { listFindings } from './read-hygiene.ts'
import { fullName, gapsIn, type OwnerReading, type ReportReading } from './reading.ts'

const LIMITS: readonly string[] = [
  'Secrets are looked for by their names in the workflow files of the default branch, and in the actions and workflows of the owner that these name. Not seen: other branches, and secrets that are read in another way.',
  'Ages and runners are those of Actions at the organization and its repositories; environments have neither here. What was not read has no finding.',
]

/**
 * Finds what is unused, old, hidden, open or forbidden.
 * @param olderThan days
 * @param fold the key of a name, by family
 */
export function hygieneOfReading(
  reading: ReportReading,
  {
    olderThan,
    fold,
  }: { readonly olderThan: number | undefined; readonly fold: (family: string, name: string) => string },
): HygieneReport {
  const time = { now: Date.parse(reading.read_at), olderThan }
  const findings = reading.owners.flatMap((own) => {
    const chosen = new Set(own.chosen)
    const world = accessWorld(own, chosen)
    const files = new Map((own.files ?? []).map((each) => [each.name, each]))
    const shared = policyRules(world.organization)
    const forbidden = [...files].flatMap(([name, { uses }]) =>
      forbiddenUses(uses, [...shared, ...policyRules(world.read.get(name)?.body)]),
    )
    return [
      ...(own.lists === undefined ? [] : listFindings(own.lists, time)),
      ...hygieneFindings({ world, files, fold }),
      ...forbidden,
    ]
  })
  return {
    format: 'octoform report hygiene',
    format_version: '1.0',
    host: reading.host,
    read_at: reading.read_at,
    repositories: reading.owners.flatMap(shownNames),
    findings: sortFindings(findings),
    not_read: gapsIn(reading),
    limits: [...LIMITS, ...new Set(reading.owners.flatMap(({ barred = [] }) => barred))],
  }
}

/** The repositories that a report is about, as GitHub shows them. */
export function shownNames({ owner, chosen, repositories }: OwnerReading): readonly string[] {
  const shown = new Map(repositories.map((each) => [each.name, each]))
  return chosen.map((name) => fullName(owner, shown.get(name) ?? { name }))
}
