import { describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import { type AppCredentials, appCredentials } from '../../src/github/app-credentials.ts'
import { createClient } from '../../src/github/client.ts'
import { openCredentials } from '../../src/github/open-credentials.ts'
import type { Needed } from '../../src/github/permissions-needed.ts'
import { installationAnswer } from '../support/answers.ts'
import { appKey } from '../support/app-key.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, type Reaction, serve } from '../support/scripted-server.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const { privateKey, publicKey } = appKey('reader')
const EXCHANGE = 'POST /app/installations/{installation_id}/access_tokens'
const READS: Needed['permissions'] = { organization_secrets: 'read', metadata: 'read' }
const GRANTED = { ...READS, organization_administration: 'write', organization_plan: 'read' }

const SEED = {
  organizations: {
    acme: { repositories: { web: { id: 101 } }, secrets: { NPM: { visibility: 'all', value: 'x' } } },
    beta: { repositories: { api: { id: 201 } } },
    asleep: {},
    bare: {},
  },
  repositories: { 'octocat/hello': { id: 301 } },
  apps: {
    reader: {
      id: 11,
      private_key_public: publicKey,
      installations: {
        acme: { id: 21, permissions: GRANTED },
        beta: { id: 22, repositories: ['api'], permissions: READS },
        asleep: { id: 23, permissions: READS, suspended: true },
        octocat: { id: 24, permissions: READS },
      },
    },
  },
}

interface Made {
  readonly needs?: (owner: string) => Pick<Needed, 'permissions' | 'optional'> | undefined
  readonly now?: () => number
  readonly id?: number
  readonly key?: string
}

function credentialsAt(baseUrl: string, made: Made = {}): AppCredentials {
  const { needs = () => ({ permissions: READS, optional: {} }), now, id = 11, key = privateKey } = made
  return appCredentials(
    { id, privateKey: key },
    {
      client: (credential) =>
        createClient({
          baseUrl,
          credential,
          tokenFrom: 'OCTOFORM_APP_ID',
          mode: 'token-exchange',
          userAgent: 'octoform/0.0.0-test',
          retryDelaysMs: [],
        }),
      needs,
      ...(now === undefined ? {} : { now }),
    },
  )
}

/** A server that knows one installation, and counts the tokens that it gives. */
async function scripted(react: Partial<Record<'installation' | 'token', Reaction>> = {}, lifetimeMs = 3_600_000) {
  const server = await serve((asked, response) => {
    const isExchange = asked.method === 'POST'
    const own = isExchange ? react.token : react.installation
    if (own !== undefined) own(asked, response)
    else if (isExchange) {
      const expires_at = new Date(Date.now() + lifetimeMs).toISOString()
      answerJson(
        response,
        201,
        { token: `ghs_minted${minted().length}`, expires_at },
        { date: new Date().toUTCString() },
      )
    } else answerJson(response, 200, INSTALLATION)
  })
  const minted = () => server.seen.filter(({ method }) => method === 'POST')
  return { server, minted }
}

const INSTALLATION = {
  id: 21,
  app_slug: 'reader',
  repository_selection: 'all',
  permissions: READS,
  suspended_at: null,
  html_url: 'https://github.example.com/organizations/acme/settings/installations/21',
}

describe('an App on the sandbox', () => {
  it('reads with a token of its installation, limited to what is needed', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const optional = { organization_plan: 'read', members: 'read' } as const
    const credential = await credentialsAt(sandbox.url, { needs: () => ({ permissions: READS, optional }) }).for('ACME')
    expect(credential).toMatchObject({ from: 'OCTOFORM_APP_ID', repositories: 'all', permissions: GRANTED })
    const client = clientFor(sandbox.url, { credential: credential.token, mode: 'read-only' })
    const { body } = await client.request('GET /orgs/{org}/actions/secrets', { org: 'acme' })
    expect(body).toMatchObject({ total_count: 1 })
    const error = await rejection(client.request('GET /orgs/{org}/actions/permissions', { org: 'acme' }))
    expect(error.status, 'the App may, but this token may not').toBe(403)
    expect(sandbox.asked.filter(({ route }) => /installation/.test(route))).toMatchObject([
      { method: 'GET', path: '/orgs/ACME/installation' },
      { method: 'POST', body: { permissions: { ...READS, organization_plan: 'read' } } },
    ])
  })

  it('has another token for each owner, and asks once for each', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const credentials = credentialsAt(sandbox.url)
    const found = await Promise.all(['acme', 'beta', 'Acme', 'octocat'].map((owner) => credentials.for(owner)))
    expect(found.map(({ repositories }) => repositories)).toEqual(['all', 'selected', 'all', 'all'])
    const tokens = await Promise.all([...found, ...found].map((each) => each.token()))
    expect(new Set(tokens).size).toBe(3)
    expect(sandbox.asked.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /orgs/acme/installation',
      'GET /orgs/beta/installation',
      'GET /orgs/octocat/installation',
      'GET /users/octocat/installation',
      'POST /app/installations/21/access_tokens',
      'POST /app/installations/22/access_tokens',
      'POST /app/installations/24/access_tokens',
    ])
  })

  it.each([
    ['bare', {}, 'is not installed on bare', "Have an owner of bare install it, from the App's public page."],
    ['asleep', {}, 'The GitHub App reader is suspended on asleep.', 'can unsuspend it: http'],
    [
      'acme',
      { secrets: 'read', organization_secrets: 'write' },
      'The GitHub App reader lacks a permission on acme: organization_secrets: write, secrets: read.',
      "Add it in the App's settings, under Permissions; then have an owner of acme approve it: http",
    ],
  ] as const)('on %s that needs %j says: %s', async (owner, needed, says, hint) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const credentials = credentialsAt(sandbox.url, { needs: () => ({ permissions: needed, optional: {} }) })
    const error = await rejection(credentials.for(owner))
    expect(error).toMatchObject({ kind: 'forbidden', hint: expect.stringContaining(hint) })
    expect(error.message).toContain(says)
    expect(sandbox.writes(), 'no token is asked for').toEqual([])
  })

  it.each([
    ['another App’s key', { key: appKey('second').privateKey }, 401],
    ['an id that no App has', { id: 4711 }, 404],
  ])('with %s asks whether the two belong together', async (_, made, status) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const error = await rejection(credentialsAt(sandbox.url, made).for('acme'))
    expect(error.kind).toBe('forbidden')
    expect(error.message).toContain('Is OCTOFORM_APP_ID the id of the App that OCTOFORM_APP_PRIVATE_KEY was made for')
    expect(error.message).toContain(`: ${status}`)
  })
})

