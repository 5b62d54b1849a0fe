import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileStore } from '../../src/secrets/store-file.ts'
import { makeFolder } from './folder.ts'

describe('a ledger in a file', () => {
  it('is nothing before the first save, which makes its folders', async () => {
    const path = join(await makeFolder(), 'a/b/ledger.json')
    const store = fileStore(path)
    const { text, version } = await store.load()
    expect(text).toBeUndefined()
    const saved = await store.save('one\n', version)
    expect(saved).toEqual({ ok: true, version: (await store.load()).version })
    expect(await readFile(path, 'utf8')).toBe('one\n')
  })

  it('is not written over another version', async () => {
    const folder = await makeFolder()
    const store = fileStore(join(folder, 'ledger.json'))
    const { version } = await store.load()
    await writeFile(join(folder, 'ledger.json'), 'theirs')
    expect(await store.save('ours', version)).toEqual({ ok: false })
    expect(await store.load()).toMatchObject({ text: 'theirs' })
    expect(await readdir(folder)).toEqual(['ledger.json'])
  })

  it('lets one of many through', async () => {
    const folder = await makeFolder()
    const stores = Array.from({ length: 10 }, () => fileStore(join(folder, 'ledger.json')))
    const loaded = await Promise.all(stores.map((store) => store.load()))
    const saves = await Promise.all(stores.map((store, index) => store.save(`${index}`, loaded[index]?.version ?? '')))
    expect(saves.filter((save) => save.ok)).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['ledger.json'])
  })

  it('keeps the permissions that it has', async () => {
    const path = join(await makeFolder(), 'ledger.json')
    await writeFile(path, 'one')
    await chmod(path, 0o660)
    const store = fileStore(path)
    await store.save('two', (await store.load()).version)
    expect((await stat(path)).mode & 0o777).toBe(0o660)
  })

  it.each(['a folder', 'a link'])('is refused where there is %s', async (what) => {
    const folder = await makeFolder()
    const path = join(folder, 'ledger.json')
    await writeFile(join(folder, 'target'), '{}')
    await (what === 'a folder' ? mkdir(path) : symlink('target', path))
    await expect(fileStore(path).load()).rejects.toThrow(`cannot read the ledger ${path}: it is not a regular file`)
    await expect(fileStore(path).save('x', 'absent')).rejects.toThrow(`cannot write the ledger ${path}: it is not`)
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('{}')
  })

  it('names the path where it cannot be written', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'file'), '')
    const path = join(folder, 'file/ledger.json')
    await expect(fileStore(path).save('x', 'absent')).rejects.toThrow(`cannot write the ledger ${path}: `)
  })
})

describe('a lock that a dead process left', () => {
  it('is waited for while it is fresh, and taken over once it is old', async () => {
    const folder = await makeFolder()
    const lock = join(folder, 'ledger.json.lock')
    const store = fileStore(join(folder, 'ledger.json'))
    const { version } = await store.load()
    await writeFile(lock, 'dead\n')
    let done = false
    const saving = store.save('x', version).then((saved) => {
      done = true
      return saved
    })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(done).toBe(false)
    const long = new Date(Date.now() - 60_000)
    await utimes(lock, long, long)
    expect(await saving).toMatchObject({ ok: true })
    expect(await readdir(folder)).toEqual(['ledger.json'])
  })

  it('is taken over by one of many', async () => {
    const folder = await makeFolder()
    const lock = join(folder, 'ledger.json.lock')
    await writeFile(lock, 'dead\n')
    const long = new Date(Date.now() - 60_000)
    await utimes(lock, long, long)
    const stores = Array.from({ length: 10 }, () => fileStore(join(folder, 'ledger.json')))
    const saves = await Promise.allSettled(stores.map((store, index) => store.save(`${index}`, 'absent')))
    expect(saves.filter((save) => save.status === 'fulfilled' && save.value.ok)).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['ledger.json'])
  })
})
