import { type Body, choice, fieldsOf, required, text } from '../../http/body.ts'
import { invalidRequest } from '../../http/errors.ts'
import { timestamp } from '../../world/store.ts'
import {
  ANNOTATION_KEYS,
  type Annotation,
  CHECK_STATUSES,
  type CheckOutput,
  type CheckRun,
  CONCLUSIONS,
} from './check-run.ts'

const MOST_CHARACTERS = 65535
const MOST_ANNOTATIONS = 50
const LEVELS = ['notice', 'warning', 'failure'] as const

type Progress = Pick<CheckRun, 'status' | 'conclusion' | 'startedAt' | 'completedAt'>

/**
 * How far a check run is after a request. "Providing `conclusion` will automatically set the `status` parameter to
 * `completed`."
 * @throws Refusal 422 when it would be completed without a conclusion.
 */
export function progressIn(body: Body, before: Progress, now: string): Progress {
  const sent = choice(body, 'conclusion', CONCLUSIONS)
  const asked = choice(body, 'status', CHECK_STATUSES)
  const status = sent === undefined ? (asked ?? before.status) : 'completed'
  const startedAt = moment(body, 'started_at') ?? before.startedAt
  if (status !== 'completed') return { status, conclusion: null, startedAt, completedAt: null }
  const conclusion = required(sent ?? before.conclusion ?? undefined, 'conclusion')
  return { status, conclusion, startedAt, completedAt: moment(body, 'completed_at') ?? before.completedAt ?? now }
}

/**
 * The output of a request; undefined when it has none. A new run needs a title, one that has an output keeps its own.
 * @throws Refusal 422 when something is missing, too long, or too many at once.
 */
export function outputIn(body: Body, before?: CheckOutput): CheckOutput | undefined {
  if (body.output === undefined) return undefined
  const output = fieldsOf(body.output)
  const title = text(output, 'title')
  const details = text(output, 'text')
  return {
    title: before ? (title ?? before.title) : required(title, 'title'),
    summary: bounded(required(text(output, 'summary'), 'summary')),
    text: details === undefined ? (before?.text ?? null) : bounded(details),
    annotations: [...(before?.annotations ?? []), ...annotationsIn(output)],
  }
}

function moment(body: Body, field: string): string | undefined {
  const sent = text(body, field)
  if (sent === undefined) return undefined
  const date = new Date(sent)
  if (Number.isNaN(date.getTime())) throw invalidRequest(`For 'properties/${field}', "${sent}" is not a date-time.`)
  return timestamp(date)
}

function bounded(value: string): string {
  const { length } = [...value]
  if (length <= MOST_CHARACTERS) return value
  throw invalidRequest(`Only ${MOST_CHARACTERS} characters are allowed; ${length} were supplied.`)
}

function annotationsIn({ annotations }: Body): Annotation[] {
  if (annotations === undefined) return []
  if (!Array.isArray(annotations)) throw invalidRequest(`For 'properties/annotations', a list is needed.`)
  if (annotations.length > MOST_ANNOTATIONS) {
    throw invalidRequest(`No more than ${MOST_ANNOTATIONS} items are allowed; ${annotations.length} were supplied.`)
  }
  return annotations.map((item: unknown) => {
    const annotation = fieldsOf(item)
    for (const field of ['path', 'message']) required(text(annotation, field), field)
    for (const field of ['start_line', 'end_line']) {
      if (!Number.isInteger(annotation[field])) throw invalidRequest(`"${field}" wasn't supplied.`)
    }
    required(choice(annotation, 'annotation_level', LEVELS), 'annotation_level')
    return Object.fromEntries(Object.entries(annotation).filter(([key]) => ANNOTATION_KEYS.includes(key)))
  })
}
