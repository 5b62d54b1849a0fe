import { describe, expect, it } from 'vitest'
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
