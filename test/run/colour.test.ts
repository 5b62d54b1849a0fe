import { expect, it } from 'vitest'
import { showsColour } from '../../src/run/colour.ts'

it.each([
  [{}, true, false, true],
  [{}, false, false, false],
  [{ FORCE_COLOR: '1' }, false, false, true],
  [{ FORCE_COLOR: 'true' }, false, false, true],
  [{ FORCE_COLOR: '' }, false, false, false],
  [{ FORCE_COLOR: '2' }, false, false, true],
  [{ FORCE_COLOR: '3' }, false, false, true],
  [{ FORCE_COLOR: '0' }, true, false, false],
  [{ FORCE_COLOR: 'false' }, true, false, false],
  [{ TERM: 'dumb' }, true, false, false],
  [{ TERM: 'dumb', FORCE_COLOR: '1' }, true, false, true],
  [{ TERM: 'xterm-256color' }, true, false, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false, false],
  [{ NO_COLOR: '1' }, true, false, false],
  [{ NO_COLOR: '' }, true, false, true],
  [{ FORCE_COLOR: '1' }, true, true, false],
])('%j, where people see it: %s, with --no-color: %s', (env, isSeen, isRefused, colour) => {
  expect(showsColour({ env, isSeen, isRefused })).toBe(colour)
})
