import { mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { type Ledger, openLedger } from '../../src/secrets/ledger.ts'
import { openValues } from '../../src/secrets/values.ts'
import { atNightElse } from '../support/by-night.ts'
import { type Crash, Crashed, crashingStore } from './crashing-store.ts'
import { makeFolder } from './folder.ts'
import { DATE, env, HOST, KEY, LATER } from './ledger-world.ts'

/** One note, or one step of a run. */
type Note =
  | { readonly kind: 'begin' | 'complete' | 'touch' | 'forget'; readonly at: number }
  | { readonly kind: 'remember'; readonly at: number; readonly id: number }
  | { readonly kind: 'spend'; readonly at: number }
  | { readonly kind: 'rename'; readonly from: number; readonly to: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'fold' }

const at = fc.integer({ min: 0, max: 5 })
const NOTE: fc.Arbitrary<Note> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('begin', 'complete'), at }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('touch', 'forget'), at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remember' as const), at, id: at }) },
  fc.record({ kind: fc.constant('spend' as const), at }),
  fc.record({ kind: fc.constant('rename' as const), from: at, to: at }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
)
const CRASH: fc.Arbitrary<Crash> = fc.record({
  after: fc.integer({ min: 0, max: 8 }),
  share: fc.constantFrom(0, 0.02, 0.3, 0.6, 0.98, 1),
})

const address = (at: number) => `repos/acme/r${at % 3}/secrets/Ü${at}`

async function open(path: string, key: string | undefined, crash?: Crash): Promise<Ledger> {
  return openLedger({
    store: crashingStore(path, crash),
    host: HOST,
    keys: await deriveKeys(key),
    values: openValues({ env: { TOKEN: 'planted-value' }, cwd: '/' }),
  })
}

async function take(ledger: Ledger, note: Note): Promise<void> {
  if (note.kind === 'open') return ledger.openJournal()
  if (note.kind === 'fold') return ledger.fold()
  if (note.kind === 'rename') return ledger.follow([{ from: `acme/r${note.from}`, to: `acme/r${note.to}` }])
  if (note.kind === 'remember') return ledger.rememberIds({ [`acme/r${note.at}`]: note.id + 1 })
  if (note.kind === 'spend') return ledger.spend({ digest: `d${note.at}`, allow: ['public'], reason: 'ü' })
  const of = address(note.at)
  if (note.kind === 'touch') return ledger.touched(of, LATER.header)
  if (note.kind === 'forget') return ledger.forget(of)
  await ledger.begin(of, env('TOKEN'))
  if (note.kind === 'complete') await ledger.complete(of, DATE.header)
}

/** The parts of a note that are saved one by one: a process may die between them. */
function steps(note: Note): readonly Note[] {
  return note.kind === 'complete' ? [{ kind: 'begin', at: note.at }, note] : [note]
}

async function folderOf(path: string): Promise<readonly string[]> {
  return readdir(dirname(path))
}

const text = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

/** What a run that writes whole ledgers alone makes of the notes. */
async function undisturbed(path: string, notes: readonly Note[], key: string | undefined): Promise<string | undefined> {
  await mkdir(dirname(path), { recursive: true })
  const ledger = await open(path, key)
  for (const note of notes) if (note.kind !== 'open' && note.kind !== 'fold') await take(ledger, note)
  return text(path)
}

/** Takes the notes in processes that die; each next one goes on where the notes of the one before end. */
async function disturbed(
  path: string,
  notes: readonly Note[],
  crashes: readonly Crash[],
  key: string | undefined,
): Promise<string | undefined> {
  await mkdir(dirname(path), { recursive: true })
  let [crash, ...later] = crashes
  let ledger = await open(path, key, crash)
  await ledger.openJournal().catch(() => undefined)
  for (const note of notes.flatMap(steps)) {
    for (;;) {
      try {
        await take(ledger, note)
        break
      } catch (error) {
        if (!(error instanceof Crashed)) throw error
        ;[crash, ...later] = later
        const before = await open(path, key)
        expect(before.seal()).toBe(key === undefined ? 'unverified' : before.counter() === 0 ? 'open' : 'fits')
        ledger = await open(path, key, crash)
        await ledger.openJournal().catch(() => undefined)
        if (await isTaken(before, note)) break
      }
    }
  }
  await (await open(path, key)).fold()
  return text(path)
}

/** Whether the write in which the process died was on the disk: taken again, the note would be saved twice. */
async function isTaken(ledger: Ledger, note: Note): Promise<boolean> {
  if (note.kind !== 'complete') return false
  return (await ledger.facts(address(note.at), env('TOKEN'))).written_at !== undefined
}

test.each([['with', KEY] as const, ['without', undefined] as const])(
  'a ledger %s a key is the same after crashes at any byte as without them',
  async (_, key) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(NOTE, { minLength: 1, maxLength: 30, size: 'max' }),
        fc.array(CRASH, { minLength: 1, maxLength: 6, size: 'max' }),
        async (notes, crashes) => {
          const folder = await makeFolder()
          const [calm, rough] = [join(folder, 'calm/l.json'), join(folder, 'rough/l.json')]
          const expected = await undisturbed(calm, notes, key)
          expect(await disturbed(rough, notes, crashes, key)).toBe(expected)
          expect(await folderOf(rough)).toEqual(expected === undefined ? [] : ['l.json'])
        },
      ),
      { numRuns: atNightElse(1000, 25) },
    )
  },
  600_000,
)
