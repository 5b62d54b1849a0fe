import { expect, it } from 'vitest'
import { EXAMPLES } from './command-examples.ts'
import { commandReference, leaves } from './command-reference.ts'

const all = leaves()

it('is up to date: npm run reference:commands makes it anew', async () => {
  await expect(commandReference()).toMatchFileSnapshot('../../docs/command-reference.md')
})

it('has an example of every command, and of no other', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(all.map(({ name }) => name).sort())
})

it.each(all)('$name takes the flags and words of its examples', ({ name, command }) => {
  for (const line of EXAMPLES[name] ?? []) {
    const [typed = ''] = line.split(/ +#| > | < | \| /)
    const words = typed.split(' ').slice(1 + name.split(' ').length)
    expect(typed, line).toMatch(new RegExp(`^octoform ${name}( |$)`))
    const own = command
      .copyInheritedSettings(command)
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
    const { operands, unknown } = own.parseOptions(words)
    expect(unknown, line).toEqual([])
    const [fewest, most] = [command.registeredArguments.filter(({ required }) => required).length, bound(command)]
    expect(operands.length, line).toBeGreaterThanOrEqual(fewest)
    expect(operands.length, line).toBeLessThanOrEqual(most)
  }
})

function bound({ registeredArguments }: (typeof all)[number]['command']): number {
  return registeredArguments.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : registeredArguments.length
}
