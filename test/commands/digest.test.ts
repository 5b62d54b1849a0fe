import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { editEntry, WRITTEN_AT, type Written, writeLedger } from '../engine/written-ledger.ts'
import { workplace } from '../support/octoform.ts'
import { sealed } from '../support/sandbox.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const TOKEN = 'orgs/acme/secrets/TOKEN'
const VALUE = 'a value to be kept'
const ENV = '{ env: TOKEN }'

/** The input of a plan, beside the state of GitHub. */
interface Scene {
  /** Of the secret TOKEN. */
  readonly value?: string
  /** The other fields of TOKEN; as on GitHub when left out. */
  readonly access?: string
  /** None where left out. */
  readonly ledger?: Written
  readonly edit?: (entry: Record<string, unknown>) => void
  readonly env?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

interface Planner {
  plan(scene: Scene): Promise<Plan>
  /** `{ sealed: … }` with this value. */
  box(value: string): Promise<string>
}

/** Plans for one server, so that its host is the same in all digests. Each plan also deletes OLD: no digest is of nothing. */
async function planner(live: 'on GitHub' | 'not on GitHub'): Promise<Planner> {
  const token = { visibility: 'selected', repositories: ['web'], value: VALUE, updated_at: WRITTEN_AT }
  const secrets = { OLD: { visibility: 'all', value: 'old' }, ...(live === 'on GitHub' ? { TOKEN: token } : {}) }
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { repositories: { web: {}, api: {} }, secrets } } },
  })
  const place = await workplace(sandbox, { 'token.txt': VALUE, 'other.txt': VALUE })
  return {
    async plan({ value = ENV, access = 'visibility: selected, repositories: [web]', ledger, edit, env, flags }) {
      const member = `{ ${access}, value: ${value} }`
      await place.write(
        'octoform.yaml',
        `version: 1\norganizations:\n  acme:\n    secrets:\n      OLD: absent\n      TOKEN: ${member}\n`,
      )
      await rm(join(place.folder, '.octoform'), { recursive: true, force: true })
      if (ledger) await writeLedger(place, sandbox, { [TOKEN]: ledger })
      if (edit) await editEntry(place, TOKEN, edit)
      return place.plan(flags, { TOKEN: VALUE, OTHER: VALUE, ...env })
    },
    async box(value) {
      return JSON.stringify({ sealed: await sealed(sandbox, '/orgs/acme/actions/secrets', value) })
    },
  }
}

function plannedValue({ changes }: Plan): unknown {
  return (changes.find(({ address }) => address === TOKEN)?.after as { value?: unknown } | undefined)?.value
}

const SOURCES = ['{ env: TOKEN }', '{ env: OTHER }', '{ file: token.txt }', '{ file: other.txt }', 'box 1', 'box 2']

describe('two configurations that differ in the source of one secret have different plans and digests', () => {
  it.each([
    ['that is created', 'not on GitHub', undefined],
    ['that was written from somewhere else', 'on GitHub', { from: 'FORMER', value: VALUE }],
    ['whose write from somewhere else was interrupted', 'on GitHub', { from: 'FORMER', value: VALUE, at: 'never' }],
  ] as const)('%s', async (_, live, ledger) => {
    const { plan, box } = await planner(live)
    const boxes = new Map([
      ['box 1', await box(VALUE)],
      ['box 2', await box(VALUE)],
    ])
    const plans: Plan[] = []
    for (const source of SOURCES) {
      plans.push(await plan({ value: boxes.get(source) ?? source, ...(ledger ? { ledger } : {}) }))
    }
    expect(plans.map(({ changes }) => changes.length)).toEqual(SOURCES.map(() => 2))
    expect(new Set(plans.map(({ digest }) => digest)).size).toBe(SOURCES.length)
    expect(new Set(plans.map(plannedValue)).size).toBe(SOURCES.length)
    for (const each of plans) expect(JSON.stringify(each)).not.toContain(VALUE)
  })

  it('that is rotated, of which nothing is known', async () => {
    const { plan } = await planner('on GitHub')
    const flags = ['--rotate', '**']
    const first = await plan({ flags })
    const second = await plan({ value: '{ env: OTHER }', flags })
    expect([plannedValue(first), plannedValue(second)]).toEqual(['env:TOKEN', 'env:OTHER'])
    expect(first.digest).not.toBe(second.digest)
  })

  it('where only one of them is the source that the ledger knows', async () => {
    const { plan } = await planner('on GitHub')
    const ledger = { from: 'TOKEN', value: VALUE }
    const same = await plan({ ledger })
    const other = await plan({ ledger, value: '{ env: OTHER }' })
    expect(same.changes.map(({ address }) => address)).toEqual(['orgs/acme/secrets/OLD'])
    expect(other.changes).toContainEqual(
      expect.objectContaining({
        address: TOKEN,
        before: expect.objectContaining({ value: 'env:TOKEN' }),
        after: expect.objectContaining({ value: 'env:OTHER' }),
      }),
    )
    expect(same.digest).not.toBe(other.digest)
  })
})

describe('whether a value must be put again makes no difference to the digest', () => {
  const KNOWN: Written = { from: 'TOKEN', value: VALUE }
  const AGAIN: readonly [string, Scene][] = [
    ['an earlier write was interrupted', { ledger: { ...KNOWN, at: 'never' } }],
    ['changed outside', { ledger: { ...KNOWN, at: '2025-06-01T00:00:00Z' } }],
    ['the value changed at its source', { ledger: KNOWN, env: { TOKEN: 'the next value' } }],
    [
      'its ledger entry was altered',
      { ledger: KNOWN, edit: (entry) => void Object.assign(entry, { fingerprint: 'AAAA' }) },
    ],
  ]
  const ACCESS: readonly [string, string][] = [
    ['access as it is', 'visibility: selected, repositories: [web]'],
    ['more repositories', 'visibility: selected, repositories: [web, api]'],
    ['another visibility, which needs the value', 'visibility: private'],
  ]

  it.each(AGAIN.flatMap(([why, scene]) => ACCESS.map(([what, access]) => [why, what, scene, access] as const)))(
    '%s, %s',
    async (why, _, scene, access) => {
      const { plan } = await planner('on GitHub')
      const settled = await plan({ access, ledger: KNOWN })
      const again = await plan({ access, ...scene })
      expect(again.changes.find(({ address }) => address === TOKEN)?.reason).toContain(why)
      expect(again.digest).toBe(settled.digest)
    },
  )

  it('but that --rotate asks for it does', async () => {
    const { plan } = await planner('on GitHub')
    const settled = await plan({ ledger: KNOWN })
    const rotated = await plan({ ledger: KNOWN, flags: ['--rotate', '**/TOKEN'] })
    const both = await plan({ ledger: { ...KNOWN, at: 'never' }, flags: ['--rotate', '**/TOKEN'] })
    expect(rotated.digest).not.toBe(settled.digest)
    expect(both.digest).toBe(rotated.digest)
  })
})
