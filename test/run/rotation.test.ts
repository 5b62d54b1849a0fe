import { describe, expect, it } from 'vitest'
import { writeLedger } from '../engine/written-ledger.ts'
import { atNightElse } from '../support/by-night.ts'
import { actionsEnv, HEAD, REPOSITORY, TIP } from '../support/github-actions.ts'
import { LEDGER_KEY, type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const TOKEN = 'orgs/acme/secrets/TOKEN'
const APPLY = ['apply', '--auto-approve']
const NO_KEY = { OCTOFORM_LEDGER_KEY: '' }
const WRITTEN_AT = '2026-01-01T00:00:00Z'

interface World {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
}

const secretsYaml = (lines: string, head = ''): string =>
  `version: 1\n${head}organizations:\n  acme:\n    secrets:\n      ${lines}\n`
const versioned = (version: string): string =>
  secretsYaml(`TOKEN: { visibility: all, value: { env: TOKEN${version} } }`)

/** A secret that octoform never wrote. */
async function world(yaml: string, env: Readonly<Record<string, string>> = {}): Promise<World> {
  const secrets = { TOKEN: { visibility: 'all', value: 'old value', updated_at: WRITTEN_AT } }
  const admin = { default_branch: 'main', branches: { main: TIP } }
  const seed = { product: 'ghec', organizations: { acme: { repositories: { web: {}, admin }, secrets } } }
  const sandbox = await watchedSandbox({ seed })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, { TOKEN: 'new value', ...env }) }
}

function held({ sandbox }: World, name = 'TOKEN'): unknown {
  const { organizations } = sandbox.state() as {
    organizations: { acme: { secrets: Record<string, { value: unknown }> } }
  }
  return organizations.acme.secrets[name]?.value
}

function ended(ran: Ran, code: number): Ran {
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code })
  return ran
}

const settled = { code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.(?: Ledger not verified\.)?\n$/) }

