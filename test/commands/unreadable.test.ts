import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { answerHtml, answerJson, serve } from '../support/scripted-server.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: { repositories: { web: {}, api: {} }, secrets: { ORG: { visibility: 'all', value: 'o' } } },
    beta: { repositories: { site: {} } },
  },
  tokens: { reader: { read_only: true }, owner: {}, 'token-of-an-owner': {} },
}
const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets: { ORG: absent }
    repositories:
      web: { secrets: { KEY: { value: { env: KEY } } } }
      api: { secrets: { KEY: { value: { env: KEY } } } }
  beta:
    permissions: { enabled_repositories: none }
`
const ENV = { KEY: 'planted-value' }
const SECRETS = '/orgs/acme/actions/secrets'

/** A port of this machine on which nothing listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function addresses(stdout: string): string[] {
  return (JSON.parse(stdout) as { changes: { address: string }[] }).changes.map(({ address }) => address)
}

describe('a token that lacks a permission', () => {
  it('to write: the plan is whole, apply tells what GitHub refused and exits 1', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { ...ENV, OCTOFORM_TOKEN: 'reader' })
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 2 })
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/\nApplied: 0 added, 0 changed, 0 deleted\.\n$/),
    })
    expect(ran.stdout).toMatch(/Not done\n[\s\S]*orgs\/acme\/permissions\s+failed/)
    expect(ran.stdout).toMatch(/why: PUT \/orgs\/acme\/actions\/permissions: 403 .*OCTOFORM_TOKEN may lack/)
    expect(ran.stdout + ran.stderr).not.toContain('planted-value')
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/permissions')
    expect(body).toMatchObject({ enabled_repositories: 'all', allowed_actions: 'all' })
  })

  it.each([
    [403, { message: 'Resource not accessible by personal access token' }, /403 Resource not accessible/],
    [404, { message: 'Not Found' }, /404 Not Found\. It does not exist, or GitHub hides it/],
  ])(
    'to read one family (%i): nothing is planned in that scope, the others are; exit 5',
    async (status, body, said) => {
      const sandbox = await watchedSandbox({ seed: SEED })
      const place = await workplace(sandbox, { 'octoform.yaml': YAML }, ENV)
      await sandbox.fault({ method: 'GET', route: SECRETS, status, body, times: 1000 })
      const text = await place.run(['plan', '--detailed-exitcode', '--out', 'plan.json'])
      expect(text).toMatchObject({ code: 5, stdout: expect.stringMatching(said) })
      expect(text.stdout).toMatch(/Could not be read\n\s+orgs\/acme: GET \/orgs\/acme\/actions\/secrets/)
      expect(text.stdout).toMatch(
        /Incomplete: 1 place could not be read[^\n]*\nPlan: 2 to add, 1 to change, 0 to delete\.\n$/,
      )
      const json = await place.run(['plan', '--format', 'json'])
      expect(json.code).toBe(5)
      expect(addresses(json.stdout)).toEqual([
        'orgs/beta/permissions',
        'repos/acme/api/secrets/KEY',
        'repos/acme/web/secrets/KEY',
      ])
      expect((await place.run(['drift'])).code).toBe(5)

      for (const args of [['apply'], ['apply', 'plan.json']]) {
        expect(await place.run([...args, '--auto-approve'])).toMatchObject({
          code: 5,
          stderr: expect.stringContaining('--allow incomplete'),
        })
      }
      expect(sandbox.writes()).toEqual([])
      const forced = await place.run(['apply', 'plan.json', '--auto-approve', '--allow', 'incomplete'])
      expect(forced).toMatchObject({
        code: 5,
        stdout: expect.stringMatching(/\nApplied: 2 added, 1 changed, 0 deleted\.\n$/),
      })
      expect(sandbox.writes().some((write) => write.includes('/orgs/acme/'))).toBe(false)
    },
  )

  it('that nobody accepts: 401, exit 5', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { OCTOFORM_TOKEN: 'a-token-of-nobody' })
    const ran = await place.run(['plan'])
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringMatching(/401 Bad credentials.*OCTOFORM_TOKEN/) })
    expect(ran.stdout + ran.stderr).not.toContain('a-token-of-nobody')
  })
})

describe('what is not there', () => {
  it('an organization: exit 5, the other one is planned', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = 'version: 1\norganizations:\n  nobody: { secrets: {} }\n  acme: { secrets: { ORG: absent } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const ran = await place.run(['plan'])
    expect(ran).toMatchObject({ code: 5, stdout: expect.stringMatching(/orgs\/nobody: GET \/orgs\/nobody: 404/) })
    expect(ran.stdout).toMatch(/\nPlan: 0 to add, 0 to change, 1 to delete\.\n$/)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 5 })
    expect(await place.run(['import', 'orgs/nobody'])).toMatchObject({ code: 5, stdout: '' })
    expect(sandbox.writes()).toEqual([])
  })

  it('one repository among fifty: a warning with its line, the rest is planned and applied', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `r${String(index).padStart(2, '0')}`)
    const there = Object.fromEntries(names.filter((name) => name !== 'r17').map((name) => [name, {}]))
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: there } } } })
    const lines = names.map((name) => `      ${name}: { permissions: { allowed_actions: local_only } }`)
    const yaml = [
      'version: 1\norganizations:\n  acme:',
      `    permissions: { enabled_repositories: selected, repositories: [${names.join(', ')}] }`,
      `    repositories:\n${lines.join('\n')}\n`,
    ].join('\n')
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const planned = await place.run(['plan', '--detailed-exitcode'])
    expect(planned).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/\nPlan: 0 to add, 50 to change, 0 to delete\.\n$/),
    })
    expect(planned.stdout).toMatch(/octoform\.yaml:4:\d+: warning: repository acme\/r17 does not exist/)
    expect(planned.stdout).toMatch(/octoform\.yaml:23:7: warning: repository acme\/r17 does not exist/)
    expect((await place.run(['plan'])).code).toBe(0)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it('one of fifty that are named one by one: the rest is planned', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `octocat/r${String(index).padStart(2, '0')}`)
    const there = Object.fromEntries(names.filter((name) => name !== 'octocat/r17').map((name) => [name, {}]))
    const sandbox = await watchedSandbox({ product: 'dotcom', seed: { repositories: there } })
    const lines = names.map((name) => `  ${name}: { permissions: { allowed_actions: local_only } }`)
    const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\nrepositories:\n${lines.join('\n')}\n` })
    const planned = await place.run(['plan'])
    // Nothing tells a repository that is gone from one that the token may not see.
    expect(planned).toMatchObject({
      code: 5,
      stdout: expect.stringMatching(/repos\/octocat\/r17: GET \/repos\/octocat\/r17: 404/),
    })
    expect(planned.stdout).toMatch(/\nPlan: 0 to add, 49 to change, 0 to delete\.\n$/)
    expect(planned.stdout).not.toContain('does not exist (deleted')
  })
})

