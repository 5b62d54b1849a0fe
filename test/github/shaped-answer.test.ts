import { expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import type { Params } from '../../src/core/send.ts'
import { ANSWER_FIELDS } from '../../src/github/answer-fields.ts'
import type { AnswerFields } from '../../src/github/answer-row.ts'
import type { Fields, Type } from '../../src/github/shape.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

const EXAMPLES: Readonly<Record<string, unknown>> = {
  boolean: false,
  text: '',
  'text or texts': ['some', 'texts'],
  words: 'some words',
  id: 7,
  count: 0,
  'repository name': 'web',
  'full name': 'acme/web',
  login: 'acme',
  'secret name': 'NPM_TOKEN',
  'variable name': 'REGION',
  time: '2026-11-28T12:00:00Z',
  'public key': Buffer.alloc(32, 9).toString('base64'),
  'texts by key': { metadata: 'read' },
}

function nameOf(key: string): string {
  return key.replace(/\?$/, '').replace(/\|null$/, '')
}

/** A valid value of a field; of a nested one all of it. */
function example(type: Type): unknown {
  if (typeof type === 'string') return EXAMPLES[type]
  if ('fields' in type) return document(type.fields)
  return 'list' in type ? [example(type.list)] : type[0]
}

function document(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, type]) => [nameOf(key), example(type)]))
}

/** Values that a field of this type cannot have. */
function wrong(type: Type): readonly unknown[] {
  if (type === 'boolean') return ['true', 0, {}]
  if (type === 'id') return ['7', 0, -1, 2 ** 60, 1.5, [7], true]
  if (type === 'count') return ['0', -1, 2 ** 60, {}]
  if (type === 'text') return [7, {}, []]
  if (type === 'text or texts') return [7, {}, [7], ['a', null]]
  if (type === 'texts by key') return ['all', [], { metadata: 7 }]
  if (typeof type === 'object') {
    if ('fields' in type) return ['text', [], ...faultyDocuments(type.fields)]
    return 'list' in type ? [{}, 'text', [{}, null], ...wrong(type.list).map((each) => [each])] : ['neither', 7, true]
  }
  return [7, '', '\n', {}, ...(type === 'words' ? [] : ['../../x', 'a b/c'])]
}

/** The document with each of its fields missing or wrong, one at a time. */
function faultyDocuments(fields: Fields): readonly Record<string, unknown>[] {
  const whole = document(fields)
  return Object.entries(fields).flatMap(([key, type]) => {
    const name = nameOf(key)
    const without = Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name))
    return [
      ...(key.endsWith('?') ? [] : [without]),
      ...(key.replace(/\?$/, '').endsWith('|null') ? [] : [{ ...whole, [name]: null }]),
      ...wrong(type).map((value) => ({ ...whole, [name]: value })),
    ]
  })
}

interface Answers {
  readonly right: unknown
  readonly wrong: readonly unknown[]
}

function answersOf(row: AnswerFields): Answers {
  if (!('items' in row)) {
    const listed = row.orItems === undefined ? [[document(row.fields)]] : []
    // An object without any required field may be empty.
    const none = Object.keys(row.fields).some((key) => !key.endsWith('?')) ? [{}] : []
    return { right: document(row.fields), wrong: [...none, ...listed, ...faultyDocuments(row.fields)] }
  }
  const { items, in: key } = row
  const put = (list: unknown): unknown => (key === null ? list : { total_count: 1, [key]: list })
  const one = document(items)
  const bad = [null, 7, 'text', [], ...faultyDocuments(items)].map((member) => put([member]))
  if (key === null) return { right: [one], wrong: [{}, { a: one }, ...bad] }
  const counts = [undefined, null, '1', -1, 1.5, {}].map((total) => ({ total_count: total, [key]: [one] }))
  return { right: put([one]), wrong: [{}, [], [one], put({}), put(null), put(one), ...counts, ...bad] }
}

function paramsOf(route: Route): Params {
  const given: Params = { owner: 'acme', repo: 'web', org: 'acme', username: 'acme' }
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return Object.fromEntries(names.map((name) => [name, given[name] ?? 1]))
}

it.each(Object.entries(ANSWER_FIELDS) as [Route, AnswerFields][])('an answer to %s', async (route, row) => {
  const answers = answersOf(row)
  let body: unknown
  const server = await serve((_, response) => {
    if (body === undefined) response.writeHead(204).end()
    else answerJson(response, 200, body)
  })
  const client = clientFor(server.url, { retryDelaysMs: [] })
  const isRead = route.startsWith('GET ')
  const ask = (answer: unknown): Promise<unknown> => {
    body = answer
    return client.request(route, paramsOf(route), isRead ? undefined : {})
  }
  // It is taken as it is, without the fields that no code reads.
  const more = Array.isArray(answers.right) ? answers.right : { ...(answers.right as object), stranger: 1 }
  expect(await ask(more)).toMatchObject({ status: 200, body: answers.right })
  expect(((await ask(more)) as { body: object }).body).not.toHaveProperty('stranger')
  expect(answers.wrong.length).toBeGreaterThan(2)
  for (const answer of [undefined, ...answers.wrong]) {
    const error = await rejection(ask(answer))
    expect({ answer, kind: error.kind, route: error.route }).toEqual({ answer, kind: 'unavailable', route })
    expect(error.message).toMatch(/: (?:the answer|item 1) .*\. This is not GitHub's JSON \(status 20[04]\)\./)
    if (!isRead) expect(error.message).toContain('GitHub may still have done it')
  }
})

it('names the page and the member, and nothing else that was asked', async () => {
  const secret = { name: 'A', visibility: 'all', updated_at: '2026-11-28T12:00:00Z' }
  const server = await serve(({ path, headers }, response) => {
    const second = path.includes('page=2')
    const link = `<http://${headers.host}/organizations/9/actions/secrets?page=2>; rel="next"`
    const secrets = second ? [{ ...secret, name: 'B' }, { ...secret, name: 'C' }, { visibility: 'all' }] : [secret]
    answerJson(response, 200, { total_count: 4, secrets }, second ? {} : { link })
  })
  const list = clientFor(server.url).paginate('GET /orgs/{org}/actions/secrets', { org: 'acme' }, 'secrets', 100)
  const { message } = await rejection(list)
  expect(message).toContain("/actions/secrets: page 2: item 3 has no name. This is not GitHub's JSON (status 200).")
})
