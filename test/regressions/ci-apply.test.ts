import { expect, it } from 'vitest'
import { appKey } from '../support/app-key.ts'
import { sampledByKind } from '../support/by-night.ts'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
organizations: { acme: { permissions: { allowed_actions: local_only } } }
`
const APPLY = ['apply', '--auto-approve']
const WORKFLOW = { GITHUB_TOKEN: 'token-of-the-workflow' }

function seedOf(admin: object = {}): object {
  return {
    product: 'ghec',
    organizations: { acme: { repositories: { admin: { branches: { main: TIP }, ...admin } } } },
    tokens: { owner: {}, 'token-of-an-owner': {}, 'token-of-the-workflow': { workflow: 'acme/admin' } },
  }
}

it('an owner without the App does not keep `--allow incomplete` from applying the others', async () => {
  const { privateKey, publicKey } = appKey('octoform')
  const permissions = { metadata: 'read', organization_administration: 'write', organization_plan: 'read' }
  const app = { id: 11, private_key_public: publicKey, installations: { second: { permissions } } }
  const sandbox = await watchedSandbox({ seed: { organizations: { first: {}, second: {} }, apps: { octoform: app } } })
  const owner = '{ permissions: { enabled_repositories: none } }'
  const yaml = `version: 1\norganizations:\n  first: ${owner}\n  second: ${owner}\n`
  const env = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey }
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, env)
  const ran = await place.run([...APPLY, '--allow', 'incomplete'])
  expect(ran).toMatchObject({ code: 5, stdout: expect.stringContaining('Applied: 0 added, 1 changed, 0 deleted.') })
  expect(sandbox.writes().at(-1)).toBe('PUT /orgs/second/actions/permissions')
})

it('a configuration for another server sends nothing, not even to ask for the default branch', async () => {
  const sandbox = await watchedSandbox({ seed: seedOf() })
  const env = await actionsEnv({ event: 'schedule', payload: { schedule: '0 6 * * *' }, env: WORKFLOW })
  const elsewhere = 'github: { api_url: "https://github.example.com/api/v3" }\n'
  const place = await workplace(sandbox, { 'octoform.yaml': YAML + elsewhere }, env)
  expect(await place.run(APPLY)).toMatchObject({ code: 1, stderr: expect.stringContaining('github.api_url is') })
  expect(sandbox.asked).toEqual([])
})

it('names the permission without which nobody knows whether the holder of the lock has ended', async () => {
  const run = { repository: 'acme/other', run_id: '99', run_attempt: 1, url: 'https://github.example.com/acme/other' }
  const holder = { actor: 'mona', host: 'runner', run }
  const then = '2026-01-01T00:00:00Z'
  const lock = { format_version: '1.0', state: 'held', nonce: 'n', holder, since: then, heartbeat: then }
  const files = { main: { 'README.md': 'code' }, octoform: { 'ledger.json.lock.json': JSON.stringify(lock) } }
  const sandbox = await watchedSandbox({ seed: seedOf({ branches: {}, files }) })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, WORKFLOW)
  const ran = await place.run(APPLY)
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('it needs `actions: read` there') })
  expect(sandbox.writes()).toEqual([])
})

it.each([
  ['drop', { drop: true }],
  ['answer lost', { after: true, drop: true }],
  ['refused', { status: 403, body: { message: 'Forbidden' } }],
])('whichever request fails (%s), the lock is free afterwards and the next run ends what is left', async (_, fault) => {
  const alone = await watchedSandbox({ seed: seedOf() })
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY, env: WORKFLOW })
  expect(await (await workplace(alone, { 'octoform.yaml': YAML }, env)).run(APPLY)).toMatchObject({ code: 0 })
  const held = alone.asked.findIndex(({ route }) => route.includes('/git/refs')) + 1
  // The last is the release; its refusal has no remedy.
  const requests = [...alone.asked.entries()].slice(held, -1)
  // By day each route and file once.
  const tried = sampledByKind(requests, ([, { method, path }]) => [`${method} ${path}`])
  const tries = tried.map(async ([index]) => {
    const nth = index + 1
    const sandbox = await watchedSandbox({ seed: seedOf() })
    await sandbox.fault({ nth, ...fault })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, env)
    await place.run(APPLY)
    const { body } = await sandbox.call('GET', '/repos/acme/admin/contents/ledger.json.lock.json?ref=octoform')
    const { content } = body as { content: string }
    const request = `request ${nth}, ${alone.asked[nth - 1]?.method} ${alone.asked[nth - 1]?.path}`
    expect(JSON.parse(Buffer.from(content, 'base64').toString()), request).toMatchObject({ state: 'free' })
    expect(await place.run(APPLY), request).toMatchObject({ code: 0 })
    expect(await place.plan(), request).toMatchObject({ changes: [] })
  })
  await Promise.all(tries)
})
