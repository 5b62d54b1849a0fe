import { expect, it } from 'vitest'
import { begin, expectGreen, expectPassed, filesOf, MEMBERS, SETTINGS } from './support/begun-family.ts'
import { freshClone } from './support/fresh-clone.ts'
import { inventRoutes } from './support/invented-routes.ts'

/** The permission table is compared with GitHub's documentation, which does not have the invented routes. */
const EVERY_FAMILY = ['architecture', 'docs', 'coming-routes', 'github/answer-fields'].map(
  (name) => `test/${name}.test.ts`,
)

it.each([SETTINGS, MEMBERS])('npm run new:family begins $name: all checks are green', { timeout: 900_000 }, (begun) => {
  const clone = freshClone(inventRoutes)
  expect(begin(clone, begun)).toMatchObject({ code: 0, stderr: '' })
  expect([...clone.changed()].sort()).toEqual(filesOf(clone, [begun]))
  expectGreen(clone, [begun], EVERY_FAMILY)
  expectPassed(clone, ['test/sandbox/resources/table.test.ts', 'test/sandbox/http/route-permissions.test.ts'])
  // At every product at which something changes.
  expectPassed(clone, ['test/contract.test.ts', '-t', begun.name], { OCTOFORM_EVERY_CELL: '1' })
  for (const check of [
    ['node_modules/@biomejs/biome/bin/biome', 'ci', '--no-errors-on-unmatched', ...filesOf(clone, [begun])],
    ['node_modules/knip/bin/knip.js'],
  ]) {
    const { code, stdout, stderr } = clone.node(check)
    expect(code, stdout + stderr).toBe(0)
  }
})
