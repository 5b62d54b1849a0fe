import { describe, expect, it } from 'vitest'
import { SEED, TOKENS } from '../action/world.ts'
import { appKey } from '../support/app-key.ts'
import { loop, PRODUCTS } from './loop.ts'

const OPEN = 'open: octoform: acme could not be compared\n\n'
/** A list that a credential must see all repositories for. */
const EXACT = `version: 1
organizations:
  acme:
    secrets:
      SHARED: { visibility: selected, repositories: [web] }
`
const EXPIRED = { OCTOFORM_TOKEN: 'expired' }

describe.each(PRODUCTS)('a look for drift that cannot read, on %s', (product) => {
  it('with an expired token opens its issue, leaves that of drift, and closes its own once it reads again', async () => {
    const made = await loop(product)
    expect(await made.drift()).toMatchObject({ code: 2 })
    const [drift] = made.issues()
    const ran = await made.drift(EXPIRED)
    expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
    expect(made.issues()).toHaveLength(2)
    expect(made.issues()[0]).toBe(drift)
    expect(made.issues()[1]).toMatch(
      `${OPEN}Whether GitHub differs from what the configuration says of \`acme\` is not known`,
    )
    expect(made.issues()[1]).toMatch(/### Could not be read\n\n```text\norgs\/acme: GET \/meta: 401 /)
    expect(ran.summary).toMatch(
      /^## octoform drift\n\n\*\*The look for drift of a{40} failed: something could not be read\.\*\*/,
    )
    expect(ran.summary).toContain('GET /meta: 401')

    // Told once, however often it fails; and asked once who reads the repository.
    const before = made.sandbox.asked.length
    await made.drift(EXPIRED)
    const paths = made.sandbox.asked.slice(before).map(({ path }) => path)
    const telling = paths.slice(paths.indexOf('/meta'))
    expect(telling.filter((path) => path === '/repos/acme/admin')).toHaveLength(1)
    expect(made.issues()).toHaveLength(2)

    expect(await made.drift()).toMatchObject({ code: 2 })
    expect(made.issues().map((text) => text.split('\n')[0])).toEqual([
      'open: octoform: drift in acme',
      'closed: octoform: acme could not be compared',
    ])
  })

  it('closes its own once nothing is refused, though not enough is seen to compare all, and leaves that of drift', async () => {
    const tokens = { ...TOKENS, narrow: { scopes: ['admin:org'] } }
    const made = await loop(product, { ...SEED, tokens }, EXACT)
    expect(await made.drift()).toMatchObject({ code: 2 })
    const [drift] = made.issues()
    expect(await made.drift(EXPIRED)).toMatchObject({ code: 5 })
    const partly = await made.drift({ OCTOFORM_TOKEN: 'narrow' })
    expect(partly).toMatchObject({ code: 0, stderr: expect.stringContaining('its drift stays as it is') })
    expect(made.issues()).toEqual([drift, expect.stringMatching(/^closed: octoform: acme could not be compared\n/)])
    // And what can still not be read opens it again, whatever else is not seen.
    await made.sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/secrets', status: 403, times: 1 })
    expect(await made.drift({ OCTOFORM_TOKEN: 'narrow' })).toMatchObject({ code: 5 })
    expect(made.issues()).toEqual([drift, expect.stringContaining(OPEN)])
  })

  it.each([
    ['breaks the connection off', { drop: true, times: 9 }, /GET \/meta: \S+ gave no whole answer \(/],
    ['is late', { status: 504, times: 3 }, /GET \/meta: 504/],
  ])('where the server %s opens its issue, too, and closes it afterwards', async (_, fault, reason) => {
    const made = await loop(product)
    await made.sandbox.fault({ method: 'GET', route: '/meta', ...fault })
    const ran = await made.drift()
    expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
    for (const text of [made.issues()[0], ran.summary]) expect(text).toMatch(reason)
    expect(made.issues()).toEqual([expect.stringContaining(OPEN)])
    await made.sandbox.call('DELETE', '/_sandbox/faults')
    expect(await made.drift()).toMatchObject({ code: 2 })
    expect(made.issues().map((text) => text.split('\n')[0])).toEqual([
      'closed: octoform: acme could not be compared',
      'open: octoform: drift in acme',
    ])
  })

  it('where the name of the server is not known says so in summary and log, since no issue can be opened', async () => {
    const made = await loop(product)
    const url = 'https://nowhere.invalid/api/v3'
    const ran = await made.drift({ GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: 'https://nowhere.invalid/api/graphql' })
    expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
    expect(ran.summary).toMatch(/failed: something could not be read\.\*\*/)
    expect(ran.summary).toContain('contents/{path}: no answer`')
    expect(ran.stderr).toMatch(/https:\/\/nowhere\.invalid could not be reached \(getaddrinfo /)
    expect(ran.stderr).toMatch(/The failure could not be reported elsewhere: .*nowhere\.invalid could not be reached/)
    expect(made.sandbox.asked).toEqual([])
  })

  it('where the server fails opens its issue, too', async () => {
    const made = await loop(product)
    await made.sandbox.fault({ method: 'GET', route: '/meta', status: 502, times: 3 })
    expect(await made.drift()).toMatchObject({ code: 5 })
    expect(made.issues()).toEqual([expect.stringMatching(/^open: [^\n]* could not be compared[\s\S]*GET \/meta: 502/)])
  })
})

it('a key of an App that GitHub refuses opens the issue, and so does one that is none', async () => {
  for (const key of [appKey('other').privateKey, 'no key at all']) {
    const made = await loop('ghec')
    const ran = await made.drift({ OCTOFORM_TOKEN: '', OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: key })
    expect(ran.code, ran.stderr).not.toBe(0)
    expect(made.issues(), ran.stderr).toEqual([expect.stringContaining(OPEN)])
    expect(ran.summary).not.toBe('')
  }
})

it('a configuration with errors opens none: the summary says it, and the job is red', async () => {
  const made = await loop('ghec', undefined, 'version: 1\norganizations: { acme: { secretz: {} } }\n')
  const ran = await made.drift()
  expect(ran).toMatchObject({ code: 1, outputs: { failure_reason: 'invalid_configuration' } })
  expect(made.issues()).toEqual([])
  expect(ran.summary).toContain('The look for drift of ')
  expect(ran.summary).toContain('octoform.yaml:2')
})

it('an apply that cannot read tells the merged pull request', async () => {
  const made = await loop('ghec')
  await made.plan()
  await made.merge()
  const ran = await made.apply(EXPIRED)
  expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
  const [, comment = ''] = made.comments()
  expect(comment).toMatch(/^## octoform apply\n\n\*\*The apply of c{40} failed: something could not be read\.\*\*/)
  expect(comment).toContain('GET /meta: 401')
  expect(ran.summary).toContain('GET /meta: 401')
  // And again once it can.
  expect(await made.apply()).toMatchObject({ code: 0 })
  expect(made.comments()).toHaveLength(2)
  expect(made.comments()[1]).toContain('**Applied: 1 added, 1 changed, 1 deleted.**')
})
