import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'

/** No server listens there: every request fails. */
const NOWHERE = { url: 'http://127.0.0.1:9' }
const OFFLINE = { OCTOFORM_TOKEN: '', OCTOFORM_LEDGER_KEY: '' }

const YAML = `version: 1
organizations:
  acme:
    secrets: { S: { visibility: selected, repositories: [web], value: { env: S } } }
    repositories:
      web: { permissions: { allowed_actions: all } }
    repository_sets:
      - match: {}
        permissions: { allowed_actions: local_only }
`

describe('validate', () => {
  it('is offline, needs no token, and says which checks it left out', async () => {
    const place = await workplace(NOWHERE, { 'octoform.yaml': YAML }, OFFLINE)
    const ran = await place.run(['validate'])
    expect(ran).toMatchObject({ code: 0, stdout: 'The configuration is valid.\n' })
    expect(ran.stderr).toMatch(/Not checked: what the product lacks: give --product/)
    expect(ran.stderr).toMatch(/Not checked: what repository_sets, globs and selectors match/)
    const withProduct = await place.run(['validate', '--product', 'ghec'])
    expect(withProduct.stderr).not.toContain('the product lacks')
  })

  it('tells every problem with its place on stdout', async () => {
    const yaml = `version: 1
organizations:
  acme:
    secrets:
      GITHUB_A: { visibility: all, value: { env: A } }
      B: { visibility: all, repositories: [web], value: { env: B } }
    runner_groups: { g: { visibility: wide } }
`
    const place = await workplace(NOWHERE, { 'octoform.yaml': yaml }, OFFLINE)
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^octoform\.yaml:5:7: error: .*GITHUB_A/m)
    expect(stdout).toMatch(/^octoform\.yaml:7:39: error: .visibility. must be one of/m)
    expect(stdout).toMatch(/\n\d errors\.\n$/)
  })

  it.each([
    ['a list with visibility: all', 'secrets: { B: { visibility: all, repositories: [web], value: { env: B } } }'],
    [
      'a repository looser than its organization',
      'permissions: { allowed_actions: local_only }\n    repositories: { web: { permissions: { allowed_actions: all } } }',
    ],
  ])('finds a contradiction: %s', async (_, body) => {
    const yaml = `version: 1\norganizations:\n  acme:\n    ${body}\n`
    const place = await workplace(NOWHERE, { 'octoform.yaml': yaml }, OFFLINE)
    expect(await place.run(['validate'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/octoform\.yaml:\d+:\d+: error: /),
    })
  })

  it.each([
    ['ghes-2.22', /octoform\.yaml:4:5: error: .*permissions/],
    ['ghes-3.4', /octoform\.yaml:4:\d+: error: .*sha_pinning_required/],
    ['ghae', /octoform\.yaml:4:\d+: error: .*sha_pinning_required/],
    ['ghae-2021', /octoform\.yaml:4:\d+: error: .*sha_pinning_required/],
  ])('finds what %s lacks, with its line; github.product says the same', async (product, message) => {
    const body = 'organizations:\n  acme:\n    permissions: { sha_pinning_required: true }\n'
    const place = await workplace(NOWHERE, { 'octoform.yaml': `version: 1\n${body}` }, OFFLINE)
    expect(await place.run(['validate', '--product', product])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(message),
    })
    expect(await place.run(['validate', '--product', 'ghec'])).toMatchObject({ code: 0 })
    await place.write('octoform.yaml', `version: 1\n${body}github: { product: ${product} }\n`)
    expect(await place.run(['validate'])).toMatchObject({ code: 1, stdout: expect.stringMatching(message) })
  })

  it('--product that is none: exit 1', async () => {
    const place = await workplace(NOWHERE, { 'octoform.yaml': YAML }, OFFLINE)
    expect(await place.run(['validate', '--product', 'ghes3'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--product ghes3 is unknown: write dotcom, ghec, ghae, ghae-2021, or a release/),
    })
  })

  it('finds a value that is too long, where it is at hand; one that is not is no error', async () => {
    const yaml = `version: 1
organizations:
  acme:
    secrets:
      A: { visibility: all, value: { env: LONG } }
      B: { visibility: all, value: { file: long.txt } }
      C: { visibility: all, value: { env: NOT_HERE } }
      D: { visibility: all, value: { file: not-here.txt } }
`
    const files = { 'octoform.yaml': yaml, 'long.txt': 'y'.repeat(2 * 1024 * 1024) }
    const place = await workplace(NOWHERE, files, { ...OFFLINE, LONG: 'x'.repeat(49 * 1024) })
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^octoform\.yaml:5:\d+: error: the value env:LONG has 50176 bytes; .*49152/),
      expect.stringMatching(/^octoform\.yaml:6:\d+: error: the value file:long\.txt has 2097152 bytes/),
      '2 errors.',
    ])
  })

  it('--format json prints the same as data', async () => {
    const place = await workplace(NOWHERE, { 'octoform.yaml': YAML, 'bad.yaml': 'version: 1\nsecrts: {}\n' }, OFFLINE)
    const good = await place.run(['validate', '--format', 'json'])
    expect(JSON.parse(good.stdout)).toMatchObject({
      valid: true,
      diagnostics: [],
      not_checked: [expect.any(String), expect.any(String)],
    })
    const bad = await place.run(['validate', '--format', 'json', '--config', 'bad.yaml'])
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({
      valid: false,
      diagnostics: [{ severity: 'error', source: { file: 'bad.yaml', line: 2, col: 1 } }],
    })
  })

  it('--explain tells where each value came from and what it overrides', async () => {
    const place = await workplace(NOWHERE, { 'octoform.yaml': YAML }, OFFLINE)
    const { code, stdout } = await place.run(['validate', '--explain', 'repos/acme/web/permissions'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/allowed_actions = "all" {2}from octoform\.yaml:6:\d+ \(repository\)/)
    expect(stdout).toMatch(/overrides "local_only" {2}from octoform\.yaml:9:\d+ \(repository set\)/)
    const secret = await place.run(['validate', '--explain', 'orgs/acme/secrets/s'])
    expect(secret.stdout).toContain('value = env:S')
    const json = await place.run(['validate', '--explain', 'repos/acme/web/permissions', '--format', 'json'])
    expect(JSON.parse(json.stdout)).toEqual({
      address: 'repos/acme/web/permissions',
      lines: stdout.trimEnd().split('\n'),
    })
    expect(await place.run(['validate', '--explain', 'secrets/S'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is not an address/),
    })
  })

  it('shows what a name would do to a terminal, and does not do it', async () => {
    const yaml = 'version: 1\norganizations: { acme: { "\\e[2Jgone": {}, "::error::x": {} } }\n'
    const place = await workplace(NOWHERE, { 'octoform.yaml': yaml }, OFFLINE)
    for (const args of [['validate'], ['plan']]) {
      const { stdout, stderr } = await place.run(args)
      expect(stdout + stderr).toContain('u{1b}[2Jgone')
      expect(stdout + stderr).not.toContain('\u001b')
    }
  })
})
