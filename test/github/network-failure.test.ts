import { expect, it } from 'vitest'
import { failureOf, NetworkError } from '../../src/github/network-failure.ts'

const URL_ = new URL('https://ghe.example.com/api/v3/meta')

function failed(message: string, facts: { code?: string; syscall?: string } = {}): Error {
  return new NetworkError(Object.assign(new Error(message), facts))
}

const BOTH = new AggregateError([
  Object.assign(new Error('connect ECONNREFUSED ::1:9'), { code: 'ECONNREFUSED', syscall: 'connect' }),
])

it.each<[Error, string, string]>([
  [
    failed('getaddrinfo ENOTFOUND ghe.example.com', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
    'unreached',
    'https://ghe.example.com could not be reached (getaddrinfo ENOTFOUND ghe.example.com)',
  ],
  [
    failed('getaddrinfo EAI_AGAIN ghe.example.com', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
    'unreached',
    'https://ghe.example.com could not be reached (getaddrinfo EAI_AGAIN ghe.example.com)',
  ],
  [
    failed('connect ECONNREFUSED 10.0.0.1:443', { code: 'ECONNREFUSED', syscall: 'connect' }),
    'unreached',
    'https://ghe.example.com could not be reached (connect ECONNREFUSED 10.0.0.1:443)',
  ],
  [new NetworkError(BOTH), 'unreached', 'https://ghe.example.com could not be reached (connect ECONNREFUSED ::1:9)'],
  [
    failed('connect ETIMEDOUT 10.0.0.1:443', { code: 'ETIMEDOUT', syscall: 'connect' }),
    'unreached',
    'https://ghe.example.com could not be reached (connect ETIMEDOUT 10.0.0.1:443)',
  ],
  [
    failed('Connect Timeout Error', { code: 'UND_ERR_CONNECT_TIMEOUT' }),
    'unreached',
    'https://ghe.example.com could not be reached (Connect Timeout Error, UND_ERR_CONNECT_TIMEOUT)',
  ],
  [
    failed('wrong version number', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
    'unreached',
    'https://ghe.example.com could not be reached (wrong version number, ERR_SSL_WRONG_VERSION_NUMBER)',
  ],
  [
    failed('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'distrusted',
    'the certificate of https://ghe.example.com is not trusted (self-signed certificate, DEPTH_ZERO_SELF_SIGNED_CERT)',
  ],
  [
    failed('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' }),
    'broken',
    'ghe.example.com gave no whole answer (read ECONNRESET)',
  ],
  [
    failed('other side closed', { code: 'UND_ERR_SOCKET' }),
    'broken',
    'ghe.example.com gave no whole answer (other side closed, UND_ERR_SOCKET)',
  ],
  [
    Object.assign(new Error('late'), { name: 'TimeoutError' }),
    'late',
    'ghe.example.com gave no whole answer within 60 s',
  ],
])('%s: %s', (error, kind, words) => {
  const failure = failureOf(error, 60_000)
  expect(failure).toMatchObject({ kind })
  expect(failure?.words(URL_)).toBe(words)
})

it.each([[new Error('bug')], [new TypeError('bug')], ['bug']])('%s is none of the network', (error) => {
  expect(failureOf(error, 1)).toBeUndefined()
})
