import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
// @ts-expect-error: a script without types
import { COMING_ROUTES } from '../../scripts/descriptions/coming-routes.mjs'
// @ts-expect-error: a script without types
import { ROUTES } from '../../scripts/descriptions/operations.mjs'
// @ts-expect-error: a script without types
import { matches, patternOf, weightOf } from '../../scripts/descriptions/route-pattern.mjs'
import { alternativesOf } from '../../src/core/routes.ts'
import { families } from '../../src/families/index.ts'
import { endpointTable } from '../../src/github/endpoint-table.ts'
import { OTHERWISE, type Otherwise } from './otherwise.ts'

/** Operations of Actions' settings and of what stands near to them: secrets of other kinds, environments, their limits. */
const OF_ACTIONS =
  /\/actions\/|\/agents\/|\/dependabot\/secrets|\/codespaces\/secrets|\/environments|^\w+ \/(meta|organizations|rate_limit|orgs\/\{org\}\/repos|repos\/\{owner\}\/\{repo\})$/

const routes = [...(ROUTES as string[]), ...(COMING_ROUTES as string[])]
  .filter((route) => OF_ACTIONS.test(route))
  .sort(byPath)

const sent = new Map<string, Set<string>>()
for (const { name, scopes } of families) {
  for (const { reads, writes } of Object.values(scopes)) {
    for (const route of [...reads, ...writes].flatMap(alternativesOf)) {
      sent.set(route, (sent.get(route) ?? new Set()).add(name))
    }
  }
}

const coming = JSON.parse(readFileSync('scripts/descriptions/coming.json', 'utf8')).endpoints as Table
const known = { ...coming, ...(endpointTable() as { readonly endpoints: Table }).endpoints }
type Table = Readonly<Record<string, { readonly products: readonly string[] } | undefined>>

const patterns = Object.entries(OTHERWISE).map(([text, otherwise]) => ({ text, pattern: patternOf(text), otherwise }))

function otherwiseOf(route: string): { readonly text: string; readonly otherwise: Otherwise } | undefined {
  const fitting = patterns.filter(({ pattern }) => matches(pattern, route))
  return fitting.sort((one, other) => weightOf(other.pattern) - weightOf(one.pattern))[0]
}

function byPath(one: string, other: string): number {
  const [first, second] = [one, other].map((route) => route.split(' ').reverse().join(' '))
  return (first ?? '') < (second ?? '') ? -1 : 1
}

/** Such as `ghes-3.5 to 3.19, ghec`. */
function productsOf(route: string): string {
  const products = known[route]?.products ?? []
  const servers = products.filter((product) => product.startsWith('ghes-')).map((product) => product.slice(5))
  const [first, last] = [servers[0], servers.at(-1)]
  const span = first === undefined ? [] : [first === last ? `GHES ${first}` : `GHES ${first} to ${last}`]
  return [...span, ...products.filter((product) => !product.startsWith('ghes-'))].join(', ') || 'none any more'
}

function answerOf(route: string): string {
  const names = [...(sent.get(route) ?? [])]
  if (names.length > 0) return `sent by ${names.map((name) => `\`${name}\``).join(', ')}`
  const otherwise = otherwiseOf(route)?.otherwise
  if (otherwise === undefined) return 'not yet'
  if ('run' in otherwise) return `sent by each run that needs it: ${otherwise.run}`
  if ('not' in otherwise) return `not sent: ${otherwise.not}`
  return `\`${otherwise.instead}\` does the same: ${otherwise.because}`
}

it('has no operation without an answer, but for families to come', () => {
  const left = routes.filter((route) => answerOf(route) === 'not yet')
  expect(left.filter((route) => !(COMING_ROUTES as string[]).includes(route))).toEqual([])
})

it('has no reason that is not used, or that names an operation which nobody sends', () => {
  const used = new Set(routes.filter((route) => !sent.has(route)).map((route) => otherwiseOf(route)?.text))
  expect(patterns.map(({ text }) => text).filter((text) => !used.has(text))).toEqual([])
  const named = patterns.flatMap(({ otherwise }) => ('instead' in otherwise ? [otherwise.instead] : []))
  const going = (route: string): boolean => sent.has(route) || answerOf(route).startsWith('sent by each run')
  const still = (COMING_ROUTES as string[]).filter((route) => otherwiseOf(route) === undefined)
  expect(named.filter((route) => !going(route) && !still.includes(route))).toEqual([])
})

it('stands in docs/coverage.md (npm run coverage)', async () => {
  const rows = routes.map((route) => `| \`${route}\` | ${productsOf(route)} | ${answerOf(route)} |`)
  const counts = (kind: RegExp): number => routes.filter((route) => kind.test(answerOf(route))).length
  const text = [
    "# GitHub's operations, and what octoform does with each",
    '',
    `Made by \`npm run coverage\` from the families and GitHub's descriptions: ${routes.length} operations, ` +
      `${counts(/^sent/)} sent, ${counts(/does the same/)} that another one stands for, ${counts(/^not sent/)} that are no ` +
      `settings, ${counts(/^not yet/)} not yet. Each family is taken through all products by \`test/contract.test.ts\`.`,
    '',
    '| operation | products | octoform |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  await expect(text).toMatchFileSnapshot('../../docs/coverage.md')
})
