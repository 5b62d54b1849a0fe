import { describe, expect, it } from 'vitest'
import { readEntries } from '../engine/written-ledger.ts'
import { LEDGER_KEY } from '../support/octoform.ts'
import { configuration, KINDS, type Place, placeWith, publicKeyLine, VALUES } from './ledger-states.ts'

const ADOPT = ['ledger', 'adopt', '**']
const WRONG = 'its entry was altered and is not signed; restore the ledger from version control'

async function adopt({ work }: Place, options: { env?: Readonly<Record<string, string>>; answer?: string } = {}) {
  const { env = {}, ...rest } = options
  return work.run(ADOPT, { env: { ...VALUES, ...env }, ...rest })
}

const proofs = async ({ work }: Place): Promise<readonly boolean[]> =>
  Object.values(await readEntries(work)).map(({ signature }) => signature !== undefined)

describe('ledger adopt of entries without a signature', () => {
  it.each(['keyless', 'stripped'] as const)('that are %s names them, asks, and signs them', async (kind) => {
    const place = await placeWith(kind)
    const ran = await adopt(place, { answer: 'yes' })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('Recorded: 2 of 2.') })
    expect(ran.stderr).toContain('Entries without a signature')
    expect(ran.stderr).toContain('  orgs/acme/secrets/A\n  repos/acme/web/secrets/R\n')
    expect(await proofs(place)).toEqual([true, true])
    expect(await place.work.run(['drift'], { env: VALUES })).toMatchObject({ code: 0 })
    expect(place.sandbox.writes()).toEqual([])
  })

  it.each([
    ['no', { answer: 'no' }],
    ['y', { answer: 'y' }],
    ['nothing, as there is no terminal', {}],
  ])('leaves them where the answer is %s', async (_what, options) => {
    const place = await placeWith('keyless')
    const before = await readEntries(place.work)
    expect(await adopt(place, options)).toMatchObject({ code: 1, stdout: 'Recorded: 0 of 2.\n' })
    expect(await readEntries(place.work)).toEqual(before)
  })

  it('signs none without the key', async () => {
    const place = await placeWith('keyless')
    const ran = await adopt(place, { env: { OCTOFORM_LEDGER_KEY: '' }, answer: 'yes' })
    expect(ran.stdout).toBe('Recorded: 0 of 2.\n')
    expect(await proofs(place)).toEqual([false, false])
  })

  it('writes nothing with a public key and without its key', async () => {
    const place = await placeWith('keyless', await publicKeyLine())
    const before = await readEntries(place.work)
    const ran = await adopt(place, { env: { OCTOFORM_LEDGER_KEY: '' }, answer: 'yes' })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('OCTOFORM_LEDGER_KEY is not set') })
    expect(await readEntries(place.work)).toEqual(before)
  })
})

describe('ledger adopt of an entry with a wrong proof', () => {
  const EDITS = {
    'another signature': (entry: Record<string, unknown>) => void Object.assign(entry, { signature: 'AAAA' }),
    'another source': (entry: Record<string, unknown>) => void Object.assign(entry, { source: 'env:X' }),
    'a MAC that fails': (entry: Record<string, unknown>) =>
      void Object.assign(entry, { signature: undefined, mac: 'AAAA' }),
    'a date ahead of the server': (entry: Record<string, unknown>) =>
      void Object.assign(entry, { written_at: '2099-01-01T00:00:00.000Z', signature: undefined }),
  }

  it.each(Object.entries(EDITS))('leaves one with %s, and says so', async (_what, edit) => {
    const place = await placeWith('signed')
    const path = '.octoform/ledger.json'
    const ledger = JSON.parse(await place.work.read(path))
    const key = Object.keys(ledger.entries).find((each) => each.endsWith(' orgs/acme/secrets/A')) ?? ''
    edit(ledger.entries[key])
    await place.work.write(path, JSON.stringify(ledger))
    const before = (await readEntries(place.work))[key]
    const ran = await place.work.run([...ADOPT, '--auto-approve'], { env: VALUES })
    expect(ran.stderr).toContain(`orgs/acme/secrets/A: ${WRONG}`)
    expect((await readEntries(place.work))[key]).toEqual(before)
  })

  it('leaves those of another key', async () => {
    const place = await placeWith('foreign')
    const before = await readEntries(place.work)
    const ran = await place.work.run([...ADOPT, '--auto-approve'], { env: VALUES })
    expect(ran.stdout).toBe('Recorded: 0 of 2.\n')
    expect(await readEntries(place.work)).toEqual(before)
  })
})

describe('ledger adopt of what lacks something', () => {
  it('adds the fingerprint once the value is at hand, and its date stays', async () => {
    const place = await placeWith('adopted')
    const path = '.octoform/ledger.json'
    await place.work.write(path, JSON.stringify({ format_version: '1.0', entries: {} }))
    expect(await adopt(place, { env: { A: '', R: '' } })).toMatchObject({ code: 0 })
    const first = Object.values(await readEntries(place.work))
    expect(first.map(({ fingerprint }) => fingerprint)).toEqual([undefined, undefined])
    expect(await adopt(place, { env: { R: '' } })).toMatchObject({
      stdout: expect.stringContaining('Recorded: 1 of 2.'),
    })
    expect(await adopt(place)).toMatchObject({ stdout: expect.stringContaining('Recorded: 1 of 2.') })
    const last = Object.values(await readEntries(place.work))
    expect(last.map(({ written_at }) => written_at)).toEqual(first.map(({ written_at }) => written_at))
    const changed = await place.work.plan([], { ...VALUES, A: 'another value' })
    expect(changed.changes).toMatchObject([{ address: 'orgs/acme/secrets/A', value: 'again' }])
    expect((await place.work.plan([], VALUES)).changes).toEqual([])
  })

  it('completes an entry whose write was interrupted', async () => {
    const place = await placeWith('signed')
    const env = { OCTOFORM_LEDGER_KEY: LEDGER_KEY, ...VALUES, A: 'another value' }
    await place.sandbox.fault({ method: 'PUT', route: '/orgs/acme/actions/secrets/A', times: 9, status: 502 })
    await place.work.run(['apply', '--auto-approve'], { env })
    await place.sandbox.call('DELETE', '/_sandbox/faults')
    expect((await place.work.run(['plan'], { env })).stdout).toContain('an earlier write was interrupted')
    expect(await adopt(place, { env })).toMatchObject({ stdout: expect.stringContaining('Recorded: 1 of 2.') })
    expect(await place.work.run(['drift'], { env })).toMatchObject({ code: 0 })
  })

  it.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('is done once: %s', async (kind) => {
    const place = await placeWith(kind)
    await place.work.write('octoform.yaml', configuration())
    const env = { env: VALUES }
    await place.work.run([...ADOPT, '--auto-approve'], env)
    expect(await place.work.run([...ADOPT, '--auto-approve'], env)).toMatchObject({
      stdout: expect.stringMatching(/^Recorded: 0 of \d\.\n$/),
    })
    expect(place.sandbox.writes()).toEqual([])
  })
})
