import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { editEntry, hostOf, readEntries, WRITTEN_AT, type Written, writeLedger } from './written-ledger.ts'

const TOKEN = 'orgs/acme/secrets/TOKEN'
const KEY_ROUTE = '/orgs/{org}/actions/secrets/public-key'
const OTHER_KEY = Buffer.alloc(32, 'other').toString('base64')
const VALUE = 'a value to be kept'
const OTHER = 'another value altogether'

interface Scene {
  /** The YAML of acme's secrets. */
  readonly yaml: string
  /** The state of GitHub; {@link VALUE} for all repositories when left out. */
  readonly live?: object
  readonly ledger?: Readonly<Record<string, Written>>
  readonly ledgerKey?: string
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
}

const ENTRY = { [TOKEN]: { from: 'TOKEN', value: VALUE } }
const YAML = 'TOKEN: { visibility: all, value: { env: TOKEN } }'
const SELECTED = { visibility: 'selected', repositories: ['web'], value: VALUE, updated_at: WRITTEN_AT }

async function begin(scene: Scene): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const live = scene.live ?? { TOKEN: { visibility: 'all', value: VALUE, updated_at: WRITTEN_AT } }
  const organization = { repositories: { web: {}, api: {} }, secrets: live }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: organization } } })
  const config = `version: 1\norganizations:\n  acme:\n    secrets:\n      ${scene.yaml}\n`
  const place = await workplace(sandbox, { 'octoform.yaml': config, ...scene.files }, { TOKEN: VALUE, ...scene.env })
  if (scene.ledger) await writeLedger(place, sandbox, scene.ledger, scene.ledgerKey ?? LEDGER_KEY)
  return { sandbox, place }
}

const APPLY = ['apply', '--auto-approve']

async function settle(place: Workplace, flags: readonly string[] = []): Promise<void> {
  const applied = await place.run([...APPLY, ...flags])
  expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 })
  expect(await place.run(['plan'])).toMatchObject({
    stdout: expect.stringMatching(/(^|\n)No changes\.( Ledger not verified\.)?\n$/),
  })
}

/** The bodies of requests that bring a value. */
function sealedBodies({ asked }: WatchedSandbox): readonly string[] {
  return asked.flatMap(({ path, body }) => (JSON.stringify(body ?? {}).includes('encrypted_value') ? [path] : []))
}

function liveSecrets(sandbox: WatchedSandbox): object {
  return (sandbox.state() as { organizations: { acme: { secrets: object } } }).organizations.acme.secrets
}

interface Row extends Partial<Scene> {
  readonly flags?: readonly string[]
  /** A change of the ledger's entry. */
  readonly edit?: (entry: Record<string, unknown>) => void
  /** Of the one change that is planned; none when left out. */
  readonly change?: object
  readonly secrets?: Partial<Plan['secrets']>
  /** GitHub's value in the end. */
  readonly holds: string
  /** The ledger's seal is of another key: it is made anew only by `ledger key`, which asks. */
  readonly isSealedByAnother?: true
}

const LATER = { TOKEN: { visibility: 'all', value: 'put by hand', updated_at: '2026-01-01T00:00:03Z' } }
const put = (reason: string, rest: object = {}) => ({ action: 'update', value: 'again', reason, ...rest })

