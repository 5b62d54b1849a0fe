import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { sampledByKind } from '../support/by-night.ts'
import { LEDGER_KEY } from '../support/octoform.ts'
import { configuration, KINDS, OTHER_KEY, type Place, placeWith, publicKeyLine, VALUES } from './ledger-states.ts'

const GIVEN = {
  key: { OCTOFORM_LEDGER_KEY: LEDGER_KEY },
  'public key': { OCTOFORM_LEDGER_KEY: '' },
  neither: { OCTOFORM_LEDGER_KEY: '' },
  'key and previous': { OCTOFORM_LEDGER_KEY: LEDGER_KEY, OCTOFORM_LEDGER_KEY_PREVIOUS: OTHER_KEY },
} as const

type Name = keyof typeof KINDS
type Given = keyof typeof GIVEN

const NONE = 'No changes.'
const UNVERIFIED = 'Ledger not verified.'
const changes = (count: number): string => `Plan: 0 to add, ${count} to change, 0 to delete.`
const HELD = `${changes(0)} 1 held back.`
const BOTH = ['PUT /orgs/acme/actions/secrets/A', 'PUT /repos/acme/web/actions/secrets/R']

/** Exit codes of plan --detailed-exitcode, drift and apply; the plan's last line; the values that apply sends again. */
const CELLS: readonly [Name, Given, string, string, readonly string[]][] = [
  ['signed', 'key', '0 0 0', NONE, []],
  ['signed', 'public key', '0 0 1', NONE, []],
  ['signed', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['with MACs', 'key', '0 0 0', NONE, []],
  ['with MACs', 'public key', '2 2 1', `${changes(1)} 1 held back.`, []],
  ['with MACs', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['adopted', 'key', '0 0 0', NONE, []],
  ['adopted', 'public key', '0 0 1', NONE, []],
  ['adopted', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['keyless', 'key', '2 2 0', changes(2), BOTH],
  ['keyless', 'public key', '2 2 1', changes(2), []],
  ['keyless', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['keyless, with ids', 'key', '2 2 2', HELD, []],
  ['keyless, with ids', 'public key', '2 2 1', HELD, []],
  ['keyless, with ids', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['stripped', 'key', '2 2 0', changes(2), BOTH],
  ['stripped', 'public key', '2 2 1', changes(2), []],
  ['stripped', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['stripped, with ids', 'key', '2 2 2', HELD, []],
  ['stripped, with ids', 'public key', '2 2 1', HELD, []],
  ['stripped, with ids', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['foreign', 'key', '2 2 0', changes(2), BOTH],
  ['foreign', 'public key', '2 2 1', changes(2), []],
  ['foreign', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['foreign', 'key and previous', '0 0 0', NONE, []],
  ['foreign, with ids', 'key', '2 2 2', HELD, []],
  ['foreign, with ids', 'public key', '2 2 1', HELD, []],
  ['foreign, with ids', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['foreign, with ids', 'key and previous', '0 0 0', NONE, []],
  ['rolled back', 'key', '2 2 0', changes(2), BOTH],
  ['rolled back', 'public key', '2 2 1', changes(2), []],
  ['rolled back', 'neither', '2 2 0', `${changes(2)} ${UNVERIFIED}`, BOTH],
  ['dated ahead', 'key', '2 2 0', changes(2), BOTH],
  ['dated ahead', 'public key', '2 2 1', changes(2), []],
  ['dated ahead', 'neither', '2 2 0', `${changes(2)} ${UNVERIFIED}`, BOTH],
  ['an entry taken out', 'key', '2 2 0', changes(0), []],
  ['an entry taken out', 'public key', '2 2 1', changes(0), []],
  ['an entry taken out', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['an id taken out', 'key', '2 2 2', HELD, []],
  ['an id taken out', 'public key', '2 2 1', HELD, []],
  ['an id taken out', 'neither', '0 0 0', `${NONE} ${UNVERIFIED}`, []],
  ['an id edited', 'key', '2 2 2', HELD, []],
  ['an id edited', 'public key', '2 2 1', HELD, []],
  ['an id edited', 'neither', '2 2 2', `${HELD} ${UNVERIFIED}`, []],
]

async function run({ work, sandbox }: Place, args: readonly string[], given: Given) {
  const before = sandbox.writes().length
  const { code, stdout, stderr } = await work.run(args, { env: { ...VALUES, ...GIVEN[given] } })
  return { code, stderr, last: stdout.trim().split('\n').at(-1) ?? '', sent: sandbox.writes().slice(before) }
}

const APPLY = ['apply', '--auto-approve']

/** By day each state of a ledger, each kind of key, and each of the outcomes by each kind of key. */
const TRIED = sampledByKind(CELLS, ([name, given, codes, last]) => [name, given, `${given} ${codes} ${last}`])

describe('a ledger', () => {
  it.each(TRIED)('that is %s, with %s: plan, drift, apply', async (name, given, codes, last, put) => {
    const place = await placeWith(name, given === 'public key' ? await publicKeyLine() : '')
    const plan = await run(place, ['plan', '--detailed-exitcode'], given)
    const drift = await run(place, ['drift'], given)
    expect([...plan.sent, ...drift.sent]).toEqual([])
    const apply = await run(place, APPLY, given)
    expect({
      codes: [plan, drift, apply].map(({ code }) => code).join(' '),
      last: plan.last,
      put: [...apply.sent].sort(),
    }).toEqual({ codes, last, put })
    const drifted = last.replace('No changes.', 'No drift.').replace('Plan:', 'Drift:')
    expect(drift.last.replace(/ \d secrets? unknown\./, '')).toBe(drifted)
    if (given === 'public key') expect(apply.stderr).toContain('OCTOFORM_LEDGER_KEY is not set')
    expect((await run(place, APPLY, given)).sent).toEqual([])
  })

  it('is met by each of them with the key, its public key alone, and neither', () => {
    for (const name of Object.keys(KINDS)) {
      for (const given of ['key', 'public key', 'neither']) {
        expect(CELLS.filter(([kind, by]) => kind === name && by === given)).toHaveLength(1)
      }
    }
  })

  it.each([
    ['signed', 'key'],
    ['with MACs', 'key'],
    ['adopted', 'key'],
    ['rolled back', 'key'],
    ['dated ahead', 'key'],
    ['keyless', 'key'],
    ['stripped', 'key'],
    ['foreign, with ids', 'key and previous'],
  ] as const)('that is %s: once it is applied, its public key has nothing put again', async (name, given) => {
    const place = await placeWith(name)
    await run(place, APPLY, given)
    await place.work.write('octoform.yaml', configuration(await publicKeyLine()))
    expect(await run(place, ['plan', '--detailed-exitcode'], 'public key')).toMatchObject({ code: 0, last: NONE })
    expect(await run(place, APPLY, 'key')).toMatchObject({ code: 0, last: NONE, sent: [] })
    expect(await run(place, ['drift'], 'public key')).toMatchObject({ code: 0, last: 'No drift.' })
  })

  it.each(['foreign', 'an entry taken out', 'an id taken out'] as const)(
    'that is %s: no apply makes good what was taken out or put in, until somebody has looked at it',
    async (name) => {
      const place = await placeWith(name, await publicKeyLine())
      await run(place, APPLY, 'key')
      await run(place, APPLY, 'key')
      const drift = await run(place, ['drift'], 'public key')
      expect(drift.code).toBe(2)
      expect(drift.last).toContain('Drift: 0 to add, 0 to change, 0 to delete.')
      const { sandbox, work } = place
      const before = sandbox.writes()
      expect((await work.run(['ledger', 'key'], { answer: 'no' })).stderr).toContain('It stays as it is.')
      expect(await run(place, ['drift'], 'public key')).toMatchObject({ code: 2 })
      expect((await work.run(['ledger', 'key'], { answer: 'yes' })).code).toBe(0)
      expect((await run(place, ['drift'], 'public key')).code).toBe(0)
      expect(sandbox.writes()).toEqual(before)
    },
  )

  it.each(['signed', 'with MACs', 'adopted'] as const)(
    'that is %s is not put again where the public key comes with the first apply of this octoform',
    async (name) => {
      const place = await placeWith(name, await publicKeyLine())
      expect(await run(place, APPLY, 'key')).toMatchObject({ code: 0, last: NONE, sent: [] })
      expect(await run(place, ['plan', '--detailed-exitcode'], 'public key')).toMatchObject({ code: 0, last: NONE })
    },
  )

  it.each(['signed', 'with MACs', 'adopted', 'keyless', 'keyless, with ids'] as const)(
    'that is %s is vouched for by ledger key and ledger adopt, without a write to GitHub',
    async (name) => {
      const place = await placeWith(name)
      await place.work.run(['ledger', 'key', '--auto-approve'], { env: VALUES })
      await place.work.run(['ledger', 'adopt', '**', '--auto-approve'], { env: VALUES })
      await place.work.write('octoform.yaml', configuration(await publicKeyLine()))
      expect(await run(place, ['drift'], 'public key')).toMatchObject({ code: 0, last: 'No drift.' })
      expect(place.sandbox.writes()).toEqual([])
    },
  )

  it.each(Object.keys(KINDS) as Name[])(
    'that is %s: a pull request, without values and with the public key alone, has the digest of apply',
    async (name) => {
      const place = await placeWith(name, await publicKeyLine())
      const reviewed = await place.work.plan([], { ...GIVEN['public key'], A: '', R: '' })
      expect((await place.work.plan([], { ...GIVEN.key, ...VALUES })).digest).toBe(reviewed.digest)
      const ran = await run(place, [...APPLY, '--expect-digest', reviewed.digest], 'key')
      expect(ran.stderr).not.toContain('digest')
      expect([0, 2]).toContain(ran.code)
    },
  )

  it.each(['stripped', 'foreign', 'dated ahead', 'an entry taken out', 'an id edited'] as const)(
    'that is %s is named first by plan and drift',
    async (name) => {
      const place = await placeWith(name)
      for (const command of ['plan', 'drift']) {
        const { stdout } = await place.work.run([command], { env: VALUES })
        expect(stdout.trimStart().split('\n')[0]).toBe('The ledger was altered')
      }
    },
  )

  it('whose key was replaced says how many still need the former one, and none once they are written', async () => {
    const place = await placeWith('foreign, with ids')
    const env = { ...GIVEN['key and previous'], A: VALUES.A, R: '' }
    const ran = await place.work.run(APPLY, { env })
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('Renewed by the new ledger key: 1.') })
    expect(ran.stderr).toContain('1 still need OCTOFORM_LEDGER_KEY_PREVIOUS')
    const later = await run(place, APPLY, 'key and previous')
    expect(later).toMatchObject({ code: 0, sent: [], stderr: expect.not.stringContaining('still need') })
    expect(await run(place, APPLY, 'key')).toMatchObject({ code: 0, last: NONE, sent: [] })
  })

  it('whose key was replaced is verified by both public keys meanwhile', async () => {
    const both = [LEDGER_KEY, OTHER_KEY].map(async (key) => (await deriveKeys(key))?.publicKey)
    const line = `ledger: { public_key: ${JSON.stringify(await Promise.all(both))} }`
    const place = await placeWith('foreign, with ids', line)
    expect(await run(place, ['drift'], 'public key')).toMatchObject({ code: 0, last: 'No drift.' })
    expect(await run(place, APPLY, 'key and previous')).toMatchObject({ code: 0, sent: [] })
    expect(await run(place, ['drift'], 'public key')).toMatchObject({ code: 0, last: 'No drift.' })
  })
})

describe('ledger key', () => {
  it('prints the line of the YAML', async () => {
    const { work } = await placeWith('signed')
    const { publicKey } = (await deriveKeys(LEDGER_KEY)) ?? {}
    expect(await work.run(['ledger', 'key'])).toMatchObject({
      code: 0,
      stdout: `ledger: { public_key: ${publicKey} }\n`,
    })
  })
})