describe('`version`', () => {
  it.each([
    ['with a ledger key', LEDGER_KEY],
    ['without one', ''],
  ])('rotates a secret that was unknown by one reviewed line, %s', async (_, key) => {
    const it = await world(versioned(', version: 2026-10-05'), { OCTOFORM_LEDGER_KEY: key })
    const { changes, digest, secrets } = await it.place.plan()
    expect(changes).toMatchObject([
      { address: TOKEN, action: 'update', after: { value: 'env:TOKEN version 2026-10-05' }, value: 'put' },
    ])
    expect(changes[0]?.before).not.toHaveProperty('value')
    expect(secrets.unknown).toEqual([])
    expect((await it.place.plan([], { TOKEN: '', ...NO_KEY })).digest).toBe(digest)

    ended(await it.place.run([...APPLY, '--expect-digest', digest]), 0)
    expect(held(it)).toBe('new value')
    expect(await it.place.run(['plan'])).toMatchObject(settled)
  })

  it('puts the value again where it is another one, and not where it is taken out', async () => {
    const it = await world(versioned(', version: 1'), { ...NO_KEY })
    ended(await it.place.run(APPLY), 0)
    await it.place.write('octoform.yaml', versioned(', version: "2"'))
    const { changes } = await it.place.plan()
    expect(changes).toMatchObject([
      { before: { value: 'env:TOKEN version 1' }, after: { value: 'env:TOKEN version 2' }, value: 'put' },
    ])
    ended(await it.place.run(APPLY, { env: { TOKEN: 'newer value' } }), 0)
    expect(held(it)).toBe('newer value')

    await it.place.write('octoform.yaml', versioned(''))
    expect(await it.place.run(['plan'])).toMatchObject(settled)
    await it.place.write('octoform.yaml', versioned(', version: "2"'))
    expect(await it.place.run(['plan'])).toMatchObject(settled)
  })

  it('shows one document on both sides where it was taken out and the value will be re-sent for another reason', async () => {
    const it = await world(versioned(', version: 1'))
    ended(await it.place.run(APPLY), 0)
    await it.place.write('octoform.yaml', versioned(''))
    const { changes } = await it.place.plan([], { TOKEN: 'changed at its source' })
    expect(changes).toMatchObject([{ before: { value: 'env:TOKEN' }, after: { value: 'env:TOKEN' }, value: 'again' }])
  })

  it('is part of the source: a file with a version is read from the file', async () => {
    const it = await world(secretsYaml('TOKEN: { visibility: all, value: { file: token.txt, version: a } }'))
    await it.place.write('token.txt', 'from the file\n')
    ended(await it.place.run(APPLY), 0)
    expect(held(it)).toBe('from the file')
    expect(await it.place.run(['plan'])).toMatchObject(settled)
  })

  it('holds after the write was interrupted, before and after its effect', async () => {
    for (const drop of [{ status: 502 }, { drop: true, effect: true }]) {
      const it = await world(versioned(', version: 1'))
      ended(await it.place.run(['plan', '--out', 'p.json']), 0)
      const { effect, ...fault } = { effect: false, ...drop }
      await it.sandbox.fault({ method: 'PUT', route: '/orgs/{org}/actions/secrets/{secret_name}', times: 3, ...fault })
      ended(await it.place.run(['apply', 'p.json', '--auto-approve']), 1)
      ended(await it.place.run(['apply', 'p.json', '--auto-approve']), 0)
      expect(held(it)).toBe('new value')
      expect(await it.place.run(['plan'])).toMatchObject(settled)
    }
  })

  it.each([
    ['two words', 'value: { env: TOKEN, version: "a b" }', '`version` takes one word'],
    ['nothing', 'value: { env: TOKEN, version: "" }', '`version` takes one word'],
    ['a list', 'value: { env: TOKEN, version: [1] }', '`version` takes one word'],
    ['a number that YAML writes anew', 'value: { env: TOKEN, version: 1.10 }', '`version` takes one word'],
    ['no source', 'value: { version: 1 }', 'value` takes exactly one of'],
    ['two sources', 'value: { env: TOKEN, file: f, version: 1 }', 'value` takes exactly one of'],
    [
      'a sealed value',
      `value: { sealed: { key_id: "1", encrypted_value: "${'A'.repeat(68)}" }, version: 1 }`,
      '`version` goes with `env` or `file`',
    ],
    ['a file that ends like one', 'value: { file: "my version 2" }', '`file` cannot end in ` version '],
  ])('is refused offline: %s', async (_, value, message) => {
    const { place, sandbox } = await world(secretsYaml(`TOKEN: { visibility: all, ${value} }`))
    for (const command of [['validate'], ['plan'], APPLY]) {
      const { stdout, stderr } = ended(await place.run(command), 1)
      expect(stdout + stderr).toContain(message)
      expect(stdout + stderr).toMatch(/octoform\.yaml:5:\d+/)
    }
    expect(sandbox.asked).toEqual([])
  })

  it('needs a ledger that is kept: on GitHub Actions a file is none', async () => {
    const it = await world(versioned(', version: 1'), await actionsEnv({ event: 'push', payload: REPOSITORY }))
    for (const command of [['validate'], ['plan'], ['drift'], APPLY]) {
      const { stdout, stderr } = ended(await it.place.run(command), 1)
      expect(stdout + stderr).toMatch(/octoform\.yaml:5:\d+: .*`version` needs a ledger that is kept/)
    }
    expect(it.sandbox.asked).toEqual([])
    await it.place.write(
      'octoform.yaml',
      secretsYaml(
        'TOKEN: { visibility: all, value: { env: TOKEN, version: 1 } }',
        'ledger: { repository: acme/admin, branch: octoform, path: l.json }\n',
      ),
    )
    ended(await it.place.run(APPLY), 0)
    expect(held(it)).toBe('new value')
    expect(await it.place.run(['plan'])).toMatchObject(settled)
  })
})

