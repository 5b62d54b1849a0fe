import { describe, expect, it } from 'vitest'
import { appKey } from '../support/app-key.ts'
import { actionsEnv, pullRequest, REPOSITORY } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
organizations:
  acme:
    permissions: { enabled_repositories: none }
    secrets: { MISSING: { visibility: all, value: { env: MISSING } } }
`
const { privateKey, publicKey } = appKey('octoform')
const APP = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey }
const WORKFLOW = { GITHUB_TOKEN: 'token-of-the-workflow' }
const ISSUE = ['drift', '--issue', 'acme/admin']

async function home(more: object = {}): Promise<WatchedSandbox> {
  return watchedSandbox({
    seed: {
      organizations: { acme: { repositories: { admin: { branches: { main: 'a'.repeat(40) } } } } },
      tokens: { 'token-of-an-owner': {}, owner: {}, 'token-of-the-workflow': { workflow: 'acme/admin' } },
      ...more,
    },
  })
}

async function issuesIn(sandbox: WatchedSandbox): Promise<readonly string[]> {
  const { body } = await sandbox.call('GET', '/repos/acme/admin/issues?state=all')
  return (body as { state: string; title: string }[]).map(({ state, title }) => `${state}: ${title}`)
}

it('an App that is not installed on the one owner is told of by an issue', async () => {
  const sandbox = await home({ apps: { octoform: { id: 11, private_key_public: publicKey, installations: {} } } })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { ...WORKFLOW, ...APP })
  expect(await place.run(ISSUE)).toMatchObject({ code: 5 })
  expect(await issuesIn(sandbox)).toEqual(['open: octoform: acme could not be compared'])
})

it('a run that looks at a part closes no issue about the rest', async () => {
  const sandbox = await home()
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, WORKFLOW)
  expect(await place.run(ISSUE)).toMatchObject({ code: 2 })
  const told = ['open: octoform: drift in acme']
  expect(await issuesIn(sandbox)).toEqual(told)
  const partly = await place.run([...ISSUE, '--target', 'orgs/acme/runner_groups/*'])
  expect(partly).toMatchObject({ code: 1, stderr: expect.stringContaining('leave out --target') })
  expect(await issuesIn(sandbox)).toEqual(told)
})

it('an issue of a person who is called like the App hides none of the App', async () => {
  const sandbox = await home()
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, WORKFLOW)
  await place.run(ISSUE)
  const foreign = {
    number: 9,
    state: 'open',
    title: 'hello',
    body: 'hello',
    user: { login: 'github-actions', type: 'User' },
  }
  const { body } = await sandbox.call('GET', '/repos/acme/admin/issues?state=all')
  const [own] = body as object[]
  // GitHub filters by a name without `[bot]`, and a person has it.
  await sandbox.fault({
    method: 'GET',
    route: '/repos/{owner}/{repo}/issues',
    status: 200,
    body: [{ ...own, ...foreign }],
  })
  expect(await place.run(ISSUE)).toMatchObject({ code: 2 })
  expect(await issuesIn(sandbox)).toEqual(['open: octoform: drift in acme'])
})

describe('on an event that carries a pull request', () => {
  const EMPTY = 'version: 1\norganizations: { acme: { permissions: { enabled_repositories: all } } }\n'

  async function onPull(): Promise<Record<string, string>> {
    const payload = { ...REPOSITORY, pull_request: pullRequest('acme/admin') }
    return actionsEnv({ event: 'pull_request', payload, env: { GITHUB_REF: 'refs/pull/7/merge' } })
  }

  it('a configuration that asks for nothing closes no issue about drift', async () => {
    const sandbox = await home()
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, WORKFLOW)
    await place.run(ISSUE)
    await place.write('octoform.yaml', EMPTY)
    const ran = await place.run(ISSUE, { env: await onPull() })
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('the issues about drift stay as they are') })
    expect(await issuesIn(sandbox)).toEqual(['open: octoform: drift in acme'])
  })

  it('the ledger records nothing', async () => {
    const sandbox = await home()
    const shared = 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': YAML + shared }, WORKFLOW)
    const ran = await place.run(['ledger', 'adopt', '**/secrets/*'], { env: await onPull() })
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('The ledger records what was merged') })
    expect(sandbox.asked).toEqual([])
  })
})
