import { deriveKeys } from '../../src/secrets/keys.ts'
import { openLedger } from '../../src/secrets/ledger.ts'
import { fileStore } from '../../src/secrets/store-file.ts'
import { openValues } from '../../src/secrets/values.ts'
import { hostOf, WRITTEN_AT } from '../engine/written-ledger.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** A ledger key that is not the one of the runs. */
export const OTHER_KEY = Buffer.alloc(32, 9).toString('base64')
export const VALUES = { A: 'planted-a', R: 'planted-r' }
const LEDGER_PATH = '.octoform/ledger.json'

const SOURCES = { 'orgs/acme/secrets/A': 'env:A', 'repos/acme/web/secrets/R': 'env:R' }
const LATER = '2026-06-01T00:00:00Z'

export const configuration = (ledger = ''): string => `
version: 1
${ledger}
organizations:
  acme:
    secrets: { A: { visibility: all, value: { env: A } } }
    repositories: { web: { secrets: { R: { value: { env: R } } } } }
`

export const publicKeyLine = async (key = LEDGER_KEY): Promise<string> =>
  `ledger: { public_key: "${(await deriveKeys(key))?.publicKey}" }`

type Json = Record<string, unknown>
interface Ledger extends Json {
  entries: Record<string, Json>
  ids: Record<string, Json>
  seal?: Json
}

export interface Place {
  readonly sandbox: WatchedSandbox
  readonly work: Workplace
}

interface Kind {
  /** The key that wrote it; an octoform without a key where it is empty. */
  readonly by?: string
  /** Whether it has the ids of the organization and of its repository. */
  readonly ids?: true
  /** When GitHub says that the secrets were written last; as the ledger has it where left out. */
  readonly live?: string
  edit?(ledger: Ledger, host: string): void | Promise<void>
}

const everything = (ledger: Ledger): readonly Json[] => [
  ...Object.values(ledger.entries),
  ...Object.values(ledger.ids ?? {}),
]

/** A ledger of an older octoform, whose entries have a MAC each and whose ids had nothing. */
async function withMacs(ledger: Ledger, host: string): Promise<void> {
  const keys = await deriveKeys(LEDGER_KEY)
  for (const [key, entry] of Object.entries(ledger.entries)) {
    const fields = [host, key.split(' ')[1], entry.source, entry.fingerprint, entry.key_id, entry.written_at]
    Object.assign(entry, { signature: undefined, mac: keys?.mac(fields as string[]) })
  }
  Object.assign(ledger, { ids: undefined, seal: undefined, repositories: { [`${host} repos/acme/web`]: 101 } })
}

function strip(ledger: Ledger): void {
  for (const each of everything(ledger)) delete each.signature
  delete ledger.seal
}

/** Ledgers in the states that a run may find, by their history. */
export const KINDS = {
  signed: { ids: true },
  'with MACs': { edit: withMacs },
  adopted: { edit: (ledger) => void Object.assign(ledger, { entries: {}, ids: undefined, seal: undefined }) },
  keyless: { by: '' },
  'keyless, with ids': { by: '', ids: true },
  stripped: { edit: strip },
  'stripped, with ids': { ids: true, edit: strip },
  foreign: { by: OTHER_KEY },
  'foreign, with ids': { by: OTHER_KEY, ids: true },
  'rolled back': { ids: true, live: LATER },
  'dated ahead': {
    ids: true,
    live: LATER,
    edit: ({ entries }) => {
      for (const each of Object.values(entries)) each.written_at = '2099-01-01T00:00:00.000Z'
    },
  },
  'an entry taken out': { edit: ({ entries }, host) => void delete entries[`${host} orgs/acme/secrets/A`] },
  'an id taken out': { ids: true, edit: ({ ids }, host) => void delete ids[`${host} acme/web`] },
  'an id edited': {
    ids: true,
    edit: ({ ids }, host) => void Object.assign(ids[`${host} acme/web`] ?? {}, { id: 999 }),
  },
} as const satisfies Record<string, Kind>

/** An organization with a secret of its own and one of its repository, and a ledger of this kind. */
export async function placeWith(name: keyof typeof KINDS, ledgerLine = ''): Promise<Place> {
  const { by = LEDGER_KEY, ids, live = WRITTEN_AT, edit }: Kind = KINDS[name]
  const secret = { value: 'of an earlier run', updated_at: live }
  const sandbox = await watchedSandbox({
    seed: {
      product: 'ghec',
      organizations: {
        acme: {
          id: 7,
          secrets: { A: { visibility: 'all', ...secret } },
          repositories: { web: { id: 101, secrets: { R: secret } } },
        },
      },
    },
  })
  const work = await workplace(sandbox, { 'octoform.yaml': configuration(ledgerLine) })
  const ledger = await openLedger({
    store: fileStore(`${work.folder}/${LEDGER_PATH}`),
    host: hostOf(sandbox),
    keys: await deriveKeys(by),
    values: openValues({ env: VALUES, cwd: work.folder }),
  })
  for (const [address, source] of Object.entries(SOURCES)) {
    await ledger.begin(address, { source, declaredIn: 'octoform.yaml' })
    await ledger.complete(address, WRITTEN_AT)
  }
  if (ids) await ledger.rememberIds({ acme: 7, 'acme/web': 101 })
  const document = JSON.parse(await work.read(LEDGER_PATH))
  await edit?.(document, hostOf(sandbox))
  await work.write(LEDGER_PATH, JSON.stringify(document))
  if (name === 'adopted') await work.run(['ledger', 'adopt', '**'], { env: VALUES })
  return { sandbox, work }
}