describe('the state of a secret', () => {
  it.each<[string, Row]>([
    ['not on GitHub', { live: {}, change: { action: 'create', value: 'put', reason: 'not on GitHub' }, holds: VALUE }],
    ['not on GitHub any more', { live: {}, ledger: ENTRY, change: { action: 'create', value: 'put' }, holds: VALUE }],
    ['unknown', { env: { TOKEN: OTHER }, secrets: { unknown: [TOKEN] }, holds: VALUE }],
    [
      'unknown, and rotated',
      {
        env: { TOKEN: OTHER },
        flags: ['--rotate', '**/TOKEN'],
        change: { value: 'rotate', reason: 'asked for by --rotate' },
        holds: OTHER,
      },
    ],
    ['unchanged', { ledger: ENTRY, secrets: { unknown: [], not_compared: [] }, holds: VALUE }],
    [
      'unchanged, and rotated',
      { ledger: ENTRY, flags: ['--rotate', '**/token'], change: { value: 'rotate' }, holds: VALUE },
    ],
    [
      'not compared: an empty variable',
      { ledger: ENTRY, env: { TOKEN: '' }, secrets: { not_compared: [TOKEN] }, holds: VALUE },
    ],
    [
      'an entry of another key',
      {
        ledger: ENTRY,
        ledgerKey: OTHER_KEY,
        change: put('its ledger entry was altered'),
        holds: VALUE,
        isSealedByAnother: true,
      },
    ],
    [
      'an entry without a key',
      { ledger: ENTRY, ledgerKey: '', change: put('its ledger entry was altered: it has no signature'), holds: VALUE },
    ],
    [
      'not compared: no key now',
      {
        ledger: ENTRY,
        env: { TOKEN: OTHER, OCTOFORM_LEDGER_KEY: '' },
        secrets: { not_compared: [TOKEN], keyed: false },
        holds: VALUE,
      },
    ],
    ['changed outside', { ledger: ENTRY, live: LATER, change: put('changed outside'), holds: VALUE }],
    [
      'changed outside, without a key',
      {
        ledger: ENTRY,
        ledgerKey: '',
        env: { OCTOFORM_LEDGER_KEY: '' },
        live: LATER,
        change: put('changed outside'),
        holds: VALUE,
      },
    ],
    [
      'our own write, two seconds apart',
      {
        ledger: ENTRY,
        live: { TOKEN: { visibility: 'all', value: VALUE, updated_at: '2026-01-01T00:00:02Z' } },
        holds: VALUE,
      },
    ],
    [
      'changed at the source',
      { ledger: ENTRY, env: { TOKEN: OTHER }, change: put('the value changed at its source'), holds: OTHER },
    ],
    [
      'interrupted',
      {
        ledger: { [TOKEN]: { from: 'TOKEN', value: VALUE, at: 'never' } },
        change: put('an earlier write was interrupted'),
        holds: VALUE,
      },
    ],
    [
      'its entry dated later',
      {
        ledger: ENTRY,
        live: LATER,
        edit: (entry) => Object.assign(entry, { written_at: '2026-02-01T00:00:00.000Z' }),
        change: put('its ledger entry was altered'),
        holds: VALUE,
      },
    ],
    [
      'its entry with another fingerprint',
      {
        ledger: ENTRY,
        edit: (entry) => Object.assign(entry, { fingerprint: Buffer.alloc(32).toString('base64') }),
        change: put('its ledger entry was altered'),
        holds: VALUE,
      },
    ],
    [
      'its entry said to be of another key',
      {
        ledger: ENTRY,
        edit: (entry) => Object.assign(entry, { key_id: '00'.repeat(16) }),
        change: put('its ledger entry was altered'),
        holds: VALUE,
      },
    ],
    [
      'another source',
      {
        ledger: { [TOKEN]: { from: 'ELSEWHERE', value: VALUE } },
        change: {
          value: 'put',
          before: { value: 'env:ELSEWHERE' },
          after: { value: 'env:TOKEN' },
          patch: [{ op: 'replace', path: '/value', value: 'env:TOKEN' }],
        },
        holds: VALUE,
      },
    ],
  ])('%s', async (_, { flags = [], edit, change, secrets = {}, holds, isSealedByAnother, ...scene }) => {
    const { sandbox, place } = await begin({ yaml: YAML, ...scene })
    if (edit) await editEntry(place, TOKEN, edit)
    const plan = await place.plan(flags)
    expect(plan.secrets).toMatchObject(secrets)
    expect(plan.changes).toEqual(change ? [expect.objectContaining({ address: TOKEN, ...nested(change) })] : [])
    const drift = await place.run(['drift', ...flags])
    expect(drift.code).toBe(change ? 2 : 0)
    if (isSealedByAnother) {
      expect(await place.run([...APPLY, ...flags])).toMatchObject({ code: 0 })
      expect(await place.run(['ledger', 'key', '--auto-approve'])).toMatchObject({ code: 0 })
    }
    await settle(place, flags)
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value: holds } })
    expect(sealedBodies(sandbox)).toHaveLength(change ? 1 : 0)
    if (change)
      expect(Object.values(await readEntries(place))).toEqual([
        expect.objectContaining({ source: 'env:TOKEN', written_at: expect.any(String) }),
      ])
  })

  function nested(change: object): object {
    return Object.fromEntries(
      Object.entries(change).map(([key, value]) => [
        key,
        key === 'before' || key === 'after' ? expect.objectContaining(value) : value,
      ]),
    )
  }

  it('another source is in the digest, and a value put again is not', async () => {
    const { place } = await begin({ yaml: YAML, ledger: ENTRY })
    const none = (await place.plan()).digest
    expect((await place.plan([], { TOKEN: OTHER })).digest).toBe(none)
    await place.write('octoform.yaml', (await place.read('octoform.yaml')).replace('env: TOKEN', 'env: ELSEWHERE'))
    expect((await place.plan()).digest).not.toBe(none)
  })

  it('says of an unknown value that it is left alone, and of a missing key that the source is not compared', async () => {
    const { place } = await begin({ yaml: YAML, env: { OCTOFORM_LEDGER_KEY: '' } })
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain('TOKEN')
    expect(stdout).toContain('OCTOFORM_LEDGER_KEY')
    expect(stdout).toMatch(/\nNo changes\.\n$/)
  })

  it('an entry of another host is of no account, and is kept', async () => {
    const { sandbox, place } = await begin({ yaml: YAML, env: { TOKEN: OTHER } })
    await writeLedger(place, { url: 'https://api.github.com' }, ENTRY)
    expect((await place.plan()).secrets.unknown).toEqual([TOKEN])
    await settle(place, ['--rotate', '**'])
    const entries = await readEntries(place)
    expect(Object.keys(entries).sort()).toEqual(
      [`${hostOf(sandbox)} ${TOKEN}`, `https://api.github.com ${TOKEN}`].sort(),
    )
    expect(entries[`https://api.github.com ${TOKEN}`]?.written_at).toBe('2026-01-01T00:00:00.000Z')
  })
})

