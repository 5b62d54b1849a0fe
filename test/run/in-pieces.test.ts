import { expect, it } from 'vitest'
import { inPieces } from '../../src/run/in-pieces.ts'

it.each([
  [[]],
  [['a', 'b']],
  [['', '']],
  [Array.from({ length: 3000 }, () => 'x'.repeat(100))],
  [['y'.repeat(200_000), 'z']],
])('fewer parts have the same text', (parts) => {
  const pieces = [...inPieces(parts)]
  expect(pieces.join('')).toBe(parts.join(''))
  expect(pieces.every((piece) => piece.length > 0 && (piece.length < 66_000 || parts.includes(piece)))).toBe(true)
  expect(pieces.length).toBeLessThanOrEqual(Math.ceil(parts.join('').length / 65_536))
})
