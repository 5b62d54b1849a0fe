import { describe, expect, it } from 'vitest'
import { readEntries, WRITTEN_AT, writeLedger } from '../engine/written-ledger.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const GONE = 'was written by octoform, and no file names it any more'
const APPLY = ['apply', '--auto-approve']
const ADDRESSES = [
  'orgs/acme/secrets/OLD',
  'repos/acme/web/secrets/OLD',
  'repos/acme/web/environments/prod/secrets/OLD',
]

const yaml = (owners: string): string => `version: 1\n${owners}\n`
const organization = (own: string, web: string): string =>
  yaml(`organizations: { acme: { ${own} repositories: { web: { ${web} } } } }`)

const KEPT = 'KEPT: { value: { env: KEPT } }'
const KEPT_OF_ORGANIZATION = 'KEPT: { visibility: all, value: { env: KEPT } }'

/** Two scopes with a secret that octoform wrote and one that the configuration names. */
async function place(text: string, names: readonly string[] = ['OLD', 'KEPT']) {
  const at = { value: 'planted', updated_at: WRITTEN_AT }
  const secrets = Object.fromEntries(names.map((name) => [name, at]))
  const visible = Object.fromEntries(names.map((name) => [name, { visibility: 'all', ...at }]))
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { secrets: visible, repositories: { web: { secrets } } } } },
  })
  const work = await workplace(sandbox, { 'octoform.yaml': text }, { KEPT: 'planted' })
  const written = ADDRESSES.flatMap((address) => [
    [address, { from: 'OLD', value: 'planted' }] as const,
    [address.replace('OLD', 'KEPT'), { from: 'KEPT', value: 'planted' }] as const,
  ])
  await writeLedger(work, sandbox, Object.fromEntries(written))
  return { sandbox, work }
}

/** The warnings of a plan, by address. */
async function named(work: Workplace): Promise<Readonly<Record<string, string>>> {
  const { diagnostics } = await work.plan()
  const gone = diagnostics.filter(({ severity, message }) => severity === 'warning' && message.includes(GONE))
  return Object.fromEntries(
    gone.map(({ address = '', message }) => [address, /`([^`]*)` deletes it/.exec(message)?.[1] ?? '']),
  )
}

const deletes = ({ asked }: WatchedSandbox): readonly string[] =>
  asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path)

const LINES = {
  'orgs/acme/secrets/OLD': 'organizations: { acme: { secrets: { OLD: absent } } }',
  'repos/acme/web/secrets/OLD': 'organizations: { acme: { repositories: { web: { secrets: { OLD: absent } } } } }',
}

describe('a secret that octoform wrote and no file names any more', () => {
  it('is named at each level with the line that deletes it, and is neither a change nor drift', async () => {
    const { work, sandbox } = await place(organization(`secrets: { ${KEPT_OF_ORGANIZATION} },`, `secrets: { ${KEPT} }`))
    expect(await named(work)).toEqual(LINES)
    expect(await work.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
    const drift = await work.run(['drift'])
    expect(drift).toMatchObject({ code: 0, stdout: expect.stringContaining('No drift.') })
    expect(drift.stdout).toContain(`orgs/acme/secrets/OLD ${GONE}`)
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([])
  })

  it.each(Object.entries(LINES))('%s is deleted by that line, and told of no more', async (address, line) => {
    const { work, sandbox } = await place(yaml(line))
    expect(await named(work)).not.toHaveProperty([address])
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    expect(deletes(sandbox)).toHaveLength(1)
    expect(Object.keys(await readEntries(work)).filter((key) => key.endsWith(` ${address}`))).toEqual([])
    await work.write('octoform.yaml', organization(`secrets: { ${KEPT_OF_ORGANIZATION} },`, `secrets: { ${KEPT} }`))
    expect(await named(work)).not.toHaveProperty([address])
  })

  it.each(Object.entries(LINES))('%s is silenced by `unmanaged` in its place', async (address, line) => {
    const { work } = await place(yaml(line.replace('absent', 'unmanaged')))
    expect(await named(work)).not.toHaveProperty([address])
  })

  it('is named by the repository alone where no organization is configured', async () => {
    const { work, sandbox } = await place(yaml(`repositories: { acme/web: { secrets: { ${KEPT} } } }`))
    const line = 'repositories: { acme/web: { secrets: { OLD: absent } } }'
    expect((await named(work))['repos/acme/web/secrets/OLD']).toBe(line)
    await work.write('octoform.yaml', yaml(line))
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    expect(deletes(sandbox)).toEqual(['/repos/acme/web/actions/secrets/OLD'])
  })

  it('is not named where it is gone from GitHub, too', async () => {
    const { work } = await place(organization(`secrets: { ${KEPT_OF_ORGANIZATION} },`, `secrets: { ${KEPT} }`), [
      'KEPT',
    ])
    expect(await named(work)).toEqual({})
  })

  it('is named where its whole section is gone from the YAML, and not in a scope that was not read', async () => {
    const { work } = await place(yaml('organizations: { acme: { runner_groups: {} } }'))
    expect(Object.keys(await named(work))).toEqual(['orgs/acme/secrets/KEPT', 'orgs/acme/secrets/OLD'])
    const { work: other } = await place(yaml('organizations: { other: { secrets: {} } }'))
    expect(await named(other)).toEqual({})
  })

  it('is not named where `prune` deletes it anyway', async () => {
    const text = yaml(`organizations: { acme: { prune: ["secrets/*"], secrets: { ${KEPT_OF_ORGANIZATION} } } }`)
    const { work } = await place(text)
    expect(await named(work)).toEqual({})
    expect((await work.plan()).changes).toMatchObject([{ address: 'orgs/acme/secrets/OLD', action: 'delete' }])
  })

  const BOTH = organization(`secrets: { ${KEPT_OF_ORGANIZATION} }, runner_groups: {},`, `secrets: { ${KEPT} }`)

  it.each([
    ['a part of the run', ['--target', 'orgs/acme/runner_groups/*'], undefined],
    ['a list that could not be read', [], '/orgs/{org}/actions/secrets'],
  ])('of which %s says nothing: what a file names is not said to be gone', async (_what, flags, route) => {
    const { work, sandbox } = await place(BOTH)
    if (route !== undefined) await sandbox.fault({ method: 'GET', route, times: 99, status: 403, body: {} })
    const { diagnostics } = await work.plan(flags)
    const gone = diagnostics.filter(({ message }) => message.includes(GONE)).map(({ address }) => address)
    expect(gone).toEqual(route === undefined ? [] : ['repos/acme/web/secrets/OLD'])
  })
})
