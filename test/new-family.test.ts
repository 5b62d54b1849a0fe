import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { begin, expectGreen, filesOf, MEMBERS, SETTINGS } from './support/begun-family.ts'
import { freshClone } from './support/fresh-clone.ts'
import { inventRoutes } from './support/invented-routes.ts'

/** Slow beside other work: a clone, types, and a run of tests. */
const LONG = 300_000

it('npm run new:family refuses what is wrong, and writes nothing then', { timeout: LONG }, () => {
  const clone = freshClone(inventRoutes)
  const asked = (...args: readonly string[]) => clone.node(['scripts/new-family.mjs', ...args])
  const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /^Which family\?\n\nnpm run new:family -- NAME/],
    [['Variables'], /^Variables cannot be the name of a family: write lower case, words joined by _/],
    [['runner-groups'], /^runner-groups cannot be the name/],
    [['prune'], /^prune cannot be the name of a family: the word has another meaning here/],
    [['secrets'], /^The family secrets is there already: src\/families\/secrets exists/],
    [[MEMBERS.name, 'more'], /^One family at a time/],
    [[MEMBERS.name, '--at', 'moon'], /^--at moon: write enterprise, organization, repository, environment/],
    [
      [MEMBERS.name, '--at', 'enterprise'],
      /^No route of GitHub is called \w+ at the level enterprise\. Which routes\?/,
    ],
    [[MEMBERS.name, '--kind', 'settings'], /^--kind settings: GitHub has members at \/orgs/],
    [[MEMBERS.name, '--kind', 'both'], /^--kind both: write settings or members/],
    [[MEMBERS.name, '--moon'], /^Unknown option '--moon'/],
    [['cups'], /^No route of GitHub is called cups\. Which routes\? Give --routes PATH/],
    [
      ['cups', '--routes', '/orgs/{org}/cups'],
      /^--routes: \/orgs\/\{org\}\/cups is not the path of settings or of a list/,
    ],
    [['prints', '--routes', '/orgs/{org}/codespaces/charms'], /are secrets: begin them by hand with .*secrets-of\.ts/],
  ]
  for (const [args, message] of refused) {
    const { code, stderr } = asked(...args)
    expect({ args, code, stderr }).toEqual({ args, code: 1, stderr: expect.stringMatching(message) })
  }
  expect(asked('--help')).toMatchObject({ code: 0, stdout: expect.stringMatching(/--routes {2}GitHub's paths/) })
  expect(clone.changed()).toEqual([])

  // Where the last step fails, what was written before it is taken back.
  const reference = join(clone.folder, 'scripts/reference.mjs')
  writeFileSync(reference, `process.exit(1) //${readFileSync(reference, 'utf8')}`)
  expect(begin(clone, MEMBERS)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Nothing was written: /) })
  expect(clone.changed()).toEqual(['scripts/reference.mjs'])
})

it('npm run new:family begins families that compile and pass their tests', { timeout: LONG }, () => {
  const clone = freshClone(inventRoutes)
  expect(begin(clone, SETTINGS)).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('FILL IN') })
  expect([...clone.changed()].sort()).toEqual(filesOf(clone, [SETTINGS]))
  expect(begin(clone, SETTINGS)).toMatchObject({ code: 1, stderr: expect.stringMatching(/is there already/) })
  expect(begin(clone, MEMBERS)).toMatchObject({ code: 0, stderr: '' })
  expect([...clone.changed()].sort()).toEqual(filesOf(clone, [SETTINGS, MEMBERS]))
  expectGreen(clone, [SETTINGS, MEMBERS])
})
