import { describe, expect, it } from 'vitest'
import { codespacesSecrets } from '../../src/families/codespaces-secrets/index.ts'
import { families } from '../../src/families/index.ts'
import { testAccess } from '../support/access-cases.ts'
import { appKey } from '../support/app-key.ts'
import { workplace } from '../support/octoform.ts'
import { settled, testSecretRequests } from '../support/secret-requests.ts'
import {
  acmeYaml,
  seedBesideActions,
  testBesideActions,
  testLackedByServer,
} from '../support/secrets-beside-actions.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === codespacesSecrets.name) ?? expect.unreachable()
const ORG = { family, facts: settled }
const seed = seedBesideActions('codespaces_secrets')

testAccess(ORG, ['env:A', 'env:B'])
testSecretRequests(ORG, 'codespaces')

describe('on the sandbox', () => {
  testBesideActions('codespaces', ['ghec', 'dotcom'])
  testLackedByServer('codespaces', ['ghes-3.4', 'ghes-3.19'])

  it('100 are the most, which is counted before a request', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `S${index}: { visibility: all, value: { env: V } }`)
    const place = await workplace(
      { url: 'http://127.0.0.1:9' },
      acmeYaml(`codespaces_secrets: { ${names.join(', ')} }`),
    )
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/101.*100/)
  })
})

describe('the credential', () => {
  const { privateKey, publicKey } = appKey('octoform')
  const env = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey, OCTOFORM_TOKEN: '' }
  const permissions = { metadata: 'read', codespaces_secrets: 'write', organization_codespaces_secrets: 'write' }
  const REPOSITORY = 'repositories: { web: { codespaces_secrets: { KEY: { value: { env: V } } } } }'

  async function withApp(granted: object, body: string) {
    const apps = {
      octoform: { id: 11, private_key_public: publicKey, installations: { acme: { id: 21, permissions: granted } } },
    }
    const sandbox = await watchedSandbox({ seed: { ...seed, product: 'ghec', apps } })
    return { sandbox, place: await workplace(sandbox, acmeYaml(body), { V: 'planted-new', ...env }) }
  }

  it('of a repository may be an App, which must be able to write even to read', async () => {
    const { place } = await withApp(permissions, REPOSITORY)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
    const reader = await withApp({ ...permissions, codespaces_secrets: 'read' }, REPOSITORY)
    const doctor = await reader.place.run(['doctor', '--for', 'plan'])
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringContaining('codespaces_secrets: write') })
    const refused = await reader.place.run(['plan'])
    expect(refused.code).toBe(5)
    expect(refused.stdout + refused.stderr).toContain('lacks a permission on acme: codespaces_secrets: write.')
  })

  it('of an organization is no App, which doctor, plan and import say', async () => {
    const { place, sandbox } = await withApp(permissions, 'codespaces_secrets: { NPM: {} }')
    const doctor = await place.run(['doctor', '--for', 'plan'])
    expect(doctor).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('organization_codespaces_secrets: read. GitHub admits no App to it: use a token'),
    })
    const planned = await place.run(['plan'])
    expect(planned.code).toBe(5)
    expect(planned.stdout + planned.stderr).toContain('GitHub admits no App to it: use a token of a person')
    const imported = await place.run(['import', 'orgs/acme'])
    expect(imported).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('codespaces_secrets is left out: GitHub admits no App to it'),
    })
    expect(sandbox.asked.filter(({ status }) => status === 403).map(({ route }) => route)).toEqual([
      '/orgs/{org}/codespaces/secrets',
    ])
  })

  it('of an organization may be a fine-grained token', async () => {
    const granted = { token: { permissions } }
    const sandbox = await watchedSandbox({ seed: { ...seed, product: 'ghec', tokens: granted } })
    const place = await workplace(sandbox, acmeYaml('codespaces_secrets: { NPM: { repositories: [api] } }'))
    expect((await place.run(['apply', '--auto-approve'], { env: { OCTOFORM_TOKEN: 'token' } })).code).toBe(0)
  })
})