describe('access', () => {
  it('alone goes without the value, and completes the entry anew', async () => {
    const yaml = 'TOKEN: { visibility: selected, repositories: [api], value: { env: TOKEN } }'
    const { sandbox, place } = await begin({ yaml, live: { TOKEN: SELECTED }, ledger: ENTRY })
    const [before] = Object.values(await readEntries(place))
    await settle(place)
    expect(sandbox.writes()).toEqual(['PUT /orgs/acme/actions/secrets/TOKEN/repositories'])
    expect(sandbox.asked.some(({ route }) => route === KEY_ROUTE)).toBe(false)
    expect(sealedBodies(sandbox)).toEqual([])
    const [after] = Object.values(await readEntries(place))
    expect(after).toMatchObject({ source: 'env:TOKEN', fingerprint: before?.fingerprint })
    expect(Date.parse(after?.written_at ?? '')).toBeGreaterThan(Date.parse(WRITTEN_AT))
    expect((await place.plan([], { TOKEN: OTHER })).changes).toEqual([
      expect.objectContaining(put('the value changed at its source')),
    ])
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value: VALUE, repositories: ['api'] } })
  })

  it.each([
    ['unknown', 'TOKEN: { visibility: selected, repositories: [api], value: { env: TOKEN } }', [TOKEN]],
    ['without a value of ours', 'TOKEN: { visibility: selected, repositories: [api] }', []],
    ['shared', 'TOKEN: { add_repositories: [api], remove_repositories: [web] }', []],
  ])('of a secret that is %s is managed, and makes no entry', async (_, yaml, unknown) => {
    const { sandbox, place } = await begin({ yaml, live: { TOKEN: SELECTED } })
    await settle(place)
    expect(sealedBodies(sandbox)).toEqual([])
    expect((await place.plan()).secrets.unknown).toEqual(unknown)
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value: VALUE, repositories: ['api'] } })
    expect(await readEntries(place)).toEqual({})
  })

  it('of an altered entry does not make it good', async () => {
    const yaml = 'TOKEN: { visibility: selected, repositories: [api], value: { env: TOKEN } }'
    const { sandbox, place } = await begin({ yaml, live: { TOKEN: SELECTED }, ledger: ENTRY })
    await editEntry(place, TOKEN, (entry) => Object.assign(entry, { fingerprint: Buffer.alloc(32).toString('base64') }))
    await settle(place)
    expect(sealedBodies(sandbox)).toHaveLength(1)
  })

  it('by visibility goes with the value, and takes it from where the YAML says', async () => {
    const { sandbox, place } = await begin({ yaml: 'TOKEN: { visibility: private, value: { env: TOKEN } }' })
    expect(await place.run(APPLY, { env: { TOKEN: '' } })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('env:TOKEN is empty'),
    })
    expect(sandbox.writes()).toEqual([])
    expect((await place.plan()).values_needed).toEqual([{ source: 'env:TOKEN', addresses: [TOKEN] }])
    await settle(place)
    expect(sandbox.writes()).toEqual(['PUT /orgs/acme/actions/secrets/TOKEN'])
    expect(sandbox.asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      visibility: 'private',
      encrypted_value: expect.any(String),
      key_id: expect.any(String),
    })
  })

  it('by visibility without a value is held back, and stops nothing else', async () => {
    const yaml = 'TOKEN: { visibility: private }\n      GONE: absent'
    const live = { TOKEN: { visibility: 'all', value: VALUE }, GONE: { visibility: 'all' } }
    const { sandbox, place } = await begin({ yaml, live })
    const told = `${TOKEN} visibility: GitHub has visibility: all, and takes private only with the value`
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining(told) })
    expect(await place.run(['drift'])).toMatchObject({ code: 2, stdout: expect.stringContaining(told) })
    expect(await place.run(APPLY)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/\nApplied: 0 added, 0 changed, 1 deleted\. 1 held back\.\n$/),
    })
    expect(sandbox.writes()).toEqual(['DELETE /orgs/acme/actions/secrets/GONE'])
    expect(await place.run(APPLY)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/\nPlan: 0 to add, 0 to change, 0 to delete\. 1 held back\.\n$/),
    })
    expect(sandbox.writes()).toHaveLength(1)
  })
})

