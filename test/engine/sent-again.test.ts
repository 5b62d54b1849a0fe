import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: { web: {} },
      secrets: { OLD: { visibility: 'all', value: 'old' } },
    },
  },
}

const YAML = `
version: 1
organizations:
  acme:
    secrets:
      NEW: { visibility: all, value: { env: TOKEN } }
      OLD: absent
    variables:
      REGION: { visibility: all, value: us-east-1 }
    runner_groups:
      gpu: { visibility: selected, repositories: [web] }
`
const APPLY = ['apply', '--auto-approve']
const LOST = { drop: true, after: true }
const NOT_DONE = { status: 502 }

async function begin(): Promise<{ readonly sandbox: WatchedSandbox; readonly place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': YAML }, { TOKEN: 'planted-value' }) }
}

const GROUP = ['POST', '/orgs/{org}/actions/runner-groups'] as const
const VARIABLE = ['POST', '/orgs/{org}/actions/variables'] as const

describe('one failure in passing is got over', () => {
  it.each([
    ['a value', 'PUT', '/orgs/{org}/actions/secrets/{secret_name}', LOST, 2],
    ['a value', 'PUT', '/orgs/{org}/actions/secrets/{secret_name}', NOT_DONE, 2],
    ['a list', 'PUT', '/orgs/{org}/actions/runner-groups/{runner_group_id}/repositories', LOST, 2],
    ['a delete', 'DELETE', '/orgs/{org}/actions/secrets/{secret_name}', LOST, 2],
    ['a delete', 'DELETE', '/orgs/{org}/actions/secrets/{secret_name}', NOT_DONE, 2],
    ['a new group that is there', ...GROUP, LOST, 1],
    ['a new group that is not', ...GROUP, NOT_DONE, 2],
    ['a new variable that is there', ...VARIABLE, LOST, 1],
    ['a new variable that is not', ...VARIABLE, NOT_DONE, 2],
  ] as const)('of %s: %s %s %o', async (_, method, route, fault, times) => {
    const { sandbox, place } = await begin()
    await sandbox.fault({ method, route, ...fault })
    const ran = await place.run(APPLY)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('\nApplied: 3 added, 0 changed, 1 deleted.\n'),
    })
    const sent = sandbox.asked.filter((each) => each.method === method && each.route === route)
    expect(sent).toHaveLength(times)
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })
})

describe('a create that may have been done stays in doubt', () => {
  it('where another one of that name is there', async () => {
    const { sandbox, place } = await begin()
    await sandbox.fault({ method: 'POST', route: VARIABLE[1], status: 502 })
    await sandbox.fault({
      method: 'GET',
      route: VARIABLE[1],
      nth: 2,
      status: 200,
      body: { total_count: 1, variables: [{ name: 'REGION', value: 'theirs', visibility: 'all' }] },
    })
    const ran = await place.run(APPLY)
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('GitHub may still have done it') })
    expect(sandbox.writes().filter((write) => write.startsWith('POST /orgs/acme/actions/variables'))).toHaveLength(1)
  })

  it('where GitHub fails a second time', async () => {
    const { sandbox, place } = await begin()
    await sandbox.fault({ method: 'POST', route: GROUP[1], times: 2, ...NOT_DONE })
    expect(await place.run(APPLY)).toMatchObject({ code: 1, stdout: expect.stringContaining(' 502') })
    expect(sandbox.writes().filter((write) => write.startsWith('POST /orgs/acme/actions/runner-groups'))).toHaveLength(
      2,
    )
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
  })
})
