import { appendFile, chmod, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journalHead, journalLine, readJournal, textHash } from '../../src/secrets/journal-text.ts'
import { deriveKeys } from '../../src/secrets/keys.ts'
import type { Ledger } from '../../src/secrets/ledger.ts'
import { ADDRESS, DATE, env, HOST, KEY, LATER, makeWorld, OTHER_KEY } from './ledger-world.ts'

type World = Awaited<ReturnType<typeof makeWorld>>
type Opening = Parameters<World['open']>[0]

const TOKEN = env('TOKEN')
const address = (index: number) => `orgs/acme/secrets/S${index}`
const journalOf = ({ path }: World): string => `${path}.journal`
const publicKey = async (key = KEY): Promise<string> => (await deriveKeys(key))?.publicKey ?? ''

async function put(ledger: Ledger, at: string): Promise<void> {
  await ledger.begin(at, TOKEN)
  await ledger.complete(at, DATE.header)
}

/** A ledger with one secret, and a run that was killed after it had put three more and begun a fourth. */
async function killed(opening: Opening = { key: KEY }): Promise<World> {
  const world = await makeWorld()
  await put(await world.open(opening), ADDRESS)
  const run = await world.open(opening)
  await run.openJournal()
  for (const index of [1, 2, 3]) await put(run, address(index))
  await run.rememberIds({ 'acme/web': 101 })
  await run.begin(address(4), TOKEN)
  return world
}

async function lines(world: World): Promise<string[]> {
  return (await readFile(journalOf(world), 'utf8')).split('\n').slice(0, -1)
}

describe('a run with a journal', () => {
  it('writes a line for each note, and the ledger at its end alone', async () => {
    const world = await killed()
    expect(Object.keys(await world.entries())).toEqual([`${HOST} ${ADDRESS}`])
    expect(await lines(world)).toHaveLength(1 + 3 * 2 + 1 + 1)
    const next = await world.open({ key: KEY })
    await next.openJournal()
    expect(Object.keys(await world.entries())).toHaveLength(5)
    expect(await readdir(dirname(world.path))).toEqual(['ledger.json'])
  })

  it('has one line for all that wait for it', async () => {
    const world = await makeWorld()
    const run = await world.open({ key: KEY })
    await run.openJournal()
    await put(run, ADDRESS)
    await Promise.all(Array.from({ length: 100 }, (_, index) => put(run, address(index))))
    expect((await lines(world)).length).toBeLessThan(15)
    await run.fold()
    expect(Object.keys(await world.entries())).toHaveLength(101)
  })

  it('restores an entry whose write GitHub refused', async () => {
    const world = await killed()
    const before = await world.open({ key: KEY })
    await before.fold()
    const text = JSON.parse(await world.text())
    const run = await world.open({ key: KEY, env: { TOKEN: 'another' } })
    await run.openJournal()
    await run.begin(ADDRESS, TOKEN)
    await run.undo(ADDRESS)
    await run.fold()
    expect({ ...JSON.parse(await world.text()), seal: undefined }).toEqual({ ...text, seal: undefined })
  })

  it('leaves a journal that as many may read as the ledger', async () => {
    const world = await makeWorld()
    await put(await world.open({ key: KEY }), ADDRESS)
    await chmod(world.path, 0o660)
    const run = await world.open({ key: KEY })
    await run.openJournal()
    await run.begin(address(1), TOKEN)
    expect((await stat(journalOf(world))).mode & 0o777).toBe(0o660)
  })

  it.each([
    ['whole ledgers', false],
    ['a journal', true],
  ])('loses nothing beside another process that writes %s', async (_, journals) => {
    const world = await makeWorld()
    const [one, other] = await Promise.all([world.open({ key: KEY }), world.open({ key: KEY })])
    await one.openJournal()
    if (journals) await other.openJournal()
    const writes = Array.from({ length: 30 }, (_none, index) => put(index % 2 ? one : other, address(index)))
    await Promise.all(writes)
    await Promise.all([one.fold(), other.fold()])
    const entries = Object.values(await world.entries())
    expect(entries).toHaveLength(30)
    expect(entries.every(({ written_at }) => written_at === DATE.iso)).toBe(true)
    expect((await world.open({ key: KEY })).seal()).toBe('fits')
    expect(await readdir(dirname(world.path))).toEqual(['ledger.json'])
  })

  it('writes none for a ledger whose seal does not fit, and leaves the seal as it is', async () => {
    const world = await killed()
    await (await world.open({ key: KEY })).fold()
    await world.edit(({ entries }) => void Object.assign(entries, { 'h a': { source: 'env:X' } }))
    const { seal } = JSON.parse(await world.text())
    const run = await world.open({ key: KEY })
    await run.openJournal()
    await put(run, address(9))
    expect((await world.open({ key: KEY })).seal()).toBe('broken')
    expect((await lines(world)).filter((line) => !/^[0-9a-f]{64} - /.test(line))).toHaveLength(1)
    await run.fold()
    expect(JSON.parse(await world.text()).seal).toEqual(seal)
  })
})

