import { describe, expect, it } from 'vitest'
import { type LedgerAdoptFlags, ledgerAdoptCommand } from '../../src/commands/ledger.ts'
import { withHiding } from '../../src/run/io.ts'
import { hostOf, readEntries, writeLedger } from '../engine/written-ledger.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const WRITTEN = '2026-01-01T00:00:00Z'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: { secrets: { DEPLOY: { value: 'planted-deploy', updated_at: WRITTEN } } },
        admin: { files: { main: { 'README.md': 'code' } } },
      },
      secrets: {
        FIRST: { visibility: 'all', value: 'planted-first', updated_at: WRITTEN },
        SECOND: { visibility: 'all', value: 'planted-second', updated_at: WRITTEN },
        KNOWN: { visibility: 'all', value: 'planted-known', updated_at: WRITTEN },
        OTHERS: { visibility: 'all', value: 'of others' },
      },
    },
  },
}

const yaml = (ledger: string) => `
version: 1
${ledger}
organizations:
  acme:
    secrets:
      FIRST: { visibility: all, value: { env: FIRST } }
      SECOND: { visibility: all, value: { env: SECOND } }
      KNOWN: { visibility: all, value: { env: KNOWN } }
      MISSING: { visibility: all, value: { env: FIRST } }
      OTHERS: { visibility: all }
    repositories:
      web: { secrets: { DEPLOY: { value: { env: DEPLOY } } } }
`

const VALUES = { FIRST: 'planted-first', KNOWN: 'planted-known', DEPLOY: 'planted-deploy' }

interface World {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  adopt(
    glob: string,
    options?: { flags?: Partial<LedgerAdoptFlags>; env?: Readonly<Record<string, string>> },
  ): Promise<{
    code: number
    stdout: string
    stderr: string
  }>
}

async function world(ledger = ''): Promise<World> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml(ledger) })
  if (ledger === '')
    await writeLedger(place, sandbox, { 'orgs/acme/secrets/KNOWN': { from: 'KNOWN', value: 'planted-known' } })
  return {
    sandbox,
    place,
    async adopt(glob, { flags = {}, env = {} } = {}) {
      const { world, printed } = printingWorld({
        env: {
          GITHUB_API_URL: sandbox.url,
          OCTOFORM_TOKEN: 'an-owner',
          OCTOFORM_LEDGER_KEY: LEDGER_KEY,
          ...VALUES,
          ...env,
        },
        cwd: place.folder,
      })
      const io = withHiding(world)
      const code = await ledgerAdoptCommand(io, glob, { config: ['octoform.yaml'], parallelism: 4, ...flags })
      return { code, ...printed() }
    },
  }
}

describe('ledger adopt', () => {
  it('records what is on GitHub and has no entry, and writes nothing to GitHub', async () => {
    const { sandbox, place, adopt } = await world()
    const known = (await readEntries(place))[`${hostOf(sandbox)} orgs/acme/secrets/KNOWN`]
    const { code, stdout, stderr } = await adopt('**')
    expect(code).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'orgs/acme/secrets/FIRST (env:FIRST)',
      'orgs/acme/secrets/SECOND (env:SECOND; without its value at hand, a change at its source will not be seen until it is written)',
      'repos/acme/web/secrets/DEPLOY (env:DEPLOY)',
      'Recorded: 3 of 5.',
      '',
    ])
    expect(stderr).toContain('orgs/acme/secrets/KNOWN: has an entry (env:KNOWN)')
    expect(stderr).toContain('orgs/acme/secrets/MISSING: is not on GitHub; apply creates it')
    expect(stderr + stdout).not.toContain('OTHERS')
    expect(sandbox.writes()).toEqual([])
    const entries = await readEntries(place)
    expect(entries[`${hostOf(sandbox)} orgs/acme/secrets/KNOWN`]).toEqual(known)
    expect(entries[`${hostOf(sandbox)} orgs/acme/secrets/FIRST`]).toMatchObject({
      source: 'env:FIRST',
      written_at: '2026-01-01T00:00:00.000Z',
      fingerprint: expect.any(String),
      signature: expect.any(String),
    })
  })

  it('makes them unchanged, and a change from outside and at the source seen', async () => {
    const { sandbox, place, adopt } = await world()
    const before = await place.plan()
    expect(before.secrets.unknown).toEqual([
      'orgs/acme/secrets/FIRST',
      'orgs/acme/secrets/SECOND',
      'repos/acme/web/secrets/DEPLOY',
    ])
    await adopt('orgs/acme/secrets/*')
    const after = await place.plan([], VALUES)
    expect(after.secrets.unknown).toEqual(['repos/acme/web/secrets/DEPLOY'])
    expect(after.changes.map(({ address }) => address)).toEqual(['orgs/acme/secrets/MISSING'])
    const changed = await place.plan([], { ...VALUES, FIRST: 'another value' })
    expect(changed.changes.find(({ address }) => address.endsWith('/FIRST'))).toMatchObject({ value: 'again' })
    expect(sandbox.writes()).toEqual([])
  })

  it('does so once', async () => {
    const { place, adopt } = await world()
    await adopt('**')
    const text = await place.read('.octoform/ledger.json')
    expect(await adopt('**')).toMatchObject({ code: 0, stdout: 'Recorded: 0 of 5.\n' })
    expect(await place.read('.octoform/ledger.json')).toBe(text)
  })

  it('works on a ledger in a repository, in one commit', async () => {
    const { sandbox, adopt, place } = await world('ledger: { repository: acme/admin, branch: octoform, path: l.json }')
    expect(await adopt('**')).toMatchObject({ code: 0, stdout: expect.stringContaining('Recorded: 4 of 5.') })
    expect(sandbox.writes().every((write) => write.startsWith('POST /repos/acme/admin/git/'))).toBe(true)
    expect(sandbox.writes()).toHaveLength(3)
    expect((await place.plan([], VALUES)).secrets.unknown).toEqual([])
  })

  it('says what it cannot compare without a ledger key', async () => {
    const { stdout } = await (await world('ledger: { path: l.json }')).adopt('**/FIRST', {
      env: { OCTOFORM_LEDGER_KEY: '' },
    })
    expect(stdout).toContain('orgs/acme/secrets/FIRST (env:FIRST; without a ledger key,')
  })

  it('prints no value', async () => {
    const { place, adopt } = await world()
    const { stdout, stderr } = await adopt('**')
    const ledger = await place.read('.octoform/ledger.json')
    for (const value of Object.values(VALUES)) expect(stdout + stderr + ledger).not.toContain(value)
  })

  it.each(['orgs/acme/secrets/NOPE', 'orgs/acme/secrets/OTHERS', 'orgs/acme/runner_groups/*'])(
    'fails where there is nothing to record: %s',
    async (glob) => {
      const { adopt, sandbox } = await world()
      const { code, stderr } = await adopt(glob)
      expect(code).toBe(1)
      expect(stderr).toContain(`${glob} matches nothing in the configuration that has a value`)
      expect(sandbox.writes()).toEqual([])
    },
  )

  it('refuses a glob that matches no address', async () => {
    const { adopt } = await world()
    await expect(adopt('secrets/*')).rejects.toThrow('matches no address')
  })

  it('records what could be read, and tells of the rest', async () => {
    const { sandbox, adopt } = await world()
    await sandbox.fault({ method: 'GET', route: '/repos/{owner}/{repo}/actions/secrets', times: 100, status: 403 })
    const { code, stdout, stderr } = await adopt('**')
    expect(code).toBe(5)
    expect(stdout).toContain('Recorded: 2 of 4.')
    expect(stderr).toContain('repos/acme/web could not be read')
  })
})
