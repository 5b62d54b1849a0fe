import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { sealed } from '../support/sandbox.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: {}, api: {} }, secrets: { OLD: { value: 'old' } } } } }
const YAML = `version: 1
organizations:
  acme:
    permissions: { enabled_repositories: selected, repositories: [web, api] }
    secrets: { OLD: absent }
`

async function planned(): Promise<{ sandbox: WatchedSandbox; place: Workplace; text: string }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML })
  expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
  return { sandbox, place, text: await place.read('plan.json') }
}

describe('a plan file', () => {
  it.each([
    ['is truncated', (text: string) => text.slice(0, text.length / 2), /plan\.json is not JSON: it is cut off/],
    ['is empty', () => '', /plan\.json is not JSON/],
    ['is of the next major version', (text: string) => text.replace('"1.0"', '"2.0"'), /version 2\.0.*reads 1\.x/],
    ['is of major version 10', (text: string) => text.replace('"1.0"', '"10.0"'), /version 10\.0.*reads 1\.x/],
    ['is of no version', (text: string) => text.replace('"1.0"', '"new"'), /plan\.json is not a saved plan/],
    ['is other JSON', () => '{"format_version": "1.0"}', /plan\.json is not a saved plan/],
    ['is null', () => 'null', /plan\.json is not a saved plan/],
  ])('that %s: exit 1, and nothing is asked of GitHub', async (_, change, message) => {
    const { sandbox, place, text } = await planned()
    await place.write('plan.json', change(text))
    const before = sandbox.asked.length
    for (const args of [
      ['apply', 'plan.json', '--auto-approve'],
      ['show', 'plan.json'],
    ]) {
      const ran = await place.run(args)
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
      expect(ran.stderr).not.toContain('bug in octoform')
    }
    expect(sandbox.asked.length).toBe(before)
  })

  it('that is not there: exit 1', async () => {
    const { place } = await planned()
    for (const args of [
      ['apply', 'other.json', '--auto-approve'],
      ['show', 'other.json'],
    ]) {
      expect(await place.run(args)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/cannot be read/),
      })
    }
  })

  it.each([
    ['the address', (text: string) => text.replaceAll('orgs/acme/secrets/OLD', 'orgs/acme/secrets/ANY')],
    ['the action', (text: string) => text.replace('"delete"', '"create"')],
    ['before', (text: string) => text.replace('"enabled_repositories": "all"', '"enabled_repositories": "none"')],
    ['after', (text: string) => text.replace('"enabled_repositories": "selected"', '"enabled_repositories": "none"')],
    ['the host', (text: string) => text.replace(/"host": "[^"]*"/, '"host": "api.github.com"')],
    ['the digest', (text: string) => text.replace(/"digest": "[^"]*"/, `"digest": "${'0'.repeat(64)}"`)],
    [
      'a missing change',
      (text: string) => JSON.stringify({ ...JSON.parse(text), changes: JSON.parse(text).changes.slice(1) }),
    ],
  ])('edited (%s): exit 4, nothing written; show tells it too', async (_, edit) => {
    const { sandbox, place, text } = await planned()
    const edited = edit(text)
    expect(edited).not.toBe(text)
    await place.write('plan.json', edited)
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/plan\.json was edited[^\n]*Nothing was written/),
    })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(['show', 'plan.json'])).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/\n(Plan: .*|No changes\.)\n$/),
      stderr: expect.stringMatching(/plan\.json was edited/),
    })
  })

  it('that GitHub has moved away from: exit 4 with the difference', async () => {
    const { sandbox, place } = await planned()
    const box = await sealed(sandbox, '/orgs/acme/actions/secrets', 'anew')
    await sandbox.call('PUT', '/orgs/acme/actions/secrets/OLD', { ...box, visibility: 'all' })
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/does not hold any more\. Nothing was written[\s\S]*orgs\/acme\/secrets\/OLD/),
    })
    expect(sandbox.writes()).toEqual([])
  })

  it('made with a flag that apply lacks: exit 4, and the flag is named', async () => {
    const { sandbox, place } = await planned()
    await place.run(['plan', '--target', 'orgs/acme/secrets/*', '--out', 'part.json'])
    expect(await place.run(['apply', 'part.json', '--auto-approve'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("--target 'orgs/acme/secrets/*'"),
    })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(['apply', 'part.json', '--target', 'orgs/acme/secrets/*', '--auto-approve'])).toMatchObject({
      code: 0,
    })
    expect(sandbox.writes()).toEqual(['DELETE /orgs/acme/actions/secrets/OLD'])
  })
})