describe('a secret without a value', () => {
  it('that is missing is told and not created', async () => {
    const { sandbox, place } = await begin({ yaml: 'MISSING: { visibility: all }', live: {} })
    const { stdout, code } = await place.run(['plan'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/warning: MISSING is not on GitHub and has no value here: it is not created/)
    await settle(place)
    expect(sandbox.writes()).toEqual([])
  })

  it('is never put again, not even by --rotate, and never unknown', async () => {
    const { sandbox, place } = await begin({ yaml: 'TOKEN: { visibility: all }', live: LATER, ledger: ENTRY })
    const plan = await place.plan()
    expect(plan).toMatchObject({ changes: [], secrets: { unknown: [], not_compared: [] } })
    const stderr = expect.stringContaining('--rotate ** chooses nothing')
    expect(await place.run([...APPLY, '--rotate', '**'])).toMatchObject({ code: 1, stderr })
    await settle(place)
    expect(sandbox.writes()).toEqual([])
  })

  it('and with nothing else is kept from prune', async () => {
    const yaml = 'TOKEN: {}\n    prune: ["secrets/*"]'
    const live = { TOKEN: { visibility: 'all', value: VALUE }, OTHER: { visibility: 'all' } }
    const { sandbox, place } = await begin({ yaml, live })
    await settle(place)
    expect(sandbox.writes()).toEqual(['DELETE /orgs/acme/actions/secrets/OTHER'])
  })
})

describe('values', () => {
  it('of files lie beside the YAML, or where --values says; line ends at their end are dropped', async () => {
    const yaml = 'TOKEN: { visibility: all, value: { file: keys/token.txt } }'
    const files = { 'keys/token.txt': 'beside\r\n\n', 'elsewhere/keys/token.txt': 'elsewhere\nwith two lines\n' }
    const { sandbox, place } = await begin({ yaml, live: {}, files })
    await settle(place)
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value: 'beside' } })
    const moved = await place.run([...APPLY, '--values', 'elsewhere'])
    expect(moved, moved.stderr).toMatchObject({ code: 0 })
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value: 'elsewhere\nwith two lines' } })
  })

  it('of 48 KB are taken, and a byte more stops before the first write', async () => {
    const { sandbox, place } = await begin({
      yaml: `GONE: absent\n      ${YAML}`,
      live: { GONE: { visibility: 'all' } },
    })
    const longest = 'é'.repeat(24 * 1024)
    const refused = await place.run(APPLY, { env: { TOKEN: `${longest}x` } })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('env:TOKEN has 49153 bytes') })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(APPLY, { env: { TOKEN: longest } })).toMatchObject({ code: 0 })
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value: longest } })
  })

  it('that are missing are all told before the first write', async () => {
    const yaml =
      'GONE: absent\n      A: { visibility: all, value: { env: A } }\n      B: { visibility: all, value: { file: b } }'
    const { sandbox, place } = await begin({ yaml, live: { GONE: { visibility: 'all' } } })
    const { code, stderr } = await place.run(APPLY)
    expect(code).toBe(1)
    expect(stderr).toContain('orgs/acme/secrets/A needs its value: env:A is not set')
    expect(stderr).toContain('orgs/acme/secrets/B needs its value: file:b cannot be read (there is no such file)')
    expect(sandbox.writes()).toEqual([])
  })

  it('are in no output, no plan and no ledger, in no form', async () => {
    const value = 'p@ss/wörd "quoted" with+signs'
    const { sandbox, place } = await begin({ yaml: YAML, live: {}, env: { TOKEN: value } })
    await sandbox.fault({
      method: 'PUT',
      status: 422,
      body: { message: `Invalid value ${value} (${encodeURIComponent(value)})`, documentation_url: 'x' },
    })
    const outputs = [
      await place.run(['plan', '--out', 'plan.json', '--debug']),
      await place.run([...APPLY, '--debug']),
      await place.run([...APPLY, '--format', 'json', '--debug']),
      await place.run(['drift', '--debug', '--rotate', '**']),
    ]
    expect(outputs.map(({ code }) => code)).toEqual([0, 1, 0, 2])
    const texts = [
      ...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr]),
      await place.read('plan.json'),
      await place.read('.octoform/ledger.json'),
    ]
    const forms = [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('base64'),
    ]
    for (const text of texts) for (const form of forms) expect(text).not.toContain(form)
    expect(outputs[1]?.stdout).toContain('Invalid value ***')
    expect(liveSecrets(sandbox)).toMatchObject({ TOKEN: { value } })
  })
})

