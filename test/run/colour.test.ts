import { expect, it } from 'vitest'
import { showsColour } from '../../src/run/colour.ts'

it.each([
  [{}, true, false, true],
  [{}, false, false, false],
  [{ FORCE_COLOR: '1' }, false, false, true],
  [{ FORCE_COLOR: 'true' }, false, false, true],
  [{ FORCE_COLOR: '' }, false, false, false],
  [{ FORCE_COLOR: '0' }, true, false, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false, false],
  [{ NO_COLOR: '1' }, true, false, false],
  [{ NO_COLOR: '' }, true, false, true],
  [{ FORCE_COLOR: '1' }, true, true, false],
])('%j, at a terminal: %s, with --no-color: %s', (env, isTerminal, isRefused, colour) => {
  expect(showsColour({ env, isTerminal, isRefused })).toBe(colour)
})
