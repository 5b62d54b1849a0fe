import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const PATH = 'actions/permissions/fork-pr-contributor-approval'
const [ENTERPRISE, ORGANIZATION, REPOSITORY] = [
  `/enterprises/inc/${PATH}`,
  `/orgs/acme/${PATH}`,
  `/repos/acme/web/${PATH}`,
]
const NEW = { approval_policy: 'first_time_contributors_new_to_github' }
const FIRST = { approval_policy: 'first_time_contributors' }
const ALL = { approval_policy: 'all_external_contributors' }

function seedOf(enterprise: object, organization: object, repository: object = {}): object {
  const given = (own: object) => (Object.keys(own).length === 0 ? {} : { fork_pr_contributor_approval: own })
  return {
    enterprises: { inc: { organizations: { acme: {} }, ...given(enterprise) } },
    organizations: {
      acme: {
        ...given(organization),
        repositories: { web: { visibility: 'public', ...given(repository) }, api: {}, lib: { visibility: 'internal' } },
      },
    },
  }
}

describe('the approval of workflow runs of forks', () => {
  it.each([
    ["GitHub's default", {}, {}, {}, FIRST],
    ['of the enterprise', ALL, {}, {}, ALL],
    ['of the organization', ALL, NEW, {}, NEW],
    ['of the repository', ALL, NEW, FIRST, FIRST],
  ])('%s is shown by the repository', async (_, enterprise, organization, repository, expected) => {
    const { call } = await withSandbox({ seed: seedOf(enterprise, organization, repository) })
    expect(await call('GET', REPOSITORY)).toMatchObject({ status: 200, body: expected })
  })

  it('is set at each level by itself', async () => {
    const { call, state } = await withSandbox({ seed: seedOf({}, {}) })
    expect((await call('PUT', ENTERPRISE, ALL)).status).toBe(204)
    expect((await call('GET', ORGANIZATION)).body).toEqual(ALL)
    expect((await call('PUT', ORGANIZATION, NEW)).status).toBe(204)
    expect((await call('GET', REPOSITORY)).body).toEqual(NEW)
    expect((await call('PUT', REPOSITORY, FIRST)).status).toBe(204)
    expect((await call('GET', ENTERPRISE)).body).toEqual(ALL)
    expect((await call('GET', ORGANIZATION)).body).toEqual(NEW)
    expect(state()).toMatchObject(seedOf(ALL, NEW, FIRST))
  })

  it.each(['api', 'lib'])('is not there for %s, which is not public', async (name) => {
    const { call } = await withSandbox({ seed: seedOf(ALL, {}) })
    const expected = {
      status: 422,
      body: { message: 'Validation Failed', errors: 'Fork PR approval is not allowed for private repositories.' },
    }
    expect(await call('GET', `/repos/acme/${name}/${PATH}`)).toMatchObject(expected)
    expect(await call('PUT', `/repos/acme/${name}/${PATH}`, ALL)).toMatchObject(expected)
  })

  it.each([
    [{}, `"approval_policy" wasn't supplied.`],
    [{ approval_policy: 'nobody' }, /^nobody is not a member of \["first_time_contributors_new_to_github", /],
  ])('%j is refused', async (body, problem) => {
    const { call } = await withSandbox({ seed: seedOf({}, {}) })
    const reply = await call('PUT', ORGANIZATION, body)
    expect(reply.status).toBe(422)
    expect(`${(reply.body as { message: string }).message}`.replace('Invalid request.\n\n', '')).toMatch(problem)
  })
})
