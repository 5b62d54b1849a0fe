import { describe, expect, it } from 'vitest'
import { readerOf } from '../../src/run/state-of-owner.ts'

describe('readerOf', () => {
  it.each([
    [{ byName: true, widened: false }, 'keeps'],
    [{ byName: true, widened: true }, 'keeps'],
    [{ byName: false, widened: true }, 'keeps'],
    // Thousands of named repositories are listed, and each of their answers is of use once.
    [{ byName: false, widened: false }, 'forgets'],
  ])('%j: %s', (of, expected) => {
    expect(readerOf({ client: 'keeps', fresh: 'forgets' }, of)).toBe(expected)
  })
})
