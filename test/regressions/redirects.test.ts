import { describe, expect, it } from 'vitest'
import { meddler } from '../support/meddler.ts'
import { type Ran, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = `
organizations:
  acme:
    repositories:
      web: { id: 101, secrets: { KEY: { value: old } } }
      api: { id: 102 }
`
const ENV = { VALUE: 'planted-value' }

interface Meddled {
  readonly ran: Ran
  readonly sandbox: WatchedSandbox
}

/** Runs a command with an interference just before the first request whose path holds `at`. */
async function meanwhile(args: string[], yaml: string, at: RegExp, act: readonly object[][]): Promise<Meddled> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const left = [...act]
  const between = await meddler(sandbox, {
    before: async ({ method, path }) => {
      if (!at.test(`${method} ${path}`)) return
      for (const [request, body] of left.splice(0)) {
        const [asked = '', where = ''] = String(request).split(' ')
        await sandbox.call(asked, where, body)
      }
    },
  })
  const place = await workplace(between, { 'octoform.yaml': `version: 1\norganizations: { acme: { ${yaml} } }\n` }, ENV)
  return { ran: await place.run(args), sandbox }
}

const RENAME = ['PATCH /repos/acme/web' as unknown as object, { name: 'gone' }]

const WRITES = [
  ['a value', 'secrets: { KEY: { value: { env: VALUE } } }', 'PUT /repos/acme/web/actions/secrets/KEY'],
  ['what is deleted', 'secrets: { KEY: absent }', 'DELETE /repos/acme/web/actions/secrets/KEY'],
  ['a setting', 'permissions: { enabled: false }', 'PUT /repos/acme/web/actions/permissions'],
] as const

describe('a repository that is renamed before its write', () => {
  it.each(WRITES)('is not written to: %s', async (_, section, request) => {
    const yaml = `secrets: {}, repositories: { web: { ${section} }, api: { permissions: { enabled: false } } }`
    const args = ['apply', '--auto-approve', '--rotate', '**']
    const flags = section.includes('VALUE') ? args : args.slice(0, 2)
    const { ran, sandbox } = await meanwhile(flags, yaml, new RegExp(`^${request}`), [RENAME])
    expect(ran.code).toBe(1)
    expect(ran.stdout + ran.stderr).toContain('moved since it was read')
    const state = (await sandbox.call('GET', '/_sandbox/state')).body
    // It is as it was, and the others are still written.
    expect(state).toMatchObject({
      organizations: {
        acme: {
          repositories: {
            gone: { secrets: { KEY: { value: 'old' } } },
            api: { permissions: { enabled: false } },
          },
        },
      },
    })
    expect(state).not.toHaveProperty('organizations.acme.repositories.gone.permissions.enabled', false)
  })
})

describe('a repository that is renamed after it was listed', () => {
  const yaml = 'secrets: {}, repositories: { web: { permissions: { enabled: false } } }'

  it('is read by the id that the listing gave', async () => {
    const { ran } = await meanwhile(['plan'], yaml, /^GET \/repos\/acme\/web\/actions\/permissions/, [RENAME])
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('repos/acme/web/permissions') })
  })

  it('is not read where another one has its name by then, which was renamed too', async () => {
    const { ran } = await meanwhile(['plan'], yaml, /^GET \/repos\/acme\/web\/actions\/permissions/, [
      RENAME,
      ['PATCH /repos/acme/api' as unknown as object, { name: 'web' }],
      ['PATCH /repos/acme/web' as unknown as object, { name: 'api-now' }],
    ])
    expect(ran.code).toBe(5)
    expect(ran.stdout + ran.stderr).toContain('moved since it was read')
  })
})
