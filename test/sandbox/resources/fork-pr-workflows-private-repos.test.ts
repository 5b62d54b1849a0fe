import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const PATH = 'actions/permissions/fork-pr-workflows-private-repos'
const ENTERPRISE = `/enterprises/inc/${PATH}`
const ORGANIZATION = `/orgs/acme/${PATH}`
const REPOSITORY = `/repos/acme/web/${PATH}`

const NOTHING = {
  run_workflows_from_fork_pull_requests: false,
  send_write_tokens_to_workflows: false,
  send_secrets_and_variables: false,
  require_approval_for_fork_pr_workflows: false,
}
const RUNS = { run_workflows_from_fork_pull_requests: true }

function seedOf(enterprise: object, organization: object, repository: object = {}): object {
  const given = (own: object) => (Object.keys(own).length === 0 ? {} : { fork_pr_workflows_private_repos: own })
  const repositories = {
    web: { ...given(repository) },
    lib: { visibility: 'internal' },
    site: { visibility: 'public' },
  }
  return {
    enterprises: { inc: { organizations: { acme: {} }, ...given(enterprise) } },
    organizations: { acme: { ...given(organization), repositories } },
  }
}

describe('workflow runs for forks of private repositories', () => {
  it.each([
    ["GitHub's first values", {}, {}, {}, NOTHING],
    ['those of the enterprise', RUNS, {}, {}, { ...NOTHING, ...RUNS }],
    [
      'its own',
      {},
      RUNS,
      { require_approval_for_fork_pr_workflows: true },
      { ...NOTHING, ...RUNS, require_approval_for_fork_pr_workflows: true },
    ],
    ['its own, but what the organization disables', {}, NOTHING, RUNS, NOTHING],
    ['its own, but what the enterprise disables', NOTHING, RUNS, RUNS, NOTHING],
  ])('a repository shows %s', async (_, enterprise, organization, repository, expected) => {
    const { call } = await withSandbox({ seed: seedOf(enterprise, organization, repository) })
    expect(await call('GET', REPOSITORY)).toMatchObject({ status: 200, body: expected })
  })

  it('are set at each level, and keep what a request leaves out', async () => {
    const { call, state } = await withSandbox({ seed: seedOf({}, {}) })
    expect((await call('PUT', ENTERPRISE, { ...RUNS, send_secrets_and_variables: true })).status).toBe(204)
    expect((await call('PUT', ORGANIZATION, { ...RUNS, require_approval_for_fork_pr_workflows: true })).status).toBe(
      204,
    )
    expect((await call('PUT', REPOSITORY, RUNS)).status).toBe(204)
    const all = { ...NOTHING, ...RUNS, send_secrets_and_variables: true }
    expect((await call('GET', ENTERPRISE)).body).toEqual(all)
    expect((await call('GET', REPOSITORY)).body).toEqual({ ...all, require_approval_for_fork_pr_workflows: true })
    expect(state()).toMatchObject(
      seedOf(
        { ...RUNS, send_secrets_and_variables: true },
        { ...RUNS, require_approval_for_fork_pr_workflows: true },
        RUNS,
      ),
    )
  })

  it.each([
    ['an organization', 403, ORGANIZATION, NOTHING, {}, 'are managed by the enterprise owner'],
    ['a repository', 422, REPOSITORY, {}, {}, 'are disabled by the organization'],
  ])('%s cannot enable what is disabled above', async (_, status, path, enterprise, organization, words) => {
    const { call } = await withSandbox({ seed: seedOf(enterprise, organization) })
    const reply = await call('PUT', path, RUNS)
    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(words) } })
    expect((await call('PUT', path, NOTHING)).status).toBe(204)
  })

  it('are not there for a public repository, and are for an internal one', async () => {
    const { call } = await withSandbox({ seed: seedOf({}, RUNS) })
    const expected = {
      status: 422,
      body: { errors: 'Fork PR workflow settings is not allowed for public repositories.' },
    }
    expect(await call('GET', `/repos/acme/site/${PATH}`)).toMatchObject(expected)
    expect(await call('PUT', `/repos/acme/site/${PATH}`, RUNS)).toMatchObject(expected)
    expect((await call('PUT', `/repos/acme/lib/${PATH}`, RUNS)).status).toBe(204)
  })

  it('need the switch, and booleans', async () => {
    const { call } = await withSandbox({ seed: seedOf({}, {}) })
    for (const body of [{ send_secrets_and_variables: true }, { run_workflows_from_fork_pull_requests: 'yes' }]) {
      expect((await call('PUT', ORGANIZATION, body)).status).toBe(422)
    }
  })
})
