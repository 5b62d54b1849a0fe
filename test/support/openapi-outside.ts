import type { Exchange } from '../../src/sandbox/server.ts'
import type { Problem } from './openapi-check.ts'

/** Operations that every product has and that stand in no OpenAPI description, and where they are documented. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  'POST /graphql': 'https://docs.github.com/graphql/guides/forming-calls-with-graphql',
}

/**
 * The deviations of an exchange of GraphQL from its documented form: a `query` with its `variables`, answered with
 * status 200 and `data`, or `errors` that each have a message
 * (https://spec.graphql.org/October2021/#sec-Response-Format).
 */
export function outsideProblems(exchange: Exchange): Problem[] {
  return [...requestProblems(exchange.requestBody), ...responseProblems(exchange)]
}

function requestProblems(body: unknown): Problem[] {
  const fields = mapOf(body)
  const isRight =
    typeof fields?.query === 'string' && (fields.variables === undefined || mapOf(fields.variables) !== undefined)
  return isRight ? [] : [problem('request', 'has no query, or variables that are no map')]
}

function responseProblems({ status, responseBody, responseHeaders }: Exchange): Problem[] {
  if (status >= 400 || responseHeaders['x-sandbox-fault'] !== undefined) return []
  const fields = mapOf(responseBody)
  if (status !== 200 || fields === undefined) return [problem('response', 'is no GraphQL response')]
  const { data, errors = [], ...others } = fields
  const isRight =
    Object.keys(others).length === 0 &&
    Array.isArray(errors) &&
    errors.every((error) => typeof mapOf(error)?.message === 'string') &&
    (mapOf(data) !== undefined || errors.length > 0)
  return isRight ? [] : [problem('response', 'has neither data nor errors, or something else')]
}

function problem(where: Problem['where'], message: string): Problem {
  return { where, at: '', keyword: 'graphql', message }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMap ? (value as Readonly<Record<string, unknown>>) : undefined
}
