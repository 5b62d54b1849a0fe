import { expect, it } from 'vitest'
import { archivedMatches } from '../../src/config/archived-matches.ts'
import { layersOfOwner } from '../../src/config/scopes.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf, listing } from './load-files.ts'

const REPOSITORIES = listing({
  web: { topics: ['site'] },
  'svc-a': {},
  'svc-old': { archived: true },
  'svc-gone': { archived: true, topics: ['site'] },
})

/** The patterns of an organization with this YAML, their places, and what they pass over. */
async function passedOver(yaml: string, repositories = REPOSITORIES): Promise<readonly string[]> {
  const configuration = await configurationOf({ 'octoform.yaml': `version: 1\n${yaml}` })
  return archivedMatches(layersOfOwner(configuration, 'acme'), 'acme', repositories, families).map(
    ({ pattern, source: { line, col }, places, repositories }) =>
      `${line}:${col} ${pattern} (${places}): ${repositories.join(' ')}`,
  )
}

const secret = (list: string, name = 'S'): string =>
  `    secrets: { ${name}: { visibility: selected, repositories: ${list} } }\n`
const ACME = 'organizations:\n  acme:\n'

it.each([
  ['a glob', '["svc-*"]', ['4:58 svc-* (1): acme/svc-gone acme/svc-old']],
  ['with its owner, in other letters', '["ACME/SVC-O*"]', ['4:58 ACME/SVC-O* (1): acme/svc-old']],
  ['but what the list writes out', '["svc-*", svc-old]', ['4:58 svc-* (1): acme/svc-gone']],
  ['but what it takes away', '["svc-*", "!svc-g*"]', ['4:58 svc-* (1): acme/svc-old']],
  ['a selector', '[{ topic: site }]', ['4:58 {"topic":"site"} (1): acme/svc-gone']],
  [
    'but the name that it writes out',
    '[{ name: [svc-old, "svc-g*"] }]',
    ['4:58 {"name":["svc-old","svc-g*"]} (1): acme/svc-gone'],
  ],
  ['none that asks for archived ones, or for others', '[{ archived: true }, { archived: false, name: "svc-*" }]', []],
  ['none that matches none of them', '["w*", svc-a, "!svc-old"]', []],
])('names %s', async (_, list, expected) => {
  expect(await passedOver(ACME + secret(list))).toEqual(expected)
})

it('names a pattern once, with the number of its places', async () => {
  const list = '{ visibility: selected, repositories: ["svc-o*"] }'
  const yaml = `${ACME}    secrets: { A: ${list}, B: ${list} }\n    variables: { C: { value: x, ${list.slice(1)} }\n`
  expect(await passedOver(yaml)).toEqual([expect.stringMatching(/^4:\d+ svc-o\* \(3\): acme\/svc-old$/)])
})

it('names the `match` of a set, once for all that is in it', async () => {
  const sets =
    '    repository_sets:\n      - match: {}\n        environments: { prod: { variables: { V: { value: x } } } }\n'
  expect(await passedOver(ACME + sets)).toEqual(['5:9 {} (1): acme/svc-gone acme/svc-old'])
})

it('names nothing where nothing is archived', async () => {
  expect(await passedOver(ACME + secret('["*"]'), listing({ web: {} }))).toEqual([])
})
