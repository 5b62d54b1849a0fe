import { expect, it } from 'vitest'
import { maskCommands } from '../../src/secrets/mask.ts'
import { openValues } from '../../src/secrets/values.ts'

it.each<[string, string, readonly string[]]>([
  ['one line', 's3cret', ['s3cret']],
  ['a short one', 'abc', ['abc']],
  [
    'several lines',
    '-----BEGIN KEY-----\nabcd\r\nefgh\n-----END KEY-----\n',
    ['-----BEGIN KEY-----', 'abcd', 'efgh', '-----END KEY-----'],
  ],
  ['the braces of a JSON file', '{\n  "key": "v"\n}', ['  "key": "v"']],
  ['a percent sign, as the runner reads it', '50%0Aoff', ['50%250Aoff']],
  ['none', '', []],
  ['blanks', '  \n ', []],
])('masks %s', (_, value, lines) => {
  expect(maskCommands(value)).toBe(lines.map((line) => `::add-mask::${line}\n`).join(''))
})

it('gives the commands of a value that is at hand, and of no other', async () => {
  const values = openValues({
    env: { A: 'planted' },
    cwd: '/',
    sealed: new Map([['sealed:1', { key_id: '1', encrypted_value: 'YQ==' }]]),
  })
  const of = (source: string) => values.maskCommands({ source, declaredIn: 'a.yaml' })
  expect(await of('env:A')).toBe('::add-mask::planted\n')
  expect(await of('env:B')).toBe('')
  expect(await of('sealed:1')).toBe('')
})

it('looks for no value where they are ignored', async () => {
  const values = openValues({ env: { A: 'planted' }, cwd: '/', resolve: 'ignored' })
  const request = { source: 'env:A', declaredIn: 'a.yaml' }
  expect(await values.available(request)).toEqual({ ok: false, reason: expect.stringContaining('pull request') })
  expect(await values.maskCommands(request)).toBe('')
  expect(values.scrub('planted')).toBe('planted')
})
