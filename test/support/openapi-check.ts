import type { Exchange } from '../../src/sandbox/server.ts'
import { type Description, fieldsOf, itemsOf, type Operation, validatorOf } from './openapi-description.ts'
import type { Schema } from './openapi-schema.ts'

/** One thing in an exchange that GitHub's description does not allow. */
export interface Problem {
  readonly where: 'request' | 'response'
  /** `path.NAME`, `query.NAME`, `status`, or a JSON pointer into the body. */
  readonly at: string
  /** The JSON Schema keyword that failed, or `undescribed` for a part that the description does not mention. */
  readonly keyword: string
  readonly message: string
}

/** The request's deviations from the description: path and query parameters, and the body with its fields. */
export function requestProblems(description: Description, operation: Operation, exchange: Exchange): Problem[] {
  const problems = [
    ...pathProblems(description, operation, exchange),
    ...queryProblems(description, operation, exchange),
    ...bodyProblems(description, operation, exchange.requestBody),
  ]
  return problems.map((problem) => ({ where: 'request', ...problem }))
}

/** The answer's deviations from the description. Statuses that are not described must be errors of GitHub's form. */
export function responseProblems(description: Description, operation: Operation, exchange: Exchange): Problem[] {
  const { status, responseBody } = exchange
  const schema = operation.responses[status]
  if (schema === undefined) return errorProblems(description, exchange)
  if (schema === null) {
    if (isEmpty(responseBody)) return []
    if (status >= 400 || isRedirect(exchange)) return errorProblems(description, exchange)
    return [{ where: 'response', at: '', keyword: 'undescribed', message: `status ${status} has no body` }]
  }
  const problems = [
    ...validatorOf(description)(schema, responseBody),
    ...unknownFields(description, schema, responseBody),
  ]
  return problems.map((problem) => ({ where: 'response', ...problem }))
}

/**
 * The deviations of an answer with an undescribed status from GitHub's form of an error: nothing at all, or a `message`
 * with its other fields. Any request may be redirected
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export function errorProblems(description: Description, exchange: Exchange): Problem[] {
  const { status, responseBody } = exchange
  if (status < 400 && !isRedirect(exchange)) {
    const message = `status ${status} is not described and is no error`
    return [{ where: 'response', at: 'status', keyword: 'undescribed', message }]
  }
  if (isEmpty(responseBody)) return []
  return validatorOf(description)(ERROR, responseBody).map((problem) => ({ where: 'response', ...problem }))
}

function isRedirect({ status, responseHeaders }: Exchange): boolean {
  return [301, 302, 307, 308].includes(status) && responseHeaders.location !== undefined
}

/** `basic-error` requires nothing; every error that has a body has a message. */
const ERROR: Schema = { allOf: [{ $ref: '#/components/schemas/basic-error' }], type: 'object', required: ['message'] }

type Found = Omit<Problem, 'where'>

function pathProblems(description: Description, operation: Operation, { route, path }: Exchange): Found[] {
  const template = (route ?? '').split('/')
  // Counted from the end: the path may begin with /api/v3.
  const segments = path.split('/').slice(-template.length + 1)
  const values = new Map(template.slice(1).map((name, index) => [name, decodeURIComponent(segments[index] ?? '')]))
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap(({ name, schema }) => textProblems(description, `path.${name}`, schema, values.get(`{${name}}`) ?? ''))
}

function queryProblems(description: Description, operation: Operation, exchange: Exchange): Found[] {
  const query = new URLSearchParams(exchange.query)
  const known = new Map(operation.parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]))
  const problems: Found[] = []
  for (const [name, value] of query) {
    const parameter = known.get(name)
    if (parameter !== undefined) problems.push(...textProblems(description, `query.${name}`, parameter.schema, value))
    else problems.push({ at: `query.${name}`, keyword: 'undescribed', message: 'is no parameter of this operation' })
  }
  for (const { name, required } of known.values()) {
    if (required && !query.has(name)) problems.push({ at: `query.${name}`, keyword: 'required', message: 'is missing' })
  }
  return problems
}

/** A parameter is text; it fits if the text, or the number or boolean that it spells, fits. */
function textProblems(description: Description, at: string, schema: Schema, text: string): Found[] {
  const readings: unknown[] = [text]
  if (/^-?\d+$/.test(text)) readings.push(Number(text))
  if (text === 'true' || text === 'false') readings.push(text === 'true')
  const problems = readings.map((reading) => validatorOf(description)(schema, reading))
  if (problems.some((found) => found.length === 0)) return []
  return (problems.at(-1) ?? []).map(({ keyword, message }) => ({ at, keyword, message }))
}

function bodyProblems(description: Description, { body }: Operation, value: unknown): Found[] {
  if (isEmpty(value)) return body?.required ? [{ at: '', keyword: 'required', message: 'the body is missing' }] : []
  if (body === undefined) return [{ at: '', keyword: 'undescribed', message: 'this operation takes no body' }]
  return [...validatorOf(description)(body.schema, value), ...unknownFields(description, body.schema, value)]
}

/** Fields that the description does not list: of the document itself, and of each item where it is a list. */
function unknownFields(description: Description, schema: Schema, value: unknown): Found[] {
  const list = itemsOf(description, schema)
  const problems = list?.key === null ? [] : unknownOf(fieldsOf(description, schema), value, '')
  if (list === undefined) return problems
  const prefix = list.key === null ? '' : `/${list.key}`
  const items = list.key === null ? value : memberOf(value, list.key)
  const fields = fieldsOf(description, list.items)
  if (Array.isArray(items)) {
    for (const [index, item] of items.entries()) problems.push(...unknownOf(fields, item, `${prefix}/${index}`))
  }
  return problems
}

function unknownOf(fields: ReadonlySet<string> | undefined, value: unknown, at: string): Found[] {
  // A list has no fields; it stands here where it is one of several alternatives.
  if (fields === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.keys(value)
    .filter((name) => !fields.has(name))
    .map((name) => ({ at: `${at}/${name}`, keyword: 'undescribed', message: 'is no field of this product' }))
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || body === ''
}
