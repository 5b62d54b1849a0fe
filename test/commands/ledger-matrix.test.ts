import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { hostOf, writeLedger } from '../engine/written-ledger.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const AT = '2026-01-01T00:00:00Z'
const SEED = {
  product: 'ghec',
  organizations: { acme: { secrets: { A: { visibility: 'all', value: 'planted-a', updated_at: AT } } } },
}
const ADDRESS = 'orgs/acme/secrets/A'
const OTHER = Buffer.alloc(32, 9).toString('base64')

type Entry = Record<string, unknown>
type Ledger = { entries: Record<string, Entry>; seal?: Entry; repositories?: object; ids?: object }

async function place(by: string | undefined, edit: (ledger: Ledger, host: string) => void, publicKey: boolean) {
  const sandbox = await watchedSandbox({ seed: SEED })
  const pub = publicKey ? `ledger: { public_key: "${(await deriveKeys(LEDGER_KEY))?.publicKey}" }\n` : ''
  const yaml = `version: 1\n${pub}organizations: { acme: { secrets: { A: { visibility: all, value: { env: A } } } } }\n`
  const work = await workplace(sandbox, { 'octoform.yaml': yaml })
  await writeLedger(work, sandbox, { [ADDRESS]: { from: 'A', value: 'planted-a', at: AT } }, by)
  const path = '.octoform/ledger.json'
  const ledger = JSON.parse(await work.read(path)) as Ledger
  edit(ledger, hostOf(sandbox))
  await work.write(path, JSON.stringify(ledger))
  return { sandbox, work }
}

const entryOf = ({ entries }: Ledger): Entry => Object.values(entries)[0] ?? {}
const STATES: readonly [string, string, (ledger: Ledger, host: string) => void, readonly number[]][] = [
  ['signed', LEDGER_KEY, () => undefined, [0, 0, 0]],
  ['keyless', '', () => undefined, [2, 2, 0]],
  [
    'stripped',
    LEDGER_KEY,
    (ledger) => {
      delete entryOf(ledger).signature
      delete ledger.seal
    },
    [2, 2, 0],
  ],
  ['foreign', OTHER, () => undefined, [2, 2, 0]],
  [
    'dated ahead',
    LEDGER_KEY,
    (ledger) => void Object.assign(entryOf(ledger), { written_at: '2099-01-01T00:00:00Z' }),
    [2, 2, 2],
  ],
  [
    'with a line too many',
    LEDGER_KEY,
    (ledger) => void Object.assign(ledger.entries, { 'h a': { source: 'env:X' } }),
    [2, 2, 0],
  ],
]

describe('drift', () => {
  it.each(STATES)(
    'of a ledger that is %s: with the key, its public key alone, neither',
    async (_what, by, edit, codes) => {
      const found: number[] = []
      for (const [publicKey, key] of [
        [false, LEDGER_KEY],
        [true, ''],
        [false, ''],
      ] as const) {
        const { work } = await place(by, edit, publicKey)
        found.push((await work.run(['drift'], { env: { OCTOFORM_LEDGER_KEY: key, A: 'planted-a' } })).code)
      }
      expect(found).toEqual(codes)
    },
  )
})

describe('apply', () => {
  it('with a public key and without its key is exit 1, before any write', async () => {
    const { work, sandbox } = await place(LEDGER_KEY, () => undefined, true)
    const ran = await work.run(['apply', '--auto-approve'], { env: { OCTOFORM_LEDGER_KEY: '', A: 'other' } })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('OCTOFORM_LEDGER_KEY is not set') })
    expect(sandbox.writes()).toEqual([])
  })
})

describe('ledger key', () => {
  it('prints the line of the YAML', async () => {
    const { work } = await place(LEDGER_KEY, () => undefined, false)
    const { publicKey } = (await deriveKeys(LEDGER_KEY)) ?? {}
    expect(await work.run(['ledger', 'key'])).toMatchObject({
      code: 0,
      stdout: `ledger: { public_key: ${publicKey} }\n`,
    })
  })
})
