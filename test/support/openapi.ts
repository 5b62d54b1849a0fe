import type { Exchange } from '../../src/sandbox/server.ts'
import { type Deviation, deviations } from '../descriptions/deviations.ts'
import { errorProblems, type Problem, requestProblems, responseProblems } from './openapi-check.ts'
import { type Description, descriptionOf, type Operation } from './openapi-description.ts'
import { OUTSIDE, outsideProblems } from './openapi-outside.ts'
import { note } from './openapi-record.ts'

interface Result {
  readonly violations: readonly string[]
  readonly used: readonly Deviation[]
  /** The description's operation, or one outside all descriptions, where there is one. */
  readonly route?: string
  readonly description?: Description
}

/**
 * Checks an exchange by GitHub's own OpenAPI description of the product: one line for each problem. The request is
 * checked when octoform sent it (tests may send anything), the answer unless a scripted fault gave it in GitHub's
 * place.
 */
export function checkExchange(exchange: Exchange, known: readonly Deviation[] = deviations): readonly string[] {
  return check(exchange, known).violations
}

/** Checks an exchange and notes its operation for the end of the run. Returns its problems. */
export function recordExchange(exchange: Exchange): readonly string[] {
  const { violations, used, route, description } = check(exchange, deviations)
  if (description === undefined) return violations
  for (const { id } of used) note({ deviation: id, product: description.product })
  if (route !== undefined && violations.length === 0 && isSuccess(exchange, description.operations[route])) {
    note({ operation: route, product: description.product, by: isFromOctoform(exchange) ? 'octoform' : 'test' })
  }
  return violations
}

/**
 * The check for the sandboxes of one test: give `onExchange` to the sandbox, and call `verify` when the test is over.
 * `verify` throws the problems; throwing in the server itself would only break the connection.
 */
export function exchangeCheck(): { onExchange(exchange: Exchange): void; verify(): void } {
  const violations: string[] = []
  return {
    onExchange(exchange) {
      violations.push(...recordExchange(exchange))
    },
    verify() {
      if (violations.length === 0) return
      const found = violations.splice(0)
      throw new Error(`GitHub's description of the product does not allow:\n  ${found.join('\n  ')}`)
    },
  }
}

function check(exchange: Exchange, known: readonly Deviation[]): Result {
  const description = descriptionOf(exchange.product)
  if (description === undefined) {
    return { violations: [`${exchange.product}: no description stands for this product`], used: [] }
  }
  const route = `${exchange.method} ${exchange.route ?? exchange.path}`
  if (route in OUTSIDE) {
    const problems = outsideProblems(exchange).filter(({ where }) => where === 'response' || isFromOctoform(exchange))
    const refused = exchange.status >= 400 && !isScripted(exchange) ? errorProblems(description, exchange) : []
    const violations = [...problems, ...refused].map((problem) => sentence(exchange, route, problem))
    return { violations, used: [], route, description }
  }
  const operation = description.operations[route]
  if (operation === undefined) {
    const problems = undescribedProblems(description, exchange)
    return { violations: problems.map((problem) => sentence(exchange, route, problem)), used: [], description }
  }
  const problems = isScripted(exchange) ? [] : responseProblems(description, operation, exchange)
  if (isFromOctoform(exchange)) problems.push(...requestProblems(description, operation, exchange))

  const used = new Set<Deviation>()
  const violations: string[] = []
  for (const problem of problems) {
    const deviation = known.find((one) => excuses(one, description, route, problem))
    if (deviation === undefined) violations.push(sentence(exchange, route, problem))
    else used.add(deviation)
  }
  return { violations, used: [...used], route, description }
}

/** Refusals that come before any operation is looked up (no or bad credentials, no `User-Agent`), and that there is none. */
const REFUSALS = [401, 403, 404]

/** The problems of an exchange whose operation the product lacks: octoform must not call it, nothing answers. */
function undescribedProblems(description: Description, exchange: Exchange): Problem[] {
  const message = 'the product does not have this operation'
  const problems: Problem[] = []
  if (isFromOctoform(exchange)) problems.push({ where: 'request', at: '', keyword: 'undescribed', message })
  if (isScripted(exchange)) return problems
  if (REFUSALS.includes(exchange.status)) problems.push(...errorProblems(description, exchange))
  else problems.push({ where: 'response', at: 'status', keyword: 'undescribed', message: `${message}, yet it answers` })
  return problems
}

function excuses(deviation: Deviation, { product }: Description, route: string, problem: Problem): boolean {
  const { products, routes, where, matches } = deviation
  if ((routes !== 'any' && !routes.includes(route)) || where !== problem.where || !products.includes(product))
    return false
  return (
    matches.keyword === problem.keyword &&
    matches.at.test(problem.at) &&
    (matches.message?.test(problem.message) ?? true)
  )
}

function isFromOctoform({ requestHeaders }: Exchange): boolean {
  return String(requestHeaders['user-agent'] ?? '').startsWith('octoform')
}

/** Also a link to a file, where the operation is described as answering with one alone. */
function isSuccess(exchange: Exchange, operation: Operation | undefined): boolean {
  if (isScripted(exchange)) return false
  const isLink = exchange.status === 302 && operation !== undefined && '302' in operation.responses
  return isLink || (exchange.status >= 200 && exchange.status < 300)
}

function isScripted({ responseHeaders }: Exchange): boolean {
  return responseHeaders['x-sandbox-fault'] !== undefined
}

function sentence({ product, status }: Exchange, route: string, { where, at, keyword, message }: Problem): string {
  return `${product} ${route} (${status}): ${where} ${at === '' ? 'as a whole' : at}: ${message} [${keyword}]`
}
