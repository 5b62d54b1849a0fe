import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = 'organizations: { acme: { repositories: { web: {} } } }'
const wanted = (secrets: string): string => `version: 1\norganizations:\n  acme:\n    secrets: ${secrets}\n`

describe('a value that stands in the YAML by mistake', () => {
  it.each([
    '{ TOKEN:hunter2 }',
    '{ TOKEN: { value:hunter2 } }',
    '{ "TOKEN=hunter2": {} }',
    '{ TOKEN hunter2 }',
    '{ TOKEN: { env:hunter2: X } }',
    '{ TOKEN: {}, token:hunter2: {}, TOKEN:hunter2: {} }',
    '{ TOKEN:hunter2: {}, TOKEN:hunter2: {} }',
    '{ TOKEN: { value: hunter2 } }',
    '{ TOKEN: { value: { hunter2: X } } }',
    '{ TOKEN: hunter2 }',
  ])('is not printed: %s', async (secrets) => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, { 'octoform.yaml': wanted(secrets) })
    for (const args of [['validate', '--format', 'json'], ['plan']]) {
      const { code, stdout, stderr } = await place.run(args)
      expect({ code, printed: stdout + stderr }).toEqual({ code: 1, printed: expect.not.stringContaining('hunter2') })
      expect(stdout + stderr).toMatch(/octoform\.yaml|"line": 4/)
    }
  })
})

it('a value of several lines that the server repeats is not printed, with tabs and backslashes neither', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const value = '-----BEGIN\n\tfirst-planted\\line\nsecond\tplanted-line\\'
  const encoded = Buffer.from(value).toString('base64')
  await sandbox.fault({
    method: 'PUT',
    route: '/orgs/{org}/actions/secrets/{secret_name}',
    status: 422,
    times: 9,
    body: { message: `not ${value} but ${encoded}`, documentation_url: '', errors: [value, { message: value }] },
  })
  const yaml = wanted('{ TOKEN: { visibility: all, value: { env: VALUE } } }')
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { VALUE: value })
  for (const format of ['text', 'json']) {
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve', '--debug', '--format', format])
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('not *** but ***')
    expect(stdout + stderr).not.toMatch(/planted/)
    expect(stdout + stderr).not.toContain(encoded)
  }
})

it.each(['null', 'true', '1001', '": [', 'orgs/acme'])(
  'a value such as %s leaves JSON output readable',
  async (value) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = wanted('{ TOKEN: { visibility: all, value: { env: VALUE } } }')
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { VALUE: value })
    const applied = await place.run(['apply', '--auto-approve', '--format', 'json'])
    expect(JSON.parse(applied.stdout)).toMatchObject({ complete: true })
    const planned = await place.run(['plan', '--format', 'json', '--rotate', '**'])
    expect(JSON.parse(planned.stdout)).toMatchObject({ changes: [{ repository_id: null, value: 'rotate' }] })
  },
)
