import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LADDER, LEVELS } from '../src/core/scope.ts'

const SRC = new URL('../src/', import.meta.url)

/** The ladder itself, the families' entries for levels, and GitHub, which is written from its documentation alone. */
const OUTSIDE = /^(?:core\/scope\.ts$|families\/|sandbox\/)/

/** Where a level's word stands and means no level. Each must be found, so that the list never outlives its reasons. */
const NO_LEVEL: Readonly<Record<string, string>> = {
  "config/list-rules.ts: === 'repository'": 'what an entry of a list names',
  "github/guard.ts: !== 'repos'": 'the path of a request',
  'init/starter.ts: `orgs/${': 'a folder of files that a person gets',
  "github/product.ts: === 'enterprise'": "the name of a plan of GitHub's cloud",
}

const words = [...LEVELS, ...LEVELS.map((level) => LADDER[level].address)].join('|')
const keys = LEVELS.map((level) => LADDER[level].key).join('|')
const params = [...new Set(LEVELS.flatMap((level) => LADDER[level].params))].join('|')
const asked = new RegExp(
  [
    `[!=]==? '(?:${words})'`,
    `'(?:${words})' [!=]==?`,
    `case '(?:${words})'`,
    `'(?:${params})' in `,
    `startsWith\\('(?:${words})/`,
    'switch \\([\\w.]*scope\\.type\\)',
    `/\\^\\(?(?:\\?:)?(?:${words})\\b`,
    `\`(?:${words})/\\$\\{`,
    `\\['(?:${keys})', '`,
    // Owner, or else repository.
    '\\brepository === undefined && [\\w.]*match === undefined',
    `(?<!\\?)\\? '(?:${words})'`,
  ].join('|'),
  'g',
)

/** The code that asks which level something is of, by file. */
function comparisons(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !OUTSIDE.test(path))
    .sort()
    .flatMap((path) =>
      [...readFileSync(new URL(path, SRC), 'utf8').matchAll(asked)].map(([found]) => `${path}: ${found}`),
    )
}

test('no code but the ladder asks which level a scope is of', () => {
  const found = comparisons()
  expect(Object.keys(NO_LEVEL).filter((place) => !found.includes(place))).toEqual([])
  expect(found.filter((place) => !(place in NO_LEVEL))).toEqual([])
})

test('what is to be found is found', () => {
  const samples = [
    "if (scope.type === 'organization')",
    "scope?.type !== 'repository'",
    'switch (edit.scope.type) {',
    "'repo' in scope",
    "root === 'orgs' ? 1 : 2",
    "address.startsWith('repos/')",
    "case 'environment':",
    'part.repository === undefined && part.match === undefined',
    "isOwner ? 'orgs' : 'repos'",
    '/^(?:orgs|repos)\\//.exec(scope)',
    '/^repos\\//.test(scope)',
    '`orgs/$' + '{name}`',
    "const KEYS = ['organizations', 'repositories']",
  ]
  for (const sample of samples) expect(sample).toMatch(new RegExp(asked.source))
})
