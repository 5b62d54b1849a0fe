import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = `
organizations:
  acme:
    repositories: { web: {}, api: {}, infra: {}, hidden: {} }
    permissions: { enabled_repositories: selected, repositories: [web, infra, hidden], allowed_actions: all }
    secrets: { TOKEN: { visibility: selected, repositories: [web, hidden], value: x } }
    runner_groups: { gpu: { visibility: selected, repositories: [web, hidden] } }
`

/** A sandbox whose listing of repositories shows only `web` and `api`, as to a token that may not see the others. */
async function withHidden(seed: string): Promise<WatchedSandbox> {
  const sandbox = await watchedSandbox({ seed })
  const { body } = await sandbox.call('GET', '/orgs/acme/repos')
  const seen = (body as { name: string }[]).filter(({ name }) => name === 'web' || name === 'api')
  await sandbox.fault({ method: 'GET', route: '/orgs/{org}/repos', status: 200, times: 9, body: seen })
  return sandbox
}

const IN_INFRA = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/infra',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'c0ffee'.padEnd(40, '0'),
}

describe('a repository that a live list holds and the listing lacks', () => {
  it('keeps its access: exact lists that cannot name it are held back, and apply writes nothing', async () => {
    const sandbox = await withHidden(SEED)
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1
guards: { max_deletions: 0, max_revocations: 0 }
organizations:
  acme:
    permissions: { repositories: [web, api] }
    secrets: { TOKEN: { repositories: [web] } }
    runner_groups: { gpu: { repositories: ["w*"] } }
`,
    })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, writes: sandbox.writes() }).toEqual({ code: 0, writes: [] })
    expect(stdout).toMatch(/5:20: warning: repositories is held back: it holds hidden and 1 more/)
    expect(stdout).toMatch(/6:25: warning: repositories is held back: it holds hidden, which the listing/)
    expect(stdout).toMatch(/7:29: warning: repositories is held back: it holds hidden, which the listing/)
  })

  it('stays in a list that is changed by add_ and remove_', async () => {
    const sandbox = await withHidden(SEED)
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1
organizations:
  acme:
    secrets: { TOKEN: { add_repositories: [api], remove_repositories: [web] } }
`,
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/TOKEN/repositories')
    expect((body as { repositories: { name: string }[] }).repositories.map(({ name }) => name).sort()).toEqual([
      'api',
      'hidden',
    ])
  })

  it('stays in a list that goes along with a value', async () => {
    const sandbox = await withHidden(SEED)
    const yaml = `version: 1
organizations: { acme: { secrets: { TOKEN: { repositories: [web], value: { env: VALUE } } } } }
`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { VALUE: 'new-value' })
    expect(await place.run(['apply', '--auto-approve', '--rotate', '**'])).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/_sandbox/state')
    expect(body).toMatchObject({
      organizations: { acme: { secrets: { TOKEN: { value: 'new-value', repositories: ['web', 'hidden'] } } } },
    })
  })

  it('is counted and named where a switch takes it away', async () => {
    const sandbox = await withHidden(SEED)
    const yaml = `version: 1
guards: { max_revocations: 2 }
organizations: { acme: { permissions: { enabled_repositories: none } } }
`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const { tripped, changes } = await place.plan()
    expect(tripped.map(({ flag }) => flag)).toEqual(['--allow revocations=3'])
    expect(changes[0]?.access.loses.map(({ repository }) => repository)).toEqual(['hidden', 'infra', 'web'])
  })
})

describe('the repository that a run works in, which the listing lacks', () => {
  it.each([
    ['all', 'enabled_repositories: none'],
    ['all', 'enabled_repositories: selected, repositories: [web, api]'],
    ['selected, repositories: [web, infra]', 'enabled_repositories: none'],
  ])('is not switched off by the organization: %s → %s', async (before, after) => {
    const sandbox = await withHidden(`
organizations:
  acme:
    repositories: { web: {}, api: {}, infra: { branches: { main: ${IN_INFRA.GITHUB_SHA} } } }
    permissions: { enabled_repositories: ${before}, allowed_actions: all }
`)
    const yaml = `version: 1\norganizations: { acme: { permissions: { ${after} } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, IN_INFRA)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('disables Actions for acme/infra'),
    })
    expect(sandbox.writes()).toEqual([])
  })
})
