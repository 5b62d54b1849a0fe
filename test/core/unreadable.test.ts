import { describe, expect, it } from 'vitest'
import { whyUnreadable } from '../../src/core/unreadable.ts'

describe('why a file cannot be read', () => {
  it.each([
    ['ENOENT', 'there is no such file'],
    ['ENOTDIR', 'there is no such file: what it should lie in is not a folder'],
    ['EACCES', 'this user may not'],
    ['EPERM', 'this user may not'],
    ['EISDIR', 'it is a folder'],
    ['ELOOP', 'it is a link that leads nowhere'],
    ['ENAMETOOLONG', 'its name is too long'],
    ['ERR_INVALID_ARG_VALUE', 'no file can have this name'],
    ['EIO', 'the system says EIO'],
  ])('%s', (code, words) => {
    expect(whyUnreadable(Object.assign(new Error(`${code}: quoted path`), { code }))).toBe(words)
  })

  it('has words for what is no error of the system', () => {
    expect(whyUnreadable(new Error('quoted path'))).toBe('for an unknown reason')
    expect(whyUnreadable('text')).toBe('for an unknown reason')
  })
})
