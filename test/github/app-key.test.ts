import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import { appKey } from '../../src/github/app-key.ts'
import { appKey as keyPair } from '../support/app-key.ts'

const { privateKey, publicKey } = keyPair('reader')
const pkcs1 = pemOf('pkcs1')
const pkcs8 = pemOf('pkcs8')
const SAME = pkcs8

function pemOf(type: 'pkcs1' | 'pkcs8'): string {
  return createPrivateKey(privateKey).export({ type, format: 'pem' }).toString()
}

function read(key: string, id = '11'): ReturnType<typeof appKey> {
  return appKey({ OCTOFORM_APP_ID: id, OCTOFORM_APP_PRIVATE_KEY: key })
}

it.each([
  ['PKCS#1', pkcs1],
  ['PKCS#8', pkcs8],
  ['with blanks around it', `\n ${pkcs1} \n`],
  ['with line breaks of Windows', pkcs1.replaceAll('\n', '\r\n')],
  ['with line breaks written out', pkcs1.replaceAll('\n', '\\n')],
  ['with line breaks of Windows written out', pkcs8.replaceAll('\n', '\\r\\n')],
  ['in base64', Buffer.from(pkcs1).toString('base64')],
  ['in base64 of several lines', Buffer.from(pkcs8).toString('base64').replace(/.{76}/g, '$&\n')],
])('takes a key %s', (_, text) => {
  const key = read(text)
  expect(createPrivateKey(key?.privateKey ?? '').export({ type: 'pkcs8', format: 'pem' })).toBe(SAME)
})

it.each([
  ['11', 11],
  [' 4711 ', 4711],
  ['Iv23liABC.def', 'Iv23liABC.def'],
])('takes the id %j', (id, expected) => {
  expect(read(pkcs1, id)?.id).toBe(expected)
})

it.each([[{}], [{ OCTOFORM_APP_ID: '', OCTOFORM_APP_PRIVATE_KEY: ' ' }]])('of %j there is no App', (env) => {
  expect(appKey(env)).toBeUndefined()
})

describe('what is not to be used is told without anything of the key', () => {
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  it.each([
    ['no key', '', '11', 'OCTOFORM_APP_ID is set, but not OCTOFORM_APP_PRIVATE_KEY'],
    ['no id', pkcs1, '', 'OCTOFORM_APP_PRIVATE_KEY is set, but not OCTOFORM_APP_ID'],
    ['an id that is none', pkcs1, '11\nx: y', 'OCTOFORM_APP_ID is not the id of a GitHub App'],
    ['its first line alone', '-----BEGIN RSA PRIVATE KEY-----', '11', 'holds no RSA private key'],
    ['the half of it', pkcs1.slice(0, 400), '11', 'holds no RSA private key'],
    ['the public half', publicKey, '11', 'holds no RSA private key'],
    ['another kind', elliptic.export({ type: 'pkcs8', format: 'pem' }).toString(), '11', 'holds no RSA private key'],
    ['something else', 'a-password-instead', '11', 'holds no RSA private key'],
  ])('%s', (_, key, id, says) => {
    expect(() => read(key, id)).toThrow(SetupError)
    expect(() => read(key, id)).toThrow(says)
    const said = (() => {
      try {
        return String(read(key, id))
      } catch (error) {
        return String(error)
      }
    })()
    for (const line of key.split('\n').filter((each) => each.length > 9 && !each.startsWith('---'))) {
      expect(said).not.toContain(line)
    }
  })
})
