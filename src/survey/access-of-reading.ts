import { SetupError } from '../core/setup-error.ts'
import { type AccessAnswer, type AccessQuestion, type AccessReport, accessAnswer } from './access.ts'
import { accessWorld, USED_FAMILIES } from './access-world.ts'
import { placeOfGap } from './gap-place.ts'
import { gapsIn, type OwnerReading, type ReportReading } from './reading.ts'
import type { SurveyGap } from './survey-files.ts'

/** A question, with the place that it is about. */
export type AskedAccess = AccessQuestion & {
  readonly owner: string
  /** The repository that it is about or in, folded. */
  readonly name: string | undefined
  /** The family of the thing; undefined for a repository. */
  readonly family: string | undefined
}

const LIMITS: readonly string[] = [
  'Read: the settings of the owner and of the repositories that were asked about, as they are now. Not weighed: whether Actions is on, and whether a job meets the rules of its environment (who may push to a branch that they admit).',
  'Not seen: values that a workflow passes on (inputs, `secrets: inherit`, outputs, artifacts), other apps and people with their own access, and what the list of places not read would show.',
]

/**
 * Answers questions from a reading.
 * @param from the file of the reading; undefined for one that was made now
 * @returns the report, and what the reading does not tell, beside things that are not there
 */
export function accessOfReading(
  reading: ReportReading,
  {
    asked,
    fold,
    people,
    from,
  }: {
    readonly asked: readonly AskedAccess[]
    readonly fold: (family: string, name: string) => string
    readonly people: boolean
    readonly from: string | undefined
  },
): { readonly report: AccessReport; readonly gaps: readonly SurveyGap[] } {
  const gaps: SurveyGap[] = [...gapsIn(reading)]
  const unseen: SurveyGap[] = []
  const answers: AccessAnswer[] = []
  for (const question of asked) {
    const own = reading.owners.find(({ owner }) => owner === question.owner)
    if (own === undefined) throw new SetupError(`${from} holds nothing of ${question.owner}.`)
    for (const gap of lacking(own, question)) gaps.push(gap)
    const answer = accessAnswer(accessWorld(own), question, fold)
    if (answer !== undefined) answers.push(answer)
    else if (!isUnread(own, question)) {
      const reason = from === undefined ? 'GitHub shows nothing of this name' : 'the reading shows nothing of this name'
      unseen.push({ repository: question.asked, file: '', reason })
    }
  }
  const shown = new Set(answers.flatMap(({ rows }) => rows.map(({ repository }) => repository)))
  const pushing = reading.owners.flatMap((own) => own.people ?? []).filter(({ repository }) => shown.has(repository))
  const report: AccessReport = {
    format: 'octoform report access',
    format_version: '1.0',
    host: reading.host,
    read_at: reading.read_at,
    answers,
    ...(people ? { people: pushing } : {}),
    not_read: [...gaps, ...unseen].map(({ repository, file, reason }) => ({
      place: `${repository} ${file}`.trim(),
      reason,
    })),
    limits: [...LIMITS, ...new Set(reading.owners.flatMap(({ barred = [] }) => barred))],
  }
  return { report, gaps }
}

/** Whether the place where the thing would stand could not be read, so that nothing says whether it is there. */
function isUnread({ owner, credential, not_read: gaps }: OwnerReading, { name, family }: AskedAccess): boolean {
  if (credential === '') return true
  return gaps.some(({ repository, file, reason }) => {
    // Gaps of the whole owner name the repositories that are not seen, and the families that may not be read.
    if (repository.split(':')[0] === owner) return reason.startsWith(`${family} `)
    return placeOfGap(repository).repository === name && (file === '' || file === family)
  })
}

/** Settings that a reading which was made for something else does not hold. */
function lacking(
  { owner, settings, names, chosen }: OwnerReading,
  { name, family }: AskedAccess,
): readonly SurveyGap[] {
  const read = new Set(settings?.families)
  const wanted = family === undefined ? USED_FAMILIES : [family]
  const gaps: SurveyGap[] = []
  const missing = wanted.filter((each) => !read.has(each))
  if (missing.length > 0) {
    gaps.push({ repository: owner, file: '', reason: `the reading holds no ${missing.join(', ')}` })
  }
  if (name === undefined) return gaps
  const isAsked = chosen.includes(name) || names.some((each) => each.toLowerCase() === name)
  if (!isAsked)
    gaps.push({ repository: `${owner}/${name}`, file: '', reason: 'the reading holds nothing of its settings' })
  return gaps
}
