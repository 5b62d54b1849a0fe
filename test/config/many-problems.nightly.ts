import { expect, it } from 'vitest'
import { problemsOf } from './load-files.ts'

it('140,000 problems are counted, and the first thousand told', { timeout: 120_000 }, async () => {
  const keys = Array.from({ length: 140_000 }, (_, index) => `k${index}: 1\n`)
  const problems = await problemsOf({ 'f.yaml': `version: 1\n${keys.join('')}` })
  expect(problems).toHaveLength(1001)
  expect(problems.at(-1)).toBe('error: and 139,000 more: fix these to see them')
})