describe('the public key', () => {
  const TWO = 'A: { visibility: all, value: { env: TOKEN } }\n      B: { visibility: all, value: { env: TOKEN } }'
  const keysRead = ({ asked }: WatchedSandbox): number =>
    asked.filter(({ route }) => route.endsWith('/public-key')).length

  it('is read once for each scope, and only for a write', async () => {
    const yaml = `${TWO}\n    repositories:\n      web: { secrets: { C: { value: { env: TOKEN } }, D: { value: { env: TOKEN } } } }`
    const { sandbox, place } = await begin({ yaml, live: {} })
    expect((await place.plan()).requests).toBe(7)
    await place.run(['drift'])
    expect(keysRead(sandbox)).toBe(0)
    await settle(place)
    expect(keysRead(sandbox)).toBe(2)
    expect(sandbox.writes()).toHaveLength(4)
  })

  it('that changes between its read and the write is read again, and the value is sealed and sent once more', async () => {
    const { sandbox, place } = await begin({ yaml: TWO, live: {} })
    await sandbox.fault({ route: KEY_ROUTE, rotate_keys: true })
    await settle(place, ['--parallelism', '1'])
    expect(keysRead(sandbox)).toBe(2)
    const sent = sandbox.asked.filter(({ method }) => method === 'PUT')
    expect(sent.map(({ path, status }) => `${path.at(-1)} ${status}`)).toEqual(['A 422', 'A 201', 'B 201'])
    expect(new Set(sent.map(({ body }) => (body as { key_id: string }).key_id)).size).toBe(2)
    expect(liveSecrets(sandbox)).toMatchObject({ A: { value: VALUE }, B: { value: VALUE } })
  })

  it('that changes again is no reason to go on for ever', async () => {
    const { sandbox, place } = await begin({ yaml: YAML, live: {} })
    await sandbox.fault({ route: KEY_ROUTE, rotate_keys: true, times: 9 })
    expect(await place.run(APPLY)).toMatchObject({ code: 1 })
    expect(sandbox.writes()).toHaveLength(2)
  })

  it('that is the same still means that a refusal has another reason, and is not sent again', async () => {
    const { sandbox, place } = await begin({ yaml: YAML, live: {} })
    await sandbox.fault({
      method: 'PUT',
      status: 422,
      times: 9,
      body: { message: 'Secret names may not be this', documentation_url: 'x' },
    })
    expect(await place.run(APPLY)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Secret names may not be this'),
    })
    expect(sandbox.writes()).toHaveLength(1)
  })

  /** 422 with this text, and the reads of the key that five refused values take. */
  it.each([
    ['Validation failed', 2],
    ['', 2],
    ['Validation failed: an improperly encrypted secret', 6],
  ])('is not read again for each refusal that is about something else: %j', async (message, reads) => {
    const yaml = ['A', 'B_KEY', 'C', 'D', 'E'].map((name) => `${name}: { visibility: all, value: { env: TOKEN } }`)
    const { sandbox, place } = await begin({ yaml: yaml.join('\n      '), live: {} })
    await sandbox.fault({ method: 'PUT', status: 422, times: 9, body: { message, documentation_url: 'x' } })
    expect(await place.run(APPLY)).toMatchObject({ code: 1 })
    expect(keysRead(sandbox)).toBe(reads)
    expect(sandbox.writes()).toHaveLength(5)
  })

  it('is read again in each scope after a refusal that said nothing of it, once it was one that changed', async () => {
    const { sandbox, place } = await begin({ yaml: TWO, live: {} })
    await sandbox.fault({ route: KEY_ROUTE, rotate_keys: true })
    await sandbox.fault({ method: 'PUT', status: 422, times: 1, body: { message: 'no', documentation_url: 'x' } })
    await settle(place)
    expect(liveSecrets(sandbox)).toMatchObject({ A: { value: VALUE }, B: { value: VALUE } })
  })
})
