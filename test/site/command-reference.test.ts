import { expect, it } from 'vitest'
import { EXAMPLES, FIRST_STEPS } from '../../src/commands/command-examples.ts'
import { commandLines, faultOf } from './command-line.ts'
import { commandReference, leaves } from './command-reference.ts'

const all = leaves()

it('is up to date: npm run reference:commands makes it anew', async () => {
  await expect(commandReference()).toMatchFileSnapshot('../../docs/command-reference.md')
})

it('has an example of every command, and of no other', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(all.map(({ name }) => name).sort())
})

it.each(all)('$name takes the flags and words of its examples', ({ name }) => {
  for (const line of EXAMPLES[name] ?? []) {
    expect(line).toMatch(new RegExp(`^octoform ${name}( |$)`))
    expect(commandLines(line).flatMap((each) => faultOf(each) ?? [])).toEqual([])
  }
})

it.each(FIRST_STEPS)('the first steps parse: %s', (line) => {
  expect(commandLines(line).flatMap((each) => faultOf(each) ?? [])).toEqual([])
  expect(commandLines(line)).toHaveLength(1)
})