describe('a token of an App', () => {
  it('is replaced when fewer than five minutes are left, once for all who ask', async () => {
    const { server, minted } = await scripted()
    let minutes = 0
    const credentials = credentialsAt(server.url, { now: () => minutes * 60_000 })
    const { token } = await credentials.for('acme')
    const first = await Promise.all([token(), token(), token()])
    minutes = 54
    expect(await token()).toBe(first[0])
    minutes = 55.2
    const second = await Promise.all([token(), token()])
    expect(new Set(first).size).toBe(1)
    expect(new Set(second)).not.toContain(first[0])
    expect(minted()).toHaveLength(2)
  })

  it('ends by the server’s clock, not ours', async () => {
    const { server, minted } = await scripted({
      token: (_, response) => {
        const body = { token: 'ghs_minted', expires_at: '2001-01-01T01:00:00Z' }
        answerJson(response, 201, body, { date: 'Mon, 01 Jan 2001 00:00:00 GMT' })
      },
    })
    const { token } = await credentialsAt(server.url).for('acme')
    await token()
    await token()
    expect(minted()).toHaveLength(1)
  })

  it('serves to its end where another is not to be had just now', async () => {
    let answers = 0
    const { server } = await scripted({
      token: (_, response) => {
        answers += 1
        if (answers > 1) return answerJson(response, 502, { message: 'later' })
        answerJson(response, 201, { token: 'ghs_first', expires_at: new Date(Date.now() + 3_600_000).toISOString() })
      },
    })
    let minutes = 0
    const { token } = await credentialsAt(server.url, { now: () => minutes * 60_000 }).for('acme')
    expect(await token()).toBe('ghs_first')
    minutes = 58
    expect(await token()).toBe('ghs_first')
    minutes = 61
    expect(await rejection((async () => token())())).toMatchObject({ kind: 'unavailable', status: 502 })
  })

  it.each([
    [422, { message: 'The permissions requested are not granted to this installation.' }, 'forbidden'],
    [403, { message: 'This installation has been suspended' }, 'forbidden'],
    [201, { token: 'two\nlines', expires_at: '2030-01-01T00:00:00Z' }, 'unavailable'],
    [201, { token: 'ghs_good', expires_at: 'soon' }, 'unavailable'],
    [201, {}, 'unavailable'],
  ])('is not had by an answer of %i %j', async (status, body, kind) => {
    const { server } = await scripted({ token: (_, response) => answerJson(response, status, body) })
    const { token } = await credentialsAt(server.url).for('acme')
    expect(await rejection((async () => token())())).toMatchObject({ kind, route: EXCHANGE })
  })

  it('asks for nothing in particular where nobody says what is needed, and for the least where nothing is', async () => {
    const { server, minted } = await scripted()
    await (await credentialsAt(server.url, { needs: () => undefined }).for('acme')).token()
    await (await credentialsAt(server.url, { needs: () => ({ permissions: {}, optional: {} }) }).for('acme')).token()
    expect(minted().map(({ body }) => JSON.parse(body))).toEqual([{}, { permissions: { metadata: 'read' } }])
  })
})