describe('after a run that was killed', () => {
  it.each<[string, () => Promise<Opening>, string]>([
    ['the key', async () => ({ key: KEY }), 'fits good'],
    ['its public key alone', async () => ({ publicKeys: [await publicKey()] }), 'fits good'],
    ['a new key with the one that it replaces', async () => ({ key: OTHER_KEY, previous: KEY }), 'fits good'],
    ['neither', async () => ({}), 'unverified unverified'],
  ])('a run with %s sees journal and ledger together', async (_, opening, said) => {
    const world = await killed()
    const ledger = await world.open(await opening())
    const { proof, written_at } = await ledger.facts(address(3), TOKEN)
    expect([`${ledger.seal()} ${proof}`, written_at]).toEqual([said, DATE.iso])
    expect(await ledger.facts(address(4), TOKEN)).toMatchObject({ source: 'env:TOKEN' })
    expect((await ledger.facts(address(4), TOKEN)).written_at).toBeUndefined()
    expect(ledger.recordedId('acme/web')).toEqual({ id: 101, authentic: true })
    expect(ledger.counter()).toBe(2 + 8)
    expect(ledger.addresses()).toHaveLength(5)
  })

  it('the ledger is byte for byte that of a run that wrote whole ledgers', async () => {
    const [journaled, whole] = [await killed(), await makeWorld()]
    const run = await whole.open({ key: KEY })
    for (const at of [ADDRESS, address(1), address(2), address(3)]) await put(run, at)
    await run.rememberIds({ 'acme/web': 101 })
    await run.begin(address(4), TOKEN)
    await (await journaled.open({ key: KEY })).fold()
    expect(await journaled.text()).toBe(await whole.text())
  })

  it('each byte of the journal that is missing takes away no more than its line', async () => {
    const world = await killed()
    const bytes = await readFile(journalOf(world))
    const ends = [...bytes.entries()].flatMap(([at, byte]) => (byte === 10 ? [at] : []))
    let before = 1
    const near = ends.flatMap((end) => [end - 90, end - 1, end, end + 1])
    for (const length of [...Array(200).keys(), ...near].sort((left, right) => left - right)) {
      await writeFile(journalOf(world), bytes.subarray(0, length))
      const ledger = await world.open({ key: KEY })
      const whole = ends.filter((end) => end < length).length
      expect(ledger.seal(), `${length} bytes`).toBe('fits')
      expect(ledger.counter(), `${length} bytes`).toBe(2 + Math.max(0, whole - 1))
      expect(ledger.addresses().length, `${length} bytes`).toBeGreaterThanOrEqual(before)
      before = ledger.addresses().length
    }
    expect(before).toBe(5)
  })

  it('a last line whose bytes did not reach the disk counts as torn', async () => {
    const world = await killed()
    await appendFile(journalOf(world), `${'\0'.repeat(200)}\n`)
    const run = await world.open({ key: KEY })
    expect(run.counter()).toBe(10)
    await run.openJournal()
    expect(Object.keys(await world.entries())).toHaveLength(5)
  })

  it('a write of any command takes in the journal', async () => {
    const world = await killed()
    await (await world.open({ key: KEY })).touched(ADDRESS, LATER.header)
    expect(Object.keys(await world.entries())).toHaveLength(5)
    expect(await readdir(dirname(world.path))).toEqual(['ledger.json'])
  })

  it('a journal that was taken in already is taken away', async () => {
    const world = await killed()
    const journal = await readFile(journalOf(world), 'utf8')
    await (await world.open({ key: KEY })).fold()
    const text = await world.text()
    await writeFile(journalOf(world), `${journal}folded ${textHash(text)}\n`)
    const run = await world.open({ key: KEY })
    expect(run.counter()).toBe(10)
    await run.openJournal()
    expect(await world.text()).toBe(text)
    expect(await readdir(dirname(world.path))).toEqual(['ledger.json'])
  })

  it('a run without the key that signed the journal reads it, and writes nothing', async () => {
    const world = await killed()
    const [text, journal] = [await world.text(), await readFile(journalOf(world), 'utf8')]
    const run = await world.open()
    expect(run.cannotSign).toContain('The ledger has a journal of a run that did not end')
    await expect(run.openJournal()).rejects.toThrow('set that key once, as OCTOFORM_LEDGER_KEY')
    await expect(run.begin(address(7), TOKEN)).rejects.toThrow('which a ledger key signed')
    expect([await world.text(), await readFile(journalOf(world), 'utf8')]).toEqual([text, journal])
  })

  it('without a key, one with a key takes in what it left as if it had been saved', async () => {
    const world = await killed({})
    const ledger = await world.open({ key: KEY })
    expect([ledger.seal(), ledger.cannotSign]).toEqual(['open', undefined])
    expect((await ledger.facts(address(1), TOKEN)).proof).toBe('unsigned')
    await ledger.openJournal()
    expect(Object.keys(await world.entries())).toHaveLength(5)
  })
})

