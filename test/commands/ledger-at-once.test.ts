import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostOf, readEntries, writeLedger } from '../engine/written-ledger.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F']
const VALUES = Object.fromEntries(NAMES.map((name) => [name, `planted-${name}`]))
const FOLDER = '.octoform'
const APPLY = ['apply', '--auto-approve', '--parallelism', '1']
/** No process has this number: it is beyond Linux's limit. */
const NOBODY = 2 ** 22 + 1

const yaml = `
version: 1
organizations:
  acme:
    secrets:
${NAMES.map((name) => `      ${name}: { visibility: all, value: { env: ${name} } }`).join('\n')}
`

async function place(): Promise<{ sandbox: WatchedSandbox; work: Workplace }> {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: {} } } })
  return { sandbox, work: await workplace(sandbox, { 'octoform.yaml': yaml }, VALUES) }
}

const holder = (pid: number, host = hostname()): string =>
  `${JSON.stringify({ actor: 'mona', host, pid, since: '2026-01-01T00:00:00.000Z', nonce: 'x' })}\n`

async function expectDone(work: Workplace, sandbox: WatchedSandbox): Promise<void> {
  expect([...sandbox.writes()].sort()).toEqual(NAMES.map((name) => `PUT /orgs/acme/actions/secrets/${name}`))
  const entries = Object.values(await readEntries(work))
  expect(entries.filter(({ written_at }) => written_at !== undefined)).toHaveLength(NAMES.length)
  expect(await readdir(join(work.folder, FOLDER))).toEqual(['ledger.json'])
  expect(await work.run(['drift'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No drift.') })
}

describe('applies with one ledger in a file', () => {
  it.each([2, 3])('%d at once: one waits for the other, each value is put once, all end well', async (count) => {
    const { sandbox, work } = await place()
    await sandbox.fault({ method: 'PUT', route: '/orgs/{org}/actions/secrets/{secret_name}', times: 2, delay_ms: 400 })
    const ran = await Promise.all(Array.from({ length: count }, () => work.run(APPLY)))
    expect(ran.map(({ code }) => code)).toEqual(Array.from({ length: count }, () => 0))
    expect(ran.filter(({ stderr }) => stderr.includes('Waiting for the lock'))).toHaveLength(count - 1)
    await expectDone(work, sandbox)
  })

  it('of which one is told not to wait: it stops, and names the other', async () => {
    const { sandbox, work } = await place()
    await mkdir(join(work.folder, FOLDER))
    await work.write(`${FOLDER}/ledger.json.apply.lock`, holder(process.pid))
    const ran = await work.run([...APPLY, '--lock-timeout', '0'])
    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`(process ${process.pid}) has held the lock`),
    })
    expect(sandbox.writes()).toEqual([])
  })

  it('the first of which was killed: the next one takes its place at once, and clears away what it left', async () => {
    const { sandbox, work } = await place()
    await mkdir(join(work.folder, FOLDER))
    const leftovers = [
      ['ledger.json.apply.lock', holder(NOBODY)],
      ['.ledger.json.0b7e5a8e-2c50-4b5e-9b4f-3f0a6f0d1c11.tmp', '{"format_ver'],
    ] as const
    for (const [name, text] of leftovers) await writeFile(join(work.folder, FOLDER, name), text)
    expect(await work.run([...APPLY, '--lock-timeout', '0'])).toMatchObject({ code: 0 })
    await expectDone(work, sandbox)
  })

  it('leave what is not theirs beside the ledger', async () => {
    const { work } = await place()
    const others = ['.ledger.json.swp', '.other.json.0b7e5a8e-2c50-4b5e-9b4f-3f0a6f0d1c11.tmp', 'ledger.json.orig']
    for (const name of others) await work.write(`${FOLDER}/${name}`, 'of a person')
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    expect((await readdir(join(work.folder, FOLDER))).sort()).toEqual([...others, 'ledger.json'].sort())
  })
})

describe('an apply that was killed', () => {
  it('between a beginning and its end: the next one puts that value alone again', async () => {
    const { sandbox, work } = await place()
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    await writeLedger(work, sandbox, { 'orgs/acme/secrets/C': { from: 'C', value: 'planted-C', at: 'never' } })
    expect((await readEntries(work))[`${hostOf(sandbox)} orgs/acme/secrets/C`]).not.toHaveProperty('written_at')
    const before = sandbox.writes().length
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes().slice(before)).toEqual(['PUT /orgs/acme/actions/secrets/C'])
    expect(await work.run(['drift'])).toMatchObject({ code: 0 })
  })
})
