import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import type { LedgerKeys } from '../../src/secrets/ledger-keys.ts'

const TEXT = Buffer.from('planted-ledger-key-of-32-bytes!!').toString('base64')

async function keysOf(text: string): Promise<LedgerKeys> {
  const keys = await deriveKeys(text)
  if (keys === undefined) throw new Error('no keys')
  return keys
}

describe('deriveKeys', () => {
  it.each([undefined, '', '  \n'])('counts %j as none', async (text) => {
    expect(await deriveKeys(text)).toBeUndefined()
  })

  it('takes what openssl prints, line end and all', async () => {
    expect((await keysOf(`${TEXT}\n`)).id).toBe((await keysOf(TEXT)).id)
  })

  it.each([
    ['31 bytes', Buffer.alloc(31, 1).toString('base64')],
    ['33 bytes', Buffer.alloc(33, 1).toString('base64')],
    ['no padding', TEXT.replaceAll('=', '')],
    ['base64url', Buffer.alloc(32, 0xff).toString('base64url')],
    ['hexadecimal', Buffer.alloc(32, 1).toString('hex')],
    ['a passphrase', 'planted correct horse battery staple'],
    ['two keys', `${TEXT} ${TEXT}`],
    ['bits to spare', `${TEXT.slice(0, -2)}B=`],
  ])('refuses %s without repeating it', async (_what, text) => {
    const deriving = deriveKeys(text)
    await expect(deriving).rejects.toThrow('OCTOFORM_LEDGER_KEY is not a ledger key: it must be 32 bytes in base64')
    await expect(deriving).rejects.not.toThrow(text)
  })

  it('derives an id that reveals nothing and tells keys apart', async () => {
    const keys = await keysOf(TEXT)
    expect(keys.id).toMatch(/^[0-9a-f]{32}$/)
    expect(keys.id).not.toBe((await keysOf(Buffer.alloc(32, 2).toString('base64'))).id)
    const bytes = Buffer.from(TEXT, 'base64')
    for (const algorithm of ['sha256', 'sha512', 'blake2b512']) {
      expect(createHash(algorithm).update(bytes).digest('hex')).not.toContain(keys.id)
    }
    expect(inspect(keys, { depth: 9, showHidden: true })).not.toContain('planted')
  })
})

describe('hashes', () => {
  const name = fc.string({ maxLength: 12 })
  const triple = fc.tuple(name, name, fc.uint8Array({ maxLength: 12 }))

  it('the fingerprint differs where host, address or value differ, and only there', async () => {
    const keys = await keysOf(TEXT)
    const of = ([host, address, value]: [string, string, Uint8Array]) => keys.fingerprint(host, address, value)
    const same = (left: [string, string, Uint8Array], right: [string, string, Uint8Array]) =>
      left[0] === right[0] && left[1] === right[1] && Buffer.compare(left[2], right[2]) === 0
    fc.assert(
      fc.property(triple, triple, (left, right) => {
        expect(of(left) === of(right)).toBe(same(left, right))
        expect(of(left)).toBe(of([left[0], left[1], Uint8Array.from(left[2])]))
      }),
    )
  })

  it('no text can move from one field into the next', async () => {
    const keys = await keysOf(TEXT)
    const print = (...[host, address, value]: [string, string, string]) =>
      keys.fingerprint(host, address, Buffer.from(value))
    expect(print('a', 'bc', 'd')).not.toBe(print('ab', 'c', 'd'))
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 20 }), fc.nat(), fc.nat(), (text, first, second) => {
        const at = first % (text.length + 1)
        const other = second % (text.length + 1)
        fc.pre(at !== other)
        const cut = (place: number): [string, string, string] => [text.slice(0, place), text.slice(place), 'v']
        expect(print(...cut(at))).not.toBe(print(...cut(other)))
        expect(keys.mac(cut(at))).not.toBe(keys.mac(cut(other)))
      }),
    )
  })

  it('an absent field is not an empty one, and the two hashes have keys of their own', async () => {
    const keys = await keysOf(TEXT)
    expect(keys.mac(['a', undefined])).not.toBe(keys.mac(['a', '']))
    expect(keys.mac(['a'])).not.toBe(keys.mac(['a', undefined]))
    expect(keys.mac(['h', 'a', 'v'])).not.toBe(keys.fingerprint('h', 'a', Buffer.from('v')))
    const others = await keysOf(Buffer.alloc(32, 3).toString('base64'))
    expect(keys.fingerprint('h', 'a', Buffer.from('v'))).not.toBe(others.fingerprint('h', 'a', Buffer.from('v')))
  })
})
