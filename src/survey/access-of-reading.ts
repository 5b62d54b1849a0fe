import { append } from '../core/append.ts'
import { SetupError } from '../core/setup-error.ts'
import { groupBy } from '../render/group-by.ts'
import { type AccessAnswer, type AccessQuestion, type AccessReport, accessAnswers } from './access.ts'
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
  const owners = new Map(reading.owners.map((own) => [own.owner, knownOf(own, fold)]))
  for (const question of asked) {
    const known = owners.get(question.owner)
    if (known === undefined) throw new SetupError(`${from} holds nothing of ${question.owner}.`)
    append(gaps, known.lacking(question))
    const answer = known.answer(question)
    if (answer !== undefined) answers.push(answer)
    else if (!known.isUnread(question)) {
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

/** The place of gaps of the owner itself: no repository is called so. */
const OWN = ''

/** The answers of one owner's reading, and what it does not tell. */
interface KnownAccess {
  answer(question: AccessQuestion): AccessAnswer | undefined
  /** Settings that a reading which was made for something else does not hold. */
  lacking(question: AskedAccess): readonly SurveyGap[]
  /** Whether the place of the thing could not be read, so that nothing says whether it is there. */
  isUnread(question: AskedAccess): boolean
}

function knownOf(own: OwnerReading, fold: (family: string, name: string) => string): KnownAccess {
  const { owner, credential, settings, names, chosen, not_read: notRead } = own
  const read = new Set(settings?.families)
  const asked = new Set([...chosen, ...names.map((each) => each.toLowerCase())])
  const places = groupBy(notRead, ({ repository }) => placeOfGap(repository).repository ?? OWN)
  return {
    answer: accessAnswers(accessWorld(own), fold),
    lacking({ name, family }) {
      const missing = (family === undefined ? USED_FAMILIES : [family]).filter((each) => !read.has(each))
      const gaps =
        missing.length === 0
          ? []
          : [{ repository: owner, file: '', reason: `the reading holds no ${missing.join(', ')}` }]
      if (name === undefined || asked.has(name)) return gaps
      return [
        ...gaps,
        { repository: `${owner}/${name}`, file: '', reason: 'the reading holds nothing of its settings' },
      ]
    },
    isUnread({ name, family }) {
      if (credential === '') return true
      // Gaps of the whole owner name the repositories that are not seen, and the families that may not be read.
      const ofOwner = (places.get(OWN) ?? []).filter(({ repository }) => repository.split(':')[0] === owner)
      if (ofOwner.some(({ reason }) => reason.startsWith(`${family} `))) return true
      const own = (places.get(name ?? OWN) ?? []).filter(({ repository }) => repository.split(':')[0] !== owner)
      return own.some(({ file }) => file === '' || file === family)
    },
  }
}