describe('a journal is refused', () => {
  const doesNotFollow = 'does not follow the one before it'
  const notSigned = 'is not signed by the ledger key'
  /** Everybody can make a line that follows the last one; its signature is missing then. */
  const forged = (text: string, signature: string): string => {
    const json = JSON.stringify({ entries: { [`${HOST} ${ADDRESS}`]: null } })
    const last = text.trimEnd().split('\n').at(-1)?.slice(0, 64) ?? ''
    return `${text}${journalLine(last, JSON.parse(json), () => signature).text}`
  }

  it.each<[string, (text: string) => string, string]>([
    ['with a line that was put in', (text) => forged(text, Buffer.alloc(64).toString('base64')), notSigned],
    ['with a line that has no signature', (text) => forged(text, '-'), 'is not signed as its first line says'],
    ['with one that was taken out', (text) => text.replace(/\n.*\n/, '\n'), doesNotFollow],
    ['with one that was changed', (text) => text.replace('env:TOKEN', 'env:OTHER'), doesNotFollow],
    ['with a first line that was changed', (text) => text.replace('"ledger"', '"Ledger"'), 'its first line is not'],
    ['of another key', (text) => text.replace(/"key_id":"\w+"/, '"key_id":"0"'), doesNotFollow],
    ['of a later format', (text) => text.replace('"1.0"', '"2.0"'), 'has format version 2.0, and this octoform reads'],
    ['of another ledger', (text) => text.replace(/"ledger":"\w+"/, `"ledger":"${'0'.repeat(64)}"`), 'does not belong'],
  ])('%s', async (_, change, why) => {
    const world = await killed()
    const changed = change(await readFile(journalOf(world), 'utf8'))
    await writeFile(journalOf(world), changed)
    for (const opening of [{ key: KEY }, { publicKeys: [await publicKey()] }]) {
      await expect(world.open(opening)).rejects.toThrow(why)
    }
    expect(await readFile(journalOf(world), 'utf8')).toBe(changed)
  })

  it('that a stranger has made anew, with the entries that it has', async () => {
    const world = await killed()
    const head = journalHead(textHash(await world.text()), undefined)
    const line = journalLine(head.hash, { entries: { [`${HOST} ${ADDRESS}`]: { source: 'env:THEIRS' } } }, undefined)
    await writeFile(journalOf(world), `${head.text}${line.text}`)
    expect((await (await world.open({ key: KEY })).facts(ADDRESS, TOKEN)).proof).toBe('unsigned')
    const other = journalLine(line.hash, { entries: { [`${HOST} ${address(8)}`]: { source: 'env:X' } } }, undefined)
    await appendFile(journalOf(world), other.text)
    expect((await world.open({ key: KEY })).seal()).toBe('broken')
  })

  it.each([
    ['an entry without source', { entries: { a: {} } }],
    ['an id that is none', { ids: { a: { id: 'x' } } }],
    ['an approval without digest', { approvals: [{}] }],
    ['a kind that is not known', { others: {} }],
  ])('with %s', async (_, changes) => {
    const world = await killed({})
    const head = journalHead(textHash(await world.text()), undefined)
    const line = journalLine(head.hash, changes, undefined)
    await writeFile(journalOf(world), `${head.text}${line.text}`)
    await expect(world.open()).rejects.toThrow('is not as octoform writes it')
  })

  it('beside a ledger that was changed since, and can be deleted', async () => {
    const world = await killed()
    await world.edit(({ entries }) => void Object.assign(entries, { 'h a': { source: 'env:X' } }))
    await expect(world.open({ key: KEY })).rejects.toThrow(`does not belong to the ledger ${world.path} as it is now`)
    await rm(journalOf(world))
    expect((await world.open({ key: KEY })).addresses()).toHaveLength(1)
  })

  it('that is a link', async () => {
    const world = await killed()
    await rm(journalOf(world))
    await symlink('elsewhere', journalOf(world))
    await expect(world.open({ key: KEY })).rejects.toThrow('it is not a regular file')
  })
})

it('a head alone holds nothing', () => {
  expect(readJournal(journalHead('a', undefined).text, 'a', 'x')).toBe('none')
  expect(readJournal('', 'a', 'x')).toBe('none')
})
