import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
enterprises:
  inc:
    organizations: { acme: {}, beta: {} }
    workflow_permissions: { can_approve_pull_request_reviews: false }
organizations:
  acme: { workflow_permissions: { default_workflow_permissions: write } }
  beta: { workflow_permissions: { default_workflow_permissions: write } }
`
const POLICY = '/enterprises/inc/actions/permissions/workflow'
const PULL_REQUEST = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/admin',
}

const HELD =
  "default_workflow_permissions: default_workflow_permissions: write is more than the enterprise's read allows"
const SIDE = { repo: { full_name: 'acme/admin' } }
const EVENT = { pull_request: { number: 1, head: SIDE, base: SIDE } }

/** The token of each request for the enterprise's policy, after a plan with these variables. */
async function asked(env: Readonly<Record<string, string>>): Promise<{ tokens: string[]; told: string; code: number }> {
  const tokens: string[] = []
  const seed = { enterprises: { inc: { organizations: { acme: {}, beta: {} } } } }
  const sandbox = await watchedSandbox({
    seed,
    product: 'ghec',
    onExchange({ path, requestHeaders: { authorization = '' } }) {
      if (path === POLICY) tokens.push(authorization.split(' ')[1] ?? '')
    },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, env)
  await place.write('event.json', JSON.stringify(EVENT))
  const { code, stdout } = await place.run(
    ['plan', ...['enterprises/inc', 'acme', 'beta'].flatMap((name) => ['--owner', name])],
    { env: { GITHUB_EVENT_PATH: `${place.folder}/event.json` } },
  )
  return { tokens, told: stdout, code }
}

describe('what an enterprise dictates', () => {
  it('is read once for itself and its organizations, with its own credential', async () => {
    const { tokens, told } = await asked({ OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' })
    expect(tokens).toEqual(['token-of-the-enterprise'])
    for (const org of ['acme', 'beta']) expect(told).toContain(`orgs/${org}/workflow_permissions ${HELD}`)
  })

  it.each([
    ['the run has none for the enterprise', {}],
    ['the run is for a pull request', { ...PULL_REQUEST, OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' }],
  ])('is read with that of each organization where %s', async (_, env) => {
    const { tokens, told } = await asked(env)
    expect(tokens).toEqual(['token-of-an-owner', 'token-of-an-owner'])
    for (const org of ['acme', 'beta']) expect(told).toContain(`orgs/${org}/workflow_permissions ${HELD}`)
  })
})
