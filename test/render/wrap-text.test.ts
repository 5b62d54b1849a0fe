import { expect, it } from 'vitest'
import { printableLines } from '../../src/render/printable.ts'
import { wrapText } from '../../src/render/wrap-text.ts'
import { commandLines, terminalFaults } from '../support/harmless.ts'
import { HOSTILE } from '../support/hostile.ts'

it.each([
  [
    'each line by itself',
    'one two three four\nfive six seven eight\n',
    20,
    'one two three four\nfive six seven eight\n',
  ],
  [
    'a message with its place',
    'a.yaml:1:2: error: unknown key `allowed action`',
    30,
    'a.yaml:1:2: error: unknown key\n    `allowed action`',
  ],
  [
    'a command behind a colon',
    'too many words. Its flags: octoform plan --help',
    30,
    'too many words. Its flags:\n    octoform plan --help',
  ],
  [
    'a command of its own',
    '  octoform apply --config orgs --allow deletions=12',
    30,
    '  octoform apply --config orgs --allow deletions=12',
  ],
  [
    'a command of another program',
    '    openssl rand -base64 32 | gh secret set KEY',
    30,
    '    openssl rand -base64 32 | gh secret set KEY',
  ],
  ['one behind a colon', 'to make one: openssl rand -base64 32', 24, 'to make one:\n    openssl rand -base64 32'],
  ['no terminal', 'one two three four five six seven', undefined, 'one two three four five six seven'],
])('%s', (_, text, width, expected) => {
  expect(wrapText(text, width)).toBe(expected)
})

it.each(HOSTILE)('%s is escaped as it is without a width', (_, text) => {
  expect(wrapText(`a ${text} b`, undefined)).toBe(printableLines(`a ${text} b`))
  for (let width = 20; width < 50; width += 1) {
    const output = wrapText(`a message that names ${text}, and ${text}: octoform plan ${text}`, width)
    expect([...commandLines(output), ...terminalFaults(output)]).toEqual([])
  }
})
