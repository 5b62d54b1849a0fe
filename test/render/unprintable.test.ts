import { expect, it } from 'vitest'
import { whyUnprintable } from '../../src/render/unprintable.ts'

it.each([
  ['+ a\n- b\n', undefined, undefined],
  ['+\ta\r\n', undefined, undefined],
  ['+ größer 👩\u200d💻 \ufe0f\n', undefined, undefined],
  ['+ a\rb\n', 'U+000D', 'U+000D'],
  ['+ \u001b[31m\n', 'U+001B', 'U+001B'],
  ['+ \u009b\n', 'U+009B', 'U+009B'],
  ['+ \u202e\n', 'U+202E', 'U+202E'],
  ['+ \u2067\n', 'U+2067', 'U+2067'],
  ['+ \u2028\n', 'U+2028', 'U+2028'],
  ['+ x ##[error]\n', undefined, 'a command'],
  ['  ::error::x\n', undefined, 'a command'],
  ['+ ::error::x\n', undefined, undefined],
])('%j', (text, terminal, log) => {
  for (const [to, expected] of [
    ['terminal', terminal],
    ['log', log],
  ] as const) {
    const why = whyUnprintable(text, to)
    if (expected === undefined) expect(why).toBeUndefined()
    else expect(why).toContain(expected)
  }
})
