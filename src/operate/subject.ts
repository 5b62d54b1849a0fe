import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import { endpoint } from '../github/endpoints.ts'
import { fitsPath } from '../github/guard.ts'
import { pagesOf } from '../github/page-stream.ts'
import { valueAt } from '../operations/column.ts'
import { nameOf, type Subject } from '../operations/operation.ts'
import type { Session } from './session.ts'

type Params = Readonly<Record<string, string | number>>

/** A thing that a person named. */
export interface Found {
  /** As it was typed. */
  readonly word: string
  /** Its name in a configuration, where a list was read that has it; else the word. */
  readonly name: string
  /** The path parameter that leads to it. */
  readonly params: Params
}

interface ListedName {
  readonly id: number
  readonly name: string
  readonly key: string | undefined
}

/** A name that none of a scope's things has. */
export class NoSuchThing extends SetupError {}

/**
 * Finds things by id, or by a name that a list has: that is read where there is a name, or where the names are wanted.
 * @param missing is given each name that none has; else it ends with the first
 * @throws SetupError for a word that is no id, and for a name that none or several have
 */
export async function findSubjects(
  session: Session,
  params: Params,
  words: readonly string[],
  names: 'if needed' | 'wanted' = 'if needed',
  {
    subject = session.operation.subject,
    missing = undefined,
  }: { readonly subject?: Subject | undefined; readonly missing?: ((reason: NoSuchThing) => void) | undefined } = {},
): Promise<readonly Found[]> {
  const { operation, level } = session
  if (subject === undefined) return []
  const { named } = subject
  const list = named?.list[level]
  const plain = words.map((word) => (named?.without === undefined ? word : without(word, named.without)))
  const isPlain = (word: string): boolean => subject.is === 'name' || isId(word) || named?.direct?.test(word) === true
  const unfit = plain.find((word) => isPlain(word) && !fitsPath(subject.param, word))
  if (unfit !== undefined && !isInQuery(session, subject)) {
    throw new SetupError(`${nameOf(operation)}: ${JSON.stringify(unfit)} is no ${subject.word}. Nothing was sent.`)
  }
  const unknown = plain.find((word) => !isPlain(word))
  if (unknown !== undefined && list === undefined) {
    throw new SetupError(`${nameOf(operation)}: ${unknown} is no ${subject.word}: it is a whole number.`)
  }
  if (unknown !== undefined && list !== undefined && !session.has(list)) {
    throw new SetupError(
      `${nameOf(operation)}: ${session.product} has no ${list}: give the id, not ${unknown}. Nothing was sent.`,
    )
  }
  const wantsIds = names === 'wanted' && plain.some((word) => isId(word))
  const isRead = list !== undefined && named !== undefined && session.has(list) && (unknown !== undefined || wantsIds)
  const listed = isRead ? await listNames(session, list, params, named) : []
  return plain.flatMap((word): readonly Found[] => {
    if (isPlain(word)) {
      const found = listed.find(({ id }) => String(id) === word)
      return [{ word, name: found?.key ?? word, params: { [subject.param]: word } }]
    }
    const [one, ...more] = listed.filter(({ name }) => name === word)
    if (one === undefined) {
      const reason = new NoSuchThing(`${nameOf(operation)}: there is no ${word} here.`)
      if (missing === undefined) throw reason
      missing(reason)
      return []
    }
    if (more.length === 0) return [{ word, name: one.key ?? word, params: { [subject.param]: one.id } }]
    const ids = [one, ...more].map(({ id }) => id).join(' or ')
    throw new SetupError(`${nameOf(operation)}: several are called ${word}: give the id, ${ids}.`)
  })
}

/** A word that is no part of the path may be any text. */
function isInQuery({ taken }: Session, { param }: Subject): boolean {
  return !taken.route.includes(`{${param}}`)
}

function without(word: string, beginning: string): string {
  return word.startsWith(beginning) ? word.slice(beginning.length) : word
}

function isId(word: string): boolean {
  return /^[1-9]\d{0,15}$/.test(word)
}

async function listNames(
  { client }: Session,
  list: Route,
  params: Params,
  { by, key }: NonNullable<Subject['named']>,
): Promise<readonly ListedName[]> {
  const { envelope, perPage } = endpoint(list)
  const found: ListedName[] = []
  const query = { ...params, ...(perPage === null ? {} : { per_page: perPage }) }
  for await (const { items } of pagesOf(client, list, query, envelope)) {
    for (const item of items) {
      const [id, name] = [valueAt(item, 'id'), valueAt(item, by)]
      if (typeof id === 'number' && typeof name === 'string') found.push({ id, name, key: key ? key(item) : name })
    }
  }
  return found
}
