import { describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import type { Answer } from '../../src/github/answer.ts'
import {
  apiVersion,
  assumedProduct,
  type OwnerFacts,
  ownerProduct,
  readOwner,
  type ServerProduct,
  serverProduct,
} from '../../src/github/product.ts'
import { META } from '../support/answers.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

function meta(version: string | undefined, body: unknown = {}): Answer {
  const headers: Record<string, string> = version === undefined ? {} : { 'x-github-enterprise-version': version }
  return { status: 200, headers, body, date: undefined }
}

describe('serverProduct', () => {
  it.each([
    ['neither', meta(undefined), 'cloud'],
    ['an empty header', meta(''), 'cloud'],
    ['an installed_version that is no text', meta(undefined, { installed_version: 3 }), 'cloud'],
    ['the header', meta('3.12.4'), 'ghes-3.12'],
    ['the header of a candidate', meta('3.20.0.rc1'), 'ghes-3.20'],
    ['the header with a name', meta('enterprise-server@2.22.0'), 'ghes-2.22'],
    ['the header before the body', meta('3.7.1', { installed_version: '3.6.0' }), 'ghes-3.7'],
    ['installed_version', meta(undefined, { installed_version: '2.22.0' }), 'ghes-2.22'],
    ['the name of GitHub AE in the header', meta('GitHub AE'), 'ghae'],
  ])('%s', (_, answer, expected) => {
    expect(serverProduct(answer)).toBe(expected)
  })

  it.each([['banana', 'version "banana", which octoform does not know']])('refuses %s', (version, says) => {
    expect(() => serverProduct(meta(version))).toThrow(SetupError)
    expect(() => serverProduct(meta(version))).toThrow(says)
  })

  it('is found out by GET /meta', async () => {
    const server = await serve((_, response) => answerJson(response, 200, { ...META, installed_version: '3.19.0' }))
    const client = clientFor(`${server.url}/api/v3`, { mode: 'read-only' })
    expect(serverProduct(await client.request('GET /meta', {}))).toBe('ghes-3.19')
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/v3/meta'])
  })
})

it.each<[ServerProduct, string | undefined]>([
  ['cloud', '2022-11-28'],
  ['ghae', undefined],
  ['ghes-2.22', undefined],
  ['ghes-3.8', undefined],
  ['ghes-3.9', '2022-11-28'],
  ['ghes-3.10', '2022-11-28'],
  ['ghes-4.0', '2022-11-28'],
])('the API version that %s is sent is %s', (server, version) => {
  expect(apiVersion(server)).toBe(version)
})

describe('ownerProduct', () => {
  const person: OwnerFacts = { id: 1, login: 'octocat', type: 'personal' }
  const org = (plan?: string): OwnerFacts => ({
    id: 2,
    login: 'acme',
    type: 'organization',
    ...(plan === undefined ? {} : { plan }),
  })

  it.each<[ServerProduct, OwnerFacts, string | undefined, 'declared' | 'none', string]>([
    ['ghes-3.12', org(), undefined, 'none', 'ghes-3.12'],
    ['ghes-3.12', person, 'ghes-3.12', 'none', 'ghes-3.12'],
    ['ghae', org('enterprise'), undefined, 'none', 'ghae'],
    ['ghae', org(), 'ghae', 'none', 'ghae'],
    ['ghae', org(), 'ghae-2021', 'none', 'ghae-2021'],
    ['ghae', person, 'ghae-2021', 'declared', 'ghae-2021'],
    ['cloud', person, undefined, 'none', 'dotcom'],
    ['cloud', person, undefined, 'declared', 'dotcom'],
    ['cloud', org('enterprise'), undefined, 'none', 'ghec'],
    ['cloud', org('enterprise'), 'ghec', 'none', 'ghec'],
    ['cloud', org('team'), undefined, 'none', 'dotcom'],
    ['cloud', org('team'), 'dotcom', 'none', 'dotcom'],
    ['cloud', org('team'), undefined, 'declared', 'ghec'],
    ['cloud', org(), undefined, 'none', 'ghec'],
    ['cloud', org(), undefined, 'declared', 'ghec'],
    ['cloud', org(), 'ghec', 'none', 'ghec'],
    ['cloud', org(), 'dotcom', 'none', 'dotcom'],
  ])('%s, %j, configured %s, enterprises %s: %s', (server, owner, configured, enterprises, expected) => {
    expect(ownerProduct(server, owner, { configured, enterprises })).toBe(expected)
  })

  it.each<[ServerProduct, OwnerFacts, string, string]>([
    ['ghes-3.12', org(), 'ghes-3.19', 'the server is ghes-3.12'],
    ['ghes-3.12', org(), 'ghec', 'the server is ghes-3.12'],
    ['cloud', org(), 'ghes-3.12', "the server is GitHub's cloud"],
    ['cloud', org(), 'ghae', "the server is GitHub's cloud"],
    ['cloud', org(), 'ghae-2021', "the server is GitHub's cloud"],
    ['ghes-3.4', org(), 'ghae-2021', 'the server is ghes-3.4'],
    ['ghae', org(), 'ghes-3.4', 'the server is GitHub AE (ghae or ghae-2021)'],
    ['ghae', person, 'dotcom', 'the server is GitHub AE (ghae or ghae-2021)'],
    ['cloud', org('team'), 'ghec', 'acme has the plan team (dotcom)'],
    ['cloud', org('enterprise'), 'dotcom', 'acme has the plan enterprise (ghec)'],
    ['cloud', person, 'ghec', 'octocat is a personal account (dotcom)'],
  ])('%s, %j: github.product %s is a contradiction', (server, owner, configured, says) => {
    const ask = () => ownerProduct(server, owner, { configured, enterprises: 'none' })
    expect(ask).toThrow(SetupError)
    expect(ask).toThrow(`github.product is ${configured}, but ${says}`)
  })
})

it('names the option that says another product than the server', () => {
  const owner: OwnerFacts = { id: 2, login: 'acme', type: 'organization' }
  const asked = { configured: 'ghae-2021', from: '--product', enterprises: 'none' } as const
  expect(() => ownerProduct('ghes-3.4', owner, asked)).toThrow('--product is ghae-2021, but the server is ghes-3.4')
})

it.each<[ServerProduct, string | undefined, string]>([
  ['ghes-3.12', undefined, 'ghes-3.12'],
  ['ghes-3.12', 'ghae', 'ghes-3.12'],
  ['ghae', undefined, 'ghae'],
  ['ghae', 'ghae-2021', 'ghae-2021'],
  ['ghae', 'ghec', 'ghae'],
  ['cloud', undefined, 'ghec'],
  ['cloud', 'dotcom', 'dotcom'],
  ['cloud', 'ghae-2021', 'ghec'],
])('of %s alone, configured as %s, %s is known', (server, configured, product) => {
  expect(assumedProduct(server, configured)).toBe(product)
})

describe('readOwner', () => {
  const ACME = { id: 2, login: 'Acme', type: 'Organization' }

  it('reads a declared organization in one request', async () => {
    const server = await serve((_, response) => answerJson(response, 200, { ...ACME, plan: { name: 'team' } }))
    expect(await readOwner(clientFor(server.url), 'acme', 'organization')).toEqual({
      id: 2,
      login: 'Acme',
      type: 'organization',
      plan: 'team',
    })
    expect(server.seen.map(({ path }) => path)).toEqual(['/orgs/acme'])
  })

  /** An organization answers 404 where it is not shown, and an account that is none always does. */
  const accounts = (type: string, organization: number) =>
    serve(({ path }, response) =>
      path.startsWith('/orgs/') && organization !== 200
        ? answerJson(response, organization, { message: 'no' })
        : answerJson(response, 200, { ...ACME, type }),
    )

  it.each([
    ['Organization', 200, ['/orgs/acme'], { id: 2, login: 'Acme', type: 'organization' }],
    ['User', 404, ['/orgs/acme', '/users/acme'], { id: 2, login: 'Acme', type: 'personal' }],
  ])('finds out that the owner of a repository is of type %s', async (type, organization, paths, expected) => {
    const server = await accounts(type, organization)
    expect(await readOwner(clientFor(server.url), 'acme', 'repository')).toEqual(expected)
    expect(server.seen.map(({ path }) => path)).toEqual(paths)
  })

  it.each([
    ['Organization', 404, 2],
    ['User', 403, 1],
  ])('takes no %s for a person that answers %i as an organization', async (type, organization, requests) => {
    const server = await accounts(type, organization)
    const error = await rejection(readOwner(clientFor(server.url), 'acme', 'repository'))
    expect(error).toMatchObject({ status: organization })
    expect(server.seen).toHaveLength(requests)
  })

  it('fails where there is none', async () => {
    const server = await serve((_, response) => answerJson(response, 404, { message: 'Not Found' }))
    const error = await rejection(readOwner(clientFor(server.url), 'acme', 'organization'))
    expect(error).toMatchObject({ kind: 'forbidden', status: 404 })
  })

  it.each([[{ login: 'acme' }], [{ id: '2', login: 'acme' }], [[]]])('does not believe %j', async (body) => {
    const server = await serve((_, response) => answerJson(response, 200, body))
    const error = await rejection(readOwner(clientFor(server.url), 'acme', 'organization'))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain("This is not GitHub's JSON")
  })
})