describe('a server that is none', () => {
  const READS = [['plan'], ['drift'], ['apply', '--auto-approve'], ['import', 'orgs/acme']]

  it('that closes the connection: exit 5', async () => {
    const server = await serve((_, response) => response.destroy())
    const place = await workplace(server, { 'octoform.yaml': YAML }, ENV)
    const runs = await Promise.all(READS.map((args) => place.run(args)))
    for (const ran of runs) {
      expect(ran).toMatchObject({
        code: 5,
        stdout: '',
        stderr: expect.stringMatching(/GET \/meta: .*gave no whole answer/),
      })
    }
    expect(server.seen.every(({ method }) => method === 'GET')).toBe(true)
  })

  it.each([200, 404, 502])('that answers HTML with %i: exit 5', async (status) => {
    const server = await serve((_, response) => answerHtml(response, status))
    const place = await workplace(server, { 'octoform.yaml': YAML }, ENV)
    const runs = await Promise.all(READS.map((args) => place.run(args)))
    for (const ran of runs) {
      expect(ran).toMatchObject({ code: 5, stdout: '', stderr: expect.stringMatching(/GET \/meta: .*text\/html/) })
    }
    expect(server.seen.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('that is another service’s JSON: exit 5', async () => {
    const server = await serve((_, response) => answerJson(response, 200, { hello: 'world' }))
    const place = await workplace(server, { 'octoform.yaml': YAML }, ENV)
    expect(await place.run(['plan'])).toMatchObject({ code: 5, stderr: expect.stringMatching(/not GitHub's JSON/) })
  })

  it('that is not there at all: exit 5, and where it was looked for', async () => {
    const port = await freePort()
    const place = await workplace({ url: `http://127.0.0.1:${port}` }, { 'octoform.yaml': YAML }, ENV)
    expect(await place.run(['plan'])).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port} .*ECONNREFUSED`)),
    })
  })

  it.each([
    ['closes the connection', { drop: true }],
    ['answers HTML', { status: 200, body: '<html>Maintenance</html>' }],
    ['answers 500', { status: 500, body: { message: 'Server Error' } }],
  ])('for one list only (it %s): the other scopes are planned', async (_, fault) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, ENV)
    await sandbox.fault({ route: SECRETS, times: 1000, ...fault })
    const ran = await place.run(['plan', '--format', 'json'])
    expect(ran.code).toBe(5)
    expect(addresses(ran.stdout)).not.toContain('orgs/acme/permissions')
    expect(addresses(ran.stdout)).toContain('repos/acme/web/secrets/KEY')
  })
})
