import { expect, test } from 'vitest'
import { isWrittenBy } from '../../src/publish/author.ts'

test.each([
  ['octocat', 'octocat', 'User', true],
  ['OctoCat', 'octocat', 'User', true],
  ['octocat', 'octocat', undefined, true],
  ['octocat', 'mallory', 'User', false],
  ['github-actions[bot]', 'github-actions[bot]', 'Bot', true],
  ['github-actions', 'github-actions[bot]', 'Bot', true],
  ['github-actions[bot]', 'github-actions', 'User', false],
  ['github-actions[bot]', 'github-actions[bot]', 'User', false],
  ['github-actions[bot]', 'github-actions[bot]', undefined, false],
  ['github-actions[bot]', 'github-actions', 'Bot', false],
  ['github-actions[bot]', 'evil[bot]', 'Bot', false],
  ['octocat', 'octocat', 'Bot', false],
])('of the token of %s, what %s (%s) wrote is ours: %s', (login, author, type, ours) => {
  expect(isWrittenBy({ login: author, type }, login)).toBe(ours)
})

test('what a deleted account wrote is not ours', () => {
  expect(isWrittenBy(undefined, 'ghost')).toBe(false)
})