const namesOf = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `svc-${index}`)

/** A secret that leaked from many repositories, which octoform wrote. */
async function leaked(count: number): Promise<World> {
  const names = namesOf(count)
  const secrets = {
    QUEUE: { value: 'leaked', updated_at: WRITTEN_AT },
    OTHER: { value: 'kept', updated_at: WRITTEN_AT },
  }
  const repositories = Object.fromEntries(names.map((name) => [name, { secrets }]))
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  const yaml =
    'version: 1\norganizations:\n  acme:\n    repository_sets:\n      - match: { name: "svc-*" }\n' +
    `        secrets: { QUEUE: { value: { env: LEAKED } }, OTHER: { value: { env: OTHER } } }\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { LEAKED: 'leaked', OTHER: 'kept' })
  const written = names.map(
    (name) => [`repos/acme/${name}/secrets/QUEUE`, { from: 'LEAKED', value: 'leaked' }] as const,
  )
  await writeLedger(place, sandbox, Object.fromEntries(written))
  return { sandbox, place }
}

function values({ sandbox }: World, name: string): ReadonlySet<unknown> {
  const { organizations } = sandbox.state() as {
    organizations: { acme: { repositories: Record<string, { secrets: Record<string, { value: unknown }> }> } }
  }
  return new Set(Object.values(organizations.acme.repositories).map(({ secrets }) => secrets[name]?.value))
}

/** By day fewer: each write saves the ledger, and each is planned three times. */
const MANY = atNightElse(200, 40)

describe(`a secret that leaked from ${MANY} repositories`, () => {
  it('is one reviewed line', async () => {
    const it = await leaked(MANY)
    const text = await it.place.read('octoform.yaml')
    await it.place.write('octoform.yaml', text.replace('env: LEAKED', 'env: LEAKED, version: 2026-11-28'))
    const { digest, changes } = await it.place.plan([], { LEAKED: '', ...NO_KEY })
    expect(changes).toHaveLength(MANY)
    ended(await it.place.run([...APPLY, '--expect-digest', digest], { env: { LEAKED: 'fresh' } }), 0)
    expect(values(it, 'QUEUE')).toEqual(new Set(['fresh']))
    expect(values(it, 'OTHER')).toEqual(new Set(['kept']))
    expect(await it.place.run(['plan'], { env: { LEAKED: 'fresh' } })).toMatchObject(settled)
  }, 60_000)

  it('is one dispatch, held to the digest of its own plan', async () => {
    const it = await leaked(20)
    const flags = ['--rotate=env:LEAKED']
    const { digest, changes } = await it.place.plan(flags, { LEAKED: '', OTHER: '', ...NO_KEY })
    expect(changes.map(({ value }) => value)).toEqual(namesOf(20).map(() => 'rotate'))
    ended(await it.place.run([...APPLY, ...flags, '--expect-digest', digest], { env: { LEAKED: 'fresh' } }), 0)
    expect(values(it, 'QUEUE')).toEqual(new Set(['fresh']))
    expect(values(it, 'OTHER')).toEqual(new Set(['kept']))
  }, 60_000)

  it('is one dispatch also on a commit whose pull request had another digest', async () => {
    const digestOfPull = 'f'.repeat(64)
    const secrets = { TOKEN: { visibility: 'all', value: 'leaked' } }
    const merged = { head: { ref: 'topic', sha: HEAD }, base: 'main', merged: true, merge_commit_sha: TIP }
    const admin = { default_branch: 'main', branches: { main: TIP, topic: HEAD }, pull_requests: { 7: merged } }
    const seed = {
      product: 'ghec',
      organizations: { acme: { repositories: { admin }, secrets } },
      tokens: { 'token-of-an-owner': {}, workflow: { workflow: 'acme/admin' } },
    }
    const sandbox = await watchedSandbox({ seed })
    const check = { name: 'octoform plan', head_sha: HEAD, external_id: digestOfPull, conclusion: 'success' }
    await sandbox.call('POST', '/repos/acme/admin/check-runs', check, 'workflow')
    const ledger = 'ledger: { repository: acme/admin, branch: octoform, path: l.json }\n'
    const yaml = secretsYaml('TOKEN: { visibility: all, value: { env: TOKEN } }', ledger)
    const env = await actionsEnv({ event: 'workflow_dispatch', payload: REPOSITORY })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { ...env, TOKEN: 'fresh' })
    const { digest } = await place.plan(['--rotate=env:TOKEN'], { TOKEN: '', ...NO_KEY })

    const rotate = [...APPLY, '--rotate=env:TOKEN', '--branch', 'main', '--expect-digest']
    ended(await place.run([...rotate, digest, '--expect-pull-request']), 4)
    ended(await place.run([...rotate, digestOfPull]), 4)
    expect(held({ sandbox, place })).toBe('leaked')
    ended(await place.run([...rotate, digest]), 0)
    expect(held({ sandbox, place })).toBe('fresh')
  })

  it('is rotated in part with --target', async () => {
    const it = await leaked(20)
    const target = ['--rotate', 'env:LEAKED', '--target', 'repos/acme/svc-1/**']
    ended(await it.place.run([...APPLY, ...target], { env: { LEAKED: 'fresh' } }), 0)
    expect(it.sandbox.writes()).toEqual(['PUT /repos/acme/svc-1/actions/secrets/QUEUE'])
  }, 60_000)
})

describe('`--rotate` with a source', () => {
  const yaml = secretsYaml(
    'TOKEN: { visibility: all, value: { env: TOKEN } }\n      FILED: { visibility: all, value: { file: f.txt } }',
  )

  it('takes a file as the YAML writes it', async () => {
    const it = await world(yaml)
    await it.place.write('f.txt', 'first')
    ended(await it.place.run(APPLY), 0)
    await it.place.write('f.txt', 'second')
    const { changes } = await it.place.plan(['--rotate', 'file:f.txt'])
    expect(changes).toMatchObject([{ address: 'orgs/acme/secrets/FILED', value: 'rotate' }])
  })

  it('finds a source that has a version', async () => {
    const it = await world(versioned(', version: 7'))
    ended(await it.place.run(APPLY), 0)
    ended(await it.place.run([...APPLY, '--rotate', 'env:TOKEN'], { env: { TOKEN: 'third' } }), 0)
    expect(held(it)).toBe('third')
    expect(await it.place.run(['plan'], { env: { TOKEN: 'third' } })).toMatchObject(settled)
  })

  it.each([
    ['env:TOKN', 'The nearest is env:TOKEN.'],
    ['env:token', 'The nearest is env:TOKEN.'],
    ['env:TOKEN*', 'The nearest is env:TOKEN.'],
    ['file:./f.txt', 'The nearest is file:f.txt.'],
    ['env:', 'The nearest is'],
  ])('refuses %s, which nothing has', async (word, nearest) => {
    const it = await world(yaml)
    for (const command of [['plan'], ['drift'], APPLY]) {
      const { stderr } = ended(await it.place.run([...command, '--rotate', word]), 1)
      expect(stderr).toContain(`--rotate ${word}: no secret of this run takes its value from there.`)
      expect(stderr).toContain(nearest)
    }
    expect(it.sandbox.asked).toEqual([])
  })

  it('does not take an owner that the run leaves out', async () => {
    const it = await world(`${yaml}  globex: { secrets: { X: { visibility: all, value: { env: OTHER } } } }\n`)
    const { stderr } = ended(await it.place.run(['plan', '--owner', 'acme', '--rotate', 'env:OTHER']), 1)
    expect(stderr).toContain('no secret of this run')
  })
})
