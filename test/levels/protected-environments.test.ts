import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const ENVIRONMENT = '/repos/acme/web/environments/prod'
const TEAMS = { release: { id: 12 } }
const SECRETS = 'secrets: { DB: { value: { env: DB } } }'
const VARIABLES = 'variables: { DB: { value: here } }'
const KINDS = [
  ['secret', SECRETS, 'secrets', {}],
  ['variable that is there', VARIABLES, 'variables', { variables: { DB: { value: 'elsewhere' } } }],
  ['variable that is not', VARIABLES, 'variables', {}],
] as const

/** The repository `web`, private on a plan that may lack reviewers, with environments from a configuration. */
async function work(environments: string, { plan = 'enterprise', live = {} as object, above = '' } = {}) {
  const web = { id: 101, visibility: 'private', environments: live }
  const organizations = { acme: { plan, teams: TEAMS, repositories: { web } } }
  const sandbox = await watchedSandbox({ seed: { organizations }, product: 'dotcom' })
  const yaml = `version: 1\norganizations: { acme: { ${above} repositories: { web: { environments: ${environments} } } } }\n`
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, { DB: 'value' }) }
}

describe('no value is put into an environment', () => {
  it('before its protection is there: that comes first, in one run', async () => {
    const { sandbox, place } = await work(
      `{ prod: { reviewers: [{ team: release }], deployment_branch_policies: [main], ${SECRETS}, variables: { A: { value: b } } } }`,
    )
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const [first, second, ...values] = sandbox.writes()
    expect([first, second]).toEqual([`PUT ${ENVIRONMENT}`, `POST ${ENVIRONMENT}/deployment-branch-policies`])
    expect(values.sort()).toEqual([`POST ${ENVIRONMENT}/variables`, `PUT ${ENVIRONMENT}/secrets/DB`])
    expect((await place.run(['plan'])).stdout).toMatch(/No changes\./)
  })

  it.each(KINDS)('whose protection GitHub refuses, though it leaves the environment behind: a %s', async (...kind) => {
    const [, values, , live] = kind
    const isThere = Object.keys(live).length > 0
    const yaml = `{ prod: { reviewers: [{ team: release }], ${values} } }`
    const { sandbox, place } = await work(yaml, { plan: 'team', ...(isThere ? { live: { prod: live } } : {}) })
    const protectedFirst = /was not written, and was to be protected first/
    for (const why of [isThere ? protectedFirst : /was not written, and was to hold this/, protectedFirst]) {
      const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
      expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringMatching(why) })
      expect(stdout + stderr).toMatch(/billing plan supports the required reviewers/)
    }
    expect(sandbox.writes()).toEqual([`PUT ${ENVIRONMENT}`, `PUT ${ENVIRONMENT}`])
  })

  describe.each(KINDS)('%s', (_, values, family, there) => {
    it.each([
      ['whose reviewers came to nothing', 'reviewers: [{ team: nobody }]', []],
      ['that the run leaves out', 'wait_timer: 5', ['--target', `repos/acme/web/environments/prod/${family}/*`]],
    ])('%s', async (_, protection, flags) => {
      const { sandbox, place } = await work(`{ prod: { ${protection}, ${values} } }`, { live: { prod: there } })
      const { held_back: held } = await place.plan(flags)
      const address = `repos/acme/web/environments/prod/${family}/DB`
      const isThere = Object.keys(there).length > 0
      expect(held).toContainEqual(expect.objectContaining({ address, field: isThere ? 'value' : null }))
      const { code, stdout } = await place.run(['apply', '--auto-approve', ...flags])
      expect(code).toBe(2)
      expect(stdout).toContain(address)
      expect(sandbox.writes()).toEqual([])
    })

    it('that widens before all of it is written', async () => {
      const live = { prod: { wait_timer: 9, ...there } }
      const { sandbox, place } = await work(`{ prod: { wait_timer: 1, ${values} } }`, { live })
      expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
      const [first, ...others] = sandbox.writes()
      expect(first).toBe(`PUT ${ENVIRONMENT}`)
      expect(others).toHaveLength(1)
    })
  })

  it('but what takes a variable out of it, or leaves its text, goes on', async () => {
    const there = { variables: { GONE: { value: 'a' }, STAYS: { value: 'b' } } }
    const { sandbox, place } = await work(
      '{ prod: { reviewers: [{ team: nobody }], variables: { GONE: absent, STAYS: { value: b } } } }',
      { live: { prod: there } },
    )
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(2)
    expect(sandbox.writes()).toEqual([`DELETE ${ENVIRONMENT}/variables/GONE`])
  })
})

describe('an environment that goes', () => {
  const live = { prod: { secrets: { A: { value: 'a' }, B: { value: 'b' } }, variables: { C: { value: 'c' } } } }

  it('is counted with what is in it, which is named', async () => {
    const { place } = await work('{ prod: absent }', { live, above: '' })
    const { stdout } = await place.run(['plan'])
    expect(stdout).toMatch(
      /a workflow that names prod makes it anew without any protection; with it go its secrets A, B and variable C/,
    )
    const refused = await place.run(['apply', '--auto-approve', '--allow', 'deletions=3'])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/deletions=4/) })
    expect(await place.run(['apply', '--auto-approve', '--allow', 'deletions=4'])).toMatchObject({ code: 0 })
  })

  it('takes nothing of what a set would put into it', async () => {
    const above = `repository_sets: [{ match: { name: web }, environments: { prod: { ${SECRETS} } } }],`
    const { sandbox, place } = await work('{ prod: absent }', { live, above })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([`DELETE ${ENVIRONMENT}`])
  })
})
