import { describe, expect, it } from 'vitest'
import { startLexemes } from '../../src/config/lexemes.ts'
import { readTokens } from '../../src/config/tokens.ts'

function weightOf(text: string): number {
  const lexemes = startLexemes()
  readTokens(text, lexemes)
  return startLexemes().weight - lexemes.weight
}

describe('what a text weighs', () => {
  // Beside its content: the key, its colon, a blank, and the beginning and end of the document.
  const alone = weightOf('a: ')

  it.each([
    ['b', 2],
    ["'b'", 2],
    ['"b"', 2],
    [`"${'b'.repeat(60)}"`, 12],
    [`'${'b'.repeat(60)}'`, 2],
    ['*b', 6],
    ['[]', 5],
    ['{}', 5],
    ['[[]]', 10],
    ['[b,c]', 13],
    ['[-1]', 7],
    ['- b', 7],
    ['- - b', 12],
    ['b\n---', 13],
    ['\n', 5],
    ['# c\n', 6],
    [' \n  b: 1', 12],
    ['\r\n  b:\r\n    c: 1', 21],
    ['b\n', 3],
  ])('%j: %i', (text, weight) => {
    expect(weightOf(`a: ${text}`) - alone).toBe(weight)
  })

  it('is counted over all files, and stops the reading at the word with which it is too much', () => {
    const lexemes = { weight: weightOf('a: [b, c]') + alone + 4, lines: 10 }
    expect(readTokens('a: [b, c]', lexemes).stopped).toBeUndefined()
    expect(readTokens('a: [b, c]', lexemes).stopped).toMatchObject({
      at: 4,
      why: expect.stringContaining('words and signs'),
    })
    expect(readTokens('a\n'.repeat(11), { weight: 40, lines: 10 }).stopped).toMatchObject({ at: 0 })
  })
})