describe('the clock', () => {
  const aheadSeconds = 7200
  const theirs = () => new Date(Date.now() + aheadSeconds * 1000)
  const claims = (header = '') => JSON.parse(Buffer.from(header.split('.')[1] ?? '', 'base64url').toString())

  it('of GitHub is taken, once, where it finds the times of a token wrong', async () => {
    const { server } = await scripted({
      installation: ({ headers }, response) => {
        const { exp } = claims(headers.authorization)
        if (exp * 1000 > theirs().getTime()) return answerJson(response, 200, INSTALLATION)
        const message = "'Expiration time' claim ('exp') must be a numeric value representing the future time"
        answerJson(response, 401, { message }, { date: theirs().toUTCString() })
      },
    })
    const credentials = credentialsAt(server.url)
    await (await credentials.for('acme')).token()
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
    const exchanged = claims(server.seen[2]?.headers.authorization)
    expect(Math.abs(exchanged.iat + 30 - theirs().getTime() / 1000), 'it is remembered').toBeLessThan(5)
  })

  it.each([
    ['a clock that does not help', "'Issued at' claim ('iat') must be an Integer", 2],
    ['another reason', 'A JSON web token could not be decoded', 1],
  ])('is not asked again and again: %s', async (_, message, times) => {
    const { server } = await scripted({ installation: (_, response) => answerJson(response, 401, { message }) })
    expect((await rejection(credentialsAt(server.url).for('acme'))).status).toBe(401)
    expect(server.seen).toHaveLength(times)
  })
})

describe('nothing of an answer is followed', () => {
  it('no URL in it, no redirect', async () => {
    const evil = await serve((_, response) => answerJson(response, 200, {}))
    const urls = { access_tokens_url: `${evil.url}/token`, html_url: `${evil.url}/page`, repositories_url: evil.url }
    const { server } = await scripted({
      installation: (_, response) => answerJson(response, 200, { ...INSTALLATION, ...urls }),
      token: (_, response) => response.writeHead(307, { location: `${evil.url}/token` }).end(),
    })
    const { token } = await credentialsAt(server.url).for('acme')
    expect(await rejection((async () => token())())).toMatchObject({ kind: 'unavailable', status: 307 })
    expect(evil.seen).toEqual([])
  })

  it.each([[{}], [[]], [{ id: '21' }]])('an installation that is none: %j', async (body) => {
    const { server } = await scripted({ installation: (_, response) => answerJson(response, 200, body) })
    expect(await rejection(credentialsAt(server.url).for('acme'))).toMatchObject({ kind: 'unavailable' })
  })

  it.each(['id', 'permissions', 'repository_selection', 'app_slug'])(
    'what it does not say is not guessed: %s',
    async (field) => {
      const answer = { ...installationAnswer(21), [field]: undefined }
      const { server } = await scripted({ installation: (_, response) => answerJson(response, 200, answer) })
      const error = await rejection(credentialsAt(server.url).installation('acme'))
      expect(error).toMatchObject({ kind: 'unavailable' })
      expect(error.message).toContain(`the answer has no ${field}. This is not GitHub's JSON`)
    },
  )
})

describe('what the environment gives', () => {
  const options = { client: () => clientFor('http://127.0.0.1:9'), needs: () => undefined }
  const app = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey }

  it('an App goes before any token', async () => {
    const { server } = await scripted()
    const client = () => clientFor(server.url, { mode: 'token-exchange' })
    const credentials = openCredentials({ ...app, OCTOFORM_TOKEN: 'x' }, { ...options, client })
    expect((await credentials.for('acme')).from).toBe('OCTOFORM_APP_ID')
  })

  it('a token has no installation', async () => {
    const credentials = openCredentials({ OCTOFORM_TOKEN: 'x' }, options)
    expect((await credentials.for('acme')).from).toBe('OCTOFORM_TOKEN')
    expect(await credentials.installation('acme')).toBeUndefined()
  })

  it('half of an App is an error, also beside a token', () => {
    expect(() => openCredentials({ OCTOFORM_APP_ID: '11', OCTOFORM_TOKEN: 'x' }, options)).toThrow(SetupError)
  })
})
