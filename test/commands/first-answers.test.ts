import { describe, expect, it } from 'vitest'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { serve } from '../support/scripted-server.ts'
import { SMALL_SEED, SMALL_YAML } from '../support/small-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

describe('a base that is no API', () => {
  it.each<[string, number, Record<string, string>, string]>([
    ['has no such page', 404, { 'content-type': 'text/html' }, '<html>Not Found</html>'],
    ['has no such thing', 404, { 'content-type': 'application/json' }, '{"message":"Not Found"}'],
    ['is a page', 200, { 'content-type': 'text/html' }, '<html>Sign in</html>'],
    ['leads to a page', 302, { location: '/login?return_to=%2Fmeta' }, ''],
  ])('is asked whether it lacks /api/v3 where the answer %s', async (_, status, headers, body) => {
    const { url } = await serve((_request, response) => void response.writeHead(status, headers).end(body))
    const place = await workplace({ url }, { 'octoform.yaml': SMALL_YAML })
    const hint = `Is /api/v3 missing? The API of an Enterprise Server is ${url}/api/v3: give --api-url ${url}/api/v3.`
    for (const args of [['plan'], ['drift'], ['apply', '--auto-approve'], ['import', 'orgs/acme'], ['doctor']]) {
      const { code, stdout, stderr } = await place.run(args)
      expect([1, 5]).toContain(code)
      expect((stdout + stderr).replaceAll(/\s+/g, ' '), args.join(' ')).toContain(hint)
    }
    const whole = await workplace({ url: `${url}/api/v3` }, { 'octoform.yaml': SMALL_YAML })
    const { stdout, stderr } = await whole.run(['plan'])
    expect(stdout + stderr).not.toContain('Is /api/v3 missing')
  })

  it.each([401, 500, 503])('is not where it answers %i', async (status) => {
    const { url } = await serve((_request, response) => void response.writeHead(status).end('{"message":"x"}'))
    const place = await workplace({ url }, { 'octoform.yaml': SMALL_YAML })
    const { stdout, stderr } = await place.run(['plan'])
    expect(stdout + stderr).not.toContain('Is /api/v3 missing')
  })
})

describe("the ledger's repository", () => {
  const yaml = `version: 1
x-none: {}
# the ledger
ledger: { repository: acme/nowhere, branch: octoform, path: ledger.json }
organizations: { acme: { permissions: { allowed_actions: local_only } } }
`

  it.each([['plan'], ['drift'], ['apply', '--auto-approve']])(
    'that is not there is named with its line by %s',
    async (...args) => {
      const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), { 'octoform.yaml': yaml })
      const { code, stderr } = await place.run(args)
      expect(code).toBe(5)
      expect(stderr).toContain(
        "error: the ledger's repository acme/nowhere (octoform.yaml:4) does not exist, or the credential cannot see it. GET /repos/acme/nowhere: 404 Not Found.",
      )
    },
  )

  it.each([
    [403, 'Repository was archived so is read-only.'],
    [404, 'Not Found'],
    [409, 'Repository rule violations found'],
    [422, 'Changes must be made through a pull request.'],
  ])('that refuses a write with %i is named with its line, and nothing is written', async (status, message) => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml.replace('acme/nowhere', 'acme/web') })
    for (const route of ['PUT /repos/{owner}/{repo}/contents/{path}', 'POST /repos/{owner}/{repo}/git/trees']) {
      const [method, path] = route.split(' ')
      await sandbox.fault({ method, route: path, times: 99, status, body: { message } })
    }
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'], {
      clock: instantClock(Date.now()).clock,
    })
    expect(code).not.toBe(0)
    expect(stdout + stderr).toMatch(
      new RegExp(
        `the ledger's repository acme/web \\(octoform\\.yaml:4\\) cannot be written\\. P(OS|U)T .*: ${status} ${message}`,
      ),
    )
    expect(sandbox.writes().filter((write) => !write.includes('/repos/acme/web/'))).toEqual([])
  })

  it('that refuses is named with its line, and a branch that is not there is none', async () => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml.replace('acme/nowhere', 'acme/web') })
    const route = '/repos/{owner}/{repo}/contents/{path}'
    await sandbox.fault({ route, status: 403, body: { message: 'no' } })
    const { code, stderr } = await place.run(['plan'])
    expect(code).toBe(5)
    expect(stderr).toContain(
      "error: the ledger's repository acme/web (octoform.yaml:4) cannot be read. GET /repos/acme/web/contents/",
    )
  })
})

describe('the first time that a ledger is written', () => {
  const secret = (ledger: string): string => `version: 1
${ledger}organizations: { acme: { secrets: { A: { visibility: all, value: { env: A_VALUE } } } } }
`
  const APPLY = ['apply', '--auto-approve']

  it.each([
    ['', '', 'octoform.yaml', 'Ledger: .octoform/ledger.json (new): commit it.\n'],
    ['ledger: { path: kept/l.json }\n', '', 'octoform.yaml', 'Ledger: kept/l.json (new): commit it.\n'],
    ['', '', 'conf/a.yaml', 'Ledger: conf/.octoform/ledger.json (new): commit it.\n'],
    [
      'ledger: { repository: acme/web, branch: octoform, path: ledger.json }\n',
      'no branch',
      'octoform.yaml',
      'Ledger: acme/web, branch octoform, ledger.json (new).\n',
    ],
    [
      'ledger: { repository: acme/web, branch: octoform, path: a/ledger.json }\n',
      'a branch',
      'octoform.yaml',
      'Ledger: acme/web, branch octoform, a/ledger.json (new).\n',
    ],
  ])('says once where it lies: %j, %s', async (ledger, branch, file, line) => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { [file]: secret(ledger) }, { A_VALUE: 'planted' })
    const config = ['--config', file]
    if (branch === 'a branch') {
      const { body } = await sandbox.call('GET', '/repos/acme/web/git/ref/heads/main')
      const { sha } = (body as { object: { sha: string } }).object
      await sandbox.call('POST', '/repos/acme/web/git/refs', { ref: 'refs/heads/octoform', sha })
    }
    expect((await place.run(['plan', ...config])).stderr).not.toContain('Ledger:')
    const first = await place.run([...APPLY, ...config])
    expect(first.code).toBe(0)
    expect(first.stderr.split('Ledger:')).toHaveLength(2)
    expect(first.stderr).toContain(line)
    const again = await place.run([...APPLY, ...config, '--rotate', '**'])
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('1 changed') })
    expect(again.stderr).not.toContain('Ledger:')
  })
})
