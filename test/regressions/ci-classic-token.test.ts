import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORIES = { web: { visibility: 'public' }, api: { visibility: 'public' } }

async function withToken(scopes: readonly string[], repositories: object): Promise<WatchedSandbox> {
  const held = { visibility: 'selected', repositories: Object.keys(repositories), value: 'x' }
  return watchedSandbox({
    seed: {
      organizations: { acme: { repositories, secrets: { TOKEN: held, OLD_TOKEN: held } } },
      tokens: { 'token-of-an-owner': { scopes }, owner: {} },
    },
  })
}

const EXACT = `version: 1
organizations:
  acme:
    secrets: { TOKEN: { repositories: [web] } }
    prune: ["secrets/OLD_*"]
`

describe('a classic token with `admin:org` and without `repo`, to which GitHub lists public repositories alone', () => {
  it('holds back exact lists and prune, and tells what to do', async () => {
    const sandbox = await withToken(['admin:org'], { ...REPOSITORIES, hidden: { visibility: 'private' } })
    const place = await workplace(sandbox, { 'octoform.yaml': EXACT })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, writes: sandbox.writes() }).toEqual({ code: 0, writes: [] })
    expect(stdout).toContain('repositories is held back: the credential does not see every repository of the owner')
    expect(stdout).toContain('prune is held back in orgs/acme')
    expect(stdout).toContain('the token from OCTOFORM_TOKEN has the scopes admin:org and not `repo`')
    expect(stdout).toContain('-s repo')
  })

  it('does so too where all repositories are public, which it cannot know', async () => {
    const sandbox = await withToken(['admin:org', 'public_repo'], REPOSITORIES)
    const place = await workplace(sandbox, { 'octoform.yaml': EXACT })
    const { changes, diagnostics } = await place.plan()
    expect(changes).toEqual([])
    expect(diagnostics).toContainEqual({
      severity: 'warning',
      address: 'orgs/acme',
      message: expect.stringContaining('give it that scope, even if all are public'),
      held_back: true,
    })
  })

  it('closes no issue about drift that it may only not see', async () => {
    const sandbox = await withToken(['admin:org'], { ...REPOSITORIES, admin: { visibility: 'private' } })
    const place = await workplace(sandbox, { 'octoform.yaml': EXACT })
    const report = ['drift', '--issue', 'acme/admin']
    const states = async (): Promise<string[]> => {
      const { body } = await sandbox.call('GET', '/repos/acme/admin/issues?state=all')
      return (body as { state: string }[]).map(({ state }) => state)
    }
    const whole = { OCTOFORM_TOKEN: 'owner', GITHUB_TOKEN: 'owner' }
    expect(await place.run(report, { env: whole })).toMatchObject({ code: 2 })
    expect(await states()).toEqual(['open'])
    const partly = await place.run(report, { env: { GITHUB_TOKEN: 'owner' } })
    expect(partly).toMatchObject({ code: 0, stderr: expect.stringContaining('stays as it is') })
    expect(await states()).toEqual(['open'])
  })

  it('keeps what it does not see in a list that is changed by add_ and remove_', async () => {
    const sandbox = await withToken(['admin:org'], { ...REPOSITORIES, hidden: { visibility: 'private' } })
    const yaml = EXACT.replace('repositories: [web]', 'remove_repositories: [web]').replace(/ +prune.*\n/, '')
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/TOKEN/repositories')
    const names = (body as { repositories: { name: string }[] }).repositories.map(({ name }) => name)
    expect(names.sort()).toEqual(['api', 'hidden'])
  })

  it('says of an import that lists may lack some', async () => {
    const sandbox = await withToken(['admin:org'], REPOSITORIES)
    const place = await workplace(sandbox, {})
    const { stderr } = await place.run(['import', 'orgs/acme', '--only', 'secrets'])
    expect(stderr).toContain('Lists of repositories may lack some: the token from OCTOFORM_TOKEN has the scopes')
  })
})

it.each([[['admin:org', 'repo']], [undefined]])('a token with the scopes %j sees all', async (scopes) => {
  const sandbox = await withToken(scopes ?? [], REPOSITORIES)
  const place = await workplace(sandbox, { 'octoform.yaml': EXACT }, scopes ? {} : { OCTOFORM_TOKEN: 'owner' })
  const { changes, diagnostics } = await place.plan()
  expect(diagnostics).toEqual([])
  expect(changes.map(({ address }) => address)).toEqual(['orgs/acme/secrets/OLD_TOKEN', 'orgs/acme/secrets/TOKEN'])
})
