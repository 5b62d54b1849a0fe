import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
// @ts-expect-error: a script without types
import { COMING_ROUTES } from '../../scripts/descriptions/coming-routes.mjs'
// @ts-expect-error: a script without types
import { ROUTES } from '../../scripts/descriptions/operations.mjs'
// @ts-expect-error: a script without types
import { matches, patternOf, weightOf } from '../../scripts/descriptions/route-pattern.mjs'
import { alternativesOf } from '../../src/core/routes.ts'
import type { ScopeType } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import { endpointTable } from '../../src/github/endpoint-table.ts'
import { nameOf, type Operation, routesAt } from '../../src/operations/operation.ts'
import { OPERATIONS } from '../../src/operations/table.ts'
import { DOCUMENTED } from './documented.ts'
import { type Driven, driveCommands } from './drive.ts'
import { driveFamilies } from './drive-families.ts'
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

/** The commands that sent a route, by the sandbox's log. */
const byCommands = new Map<string, Set<string>>()
let driven: readonly Driven[] = []
/** The families whose apply sent a route, by the sandbox's log. */
let byFamilies: ReadonlyMap<string, ReadonlySet<string>> = new Map()

it('drives every command', async () => {
  driven = await driveCommands()
  for (const { command, routes: logged } of driven) {
    for (const route of logged) byCommands.set(route, (byCommands.get(route) ?? new Set()).add(command))
  }
  expect(driven.filter(({ code }) => code !== 0).map(({ line, stderr }) => `${line}: ${stderr}`)).toEqual([])
}, 120_000)

it('sends every request of every operation', () => {
  const sentBy = (operation: Operation, route: string): boolean =>
    byCommands.get(route)?.has(nameOf(operation)) ?? false
  const missing = OPERATIONS.flatMap((operation) =>
    (Object.keys(operation.at) as ScopeType[]).flatMap((level) =>
      routesAt(operation, level)
        .filter((route) => !sentBy(operation, route))
        .map((route) => `${nameOf(operation)}: ${route}`),
    ),
  )
  expect(missing).toEqual([])
})

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
  const names = [...(sent.get(route) ?? []), ...(byCommands.get(route) ?? [])]
  const all = names.map((name) => `\`${name}\``).join(', ')
  const otherwise = otherwiseOf(route)?.otherwise
  if (otherwise !== undefined && 'run' in otherwise) {
    return `sent by each run that needs it: ${otherwise.run}${all === '' ? '' : `; by ${all}`}`
  }
  if (all !== '' && !sent.has(route) && otherwise !== undefined && 'instead' in otherwise) {
    return `sent by ${all}; a plan reads \`${otherwise.instead}\` in its place: ${otherwise.because}`
  }
  if (all !== '') return `sent by ${all}`
  if (otherwise === undefined) return 'not yet'
  if ('not' in otherwise) return `not sent: ${otherwise.not}`
  return `\`${otherwise.instead}\` does the same: ${otherwise.because}`
}

it('has no operation without an answer, but for families to come', () => {
  const left = routes.filter((route) => answerOf(route) === 'not yet')
  expect(left.filter((route) => !(COMING_ROUTES as string[]).includes(route))).toEqual([])
})

it('has no reason that is not used, or that names an operation which nobody sends', () => {
  const isUsed = (route: string): boolean => {
    const otherwise = otherwiseOf(route)?.otherwise
    return !sent.has(route) && !(otherwise !== undefined && 'not' in otherwise && byCommands.has(route))
  }
  const used = new Set(routes.filter(isUsed).map((route) => otherwiseOf(route)?.text))
  expect(patterns.map(({ text }) => text).filter((text) => !used.has(text))).toEqual([])
  const named = patterns.flatMap(({ otherwise }) => ('instead' in otherwise ? [otherwise.instead] : []))
  const going = (route: string): boolean => sent.has(route) || answerOf(route).startsWith('sent by each run')
  const still = (COMING_ROUTES as string[]).filter((route) => otherwiseOf(route) === undefined)
  expect(named.filter((route) => !going(route) && !still.includes(route))).toEqual([])
})

it('sends each of the operations that the four pages document', () => {
  const documented = Object.keys(DOCUMENTED)
  expect(documented).toHaveLength(83)
  expect(documented.filter((route) => !routes.includes(route) || !/^sent by/.test(answerOf(route)))).toEqual([])
})

it('and each of them stands in the log of the sandbox, of a command or of an apply', async () => {
  byFamilies = await driveFamilies()
  expect(Object.keys(DOCUMENTED).filter((route) => !byCommands.has(route) && !byFamilies.has(route))).toEqual([])
}, 120_000)

/** A row of the second table: who sent it, and the tests that hold what comes of it. */
function loggedRow(route: string): string {
  const commands = [...(byCommands.get(route) ?? [])].sort()
  const applied = [...(byFamilies.get(route) ?? [])].sort()
  const cell = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
  const tests = [...(commands.length > 0 ? ['test/operate'] : []), ...applied.map(() => 'test/families')]
  return `| \`${route}\` | ${cell(commands)} | ${cell(applied)} | ${[...new Set(tests)].join(', ')} | ${productsOf(route)} |`
}

it('stands in docs/coverage.md (npm run coverage)', async () => {
  const pagesOf = (route: string): string => DOCUMENTED[route]?.join(', ') ?? ''
  const rows = routes.map((route) => `| \`${route}\` | ${productsOf(route)} | ${answerOf(route)} | ${pagesOf(route)} |`)
  const counts = (kind: RegExp): number => routes.filter((route) => kind.test(answerOf(route))).length
  const text = [
    "# GitHub's operations, and what octoform does with each",
    '',
    `Made by \`npm run coverage\` from the families and GitHub's descriptions: ${routes.length} operations, ` +
      `${counts(/^sent/)} sent, ${counts(/does the same/)} that another one stands for, ${counts(/^not sent/)} that are neither ` +
      `settings nor done by a command, ${counts(/^not yet/)} not yet. Each family is taken through all products by ` +
      '`test/contract.test.ts`. Commands, whose names have two words, stand here because the log of the sandbox has the request: ' +
      '`test/surface/surface.test.ts` carries out all of them.',
    '',
    `The last column marks the ${Object.keys(DOCUMENTED).length} operations of four older pages of GitHub's documentation: Actions on ` +
      'GHES 2.22 (`2.22`) and on GitHub AE in 2021 (`AE`), and of GitHub AE the `runs` of workflows and self-hosted `runners`.',
    '',
    '| operation | products | octoform | pages |',
    '|---|---|---|---|',
    ...rows,
    '',
    '## The four pages, by the log of the sandbox',
    '',
    'Each of these operations was sent and answered without an error: by a line of `test/surface/command-lines.ts`, or by an apply of ' +
      'the world of a family (`test/worlds`, taken by `test/surface/drive-families.ts`).',
    '',
    '| operation | command | apply of | tests | products |',
    '|---|---|---|---|---|',
    ...Object.keys(DOCUMENTED).sort(byPath).map(loggedRow),
    '',
  ].join('\n')
  await expect(text).toMatchFileSnapshot('../../docs/coverage.md')
})
