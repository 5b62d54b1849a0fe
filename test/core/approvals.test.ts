import { describe, expect, it } from 'vitest'
import type { Approval, Approvals } from '../../src/core/approval.ts'
import { judge, linesInForce } from '../../src/core/approvals.ts'
import type { Work } from '../../src/core/work.ts'
import { buildApprovals, buildGuards } from '../support/build-guards.ts'
import { buildChange } from '../support/plan-builder.ts'
import { ACME, stubFamily } from '../support/stub-family.ts'

const DIGEST = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const at = (line: number) => ({ file: 'octoform.yaml', line, col: 5 })

const line = (allow: readonly string[], digest = DIGEST, reason = 'Cleanup', where = 3) => {
  return { digest, allow, reason, source: at(where) }
}

const removed = (name: string): Work => {
  const change = buildChange(`orgs/acme/boxes/${name}`, { level: 'low' }, null)
  const findListed = () => Promise.resolve(undefined)
  const rest = { sends: [], phases: [], value: undefined, ledgerHolds: false, ref: undefined, findListed }
  return { change, family: stubFamily(), scope: ACME, key: name, ...rest }
}

/** Two deletions, one of them protected, where none is allowed. */
const GUARDS = buildGuards({
  budgets: { max_deletions: 0, max_revocations: 0, max_runner_moves: 0 },
  protect: ['**/A'],
})

function judged(approvals: Partial<Approvals>, rest: Partial<Parameters<typeof judge>[0]> = {}) {
  const plan = {
    digest: DIGEST,
    complete: true,
    flags: { owner: [], target: [], rotate: [] },
    leftOut: [],
    hasErrors: false,
  }
  return judge({ ...plan, works: [removed('A'), removed('B')], ...rest }, GUARDS, buildApprovals(approvals))
}

const guardsOf = (told: readonly { readonly guard: string }[] | undefined) => told?.map(({ guard }) => guard)

describe('an approval', () => {
  it.each<[string, Partial<Approvals>, readonly string[], readonly string[] | undefined]>([
    ['none', {}, ['max_deletions', 'protect'], undefined],
    ['of everything', { lines: [line(['deletions=2', 'protected'])] }, [], ['max_deletions', 'protect']],
    ['of a part', { lines: [line(['deletions=2'])] }, ['protect'], ['max_deletions']],
    ['of too few', { lines: [line(['deletions=1', 'protected'])] }, ['max_deletions'], ['protect']],
    ['in two lines', { lines: [line(['deletions=2']), line(['protected'])] }, [], ['max_deletions', 'protect']],
    ['of another plan', { lines: [line(['deletions=2'], OTHER)] }, ['max_deletions', 'protect'], undefined],
    [
      'of the plan that the run is held to',
      { lines: [line(['deletions=2', 'protected'], OTHER)], heldTo: [OTHER] },
      [],
      ['max_deletions', 'protect'],
    ],
    [
      'that is spent',
      { lines: [line(['deletions=2', 'protected'])], spent: [line(['protected', 'deletions=2'])] },
      ['max_deletions', 'protect'],
      undefined,
    ],
    [
      'once more, with another reason',
      { lines: [line(['deletions=2'], DIGEST, 'Again')], spent: [line(['deletions=2'])] },
      ['protect'],
      ['max_deletions'],
    ],
    [
      'with more than what is spent',
      { lines: [line(['deletions=2', 'protected'])], spent: [line(['deletions=2'])] },
      [],
      ['max_deletions', 'protect'],
    ],
    [
      'where nobody keeps what is spent',
      { lines: [line(['deletions=2'])], spent: undefined },
      ['protect'],
      ['max_deletions'],
    ],
  ])('%s', (_, approvals, tripped, approved) => {
    const found = judged(approvals)
    expect(guardsOf(found.tripped)).toEqual(tripped)
    expect(guardsOf(found.approved)).toEqual(approved)
  })

  it('allows less than the configuration does anyway without taking any of it away', () => {
    const guards = buildGuards()
    const works = [removed('A'), removed('B'), removed('C')]
    const plan = {
      digest: DIGEST,
      complete: true,
      flags: { owner: [], target: [], rotate: [] },
      leftOut: [],
      hasErrors: false,
    }
    const found = judge({ ...plan, works }, guards, buildApprovals({ lines: [line(['deletions=1'])] }))
    expect(found).toMatchObject({ tripped: [] })
    expect(found.approved).toBe(undefined)
  })

  it('stands with its line and its reason beside what it lets pass', () => {
    const lines = [line(['deletions=2'], DIGEST, 'Old ones', 4), line(['protected'], DIGEST, 'A too', 5)]
    expect(judged({ lines }).approved).toEqual([
      {
        guard: 'max_deletions',
        message: '2 deletions (members), and at most 0 are allowed',
        addresses: ['orgs/acme/boxes/A', 'orgs/acme/boxes/B'],
        by: [{ source: at(4), reason: 'Old ones' }],
      },
      {
        guard: 'protect',
        message: 'orgs/acme/boxes/A is protected from deletion',
        addresses: ['orgs/acme/boxes/A'],
        by: [{ source: at(5), reason: 'A too' }],
      },
    ])
  })
})

describe('lines that may be removed', () => {
  const SPENT = 'this approval is spent and may be removed'
  const UNFIT = 'this approval fits no plan: it may be removed'
  const flags = (rest: object) => ({ flags: { owner: [], target: [], rotate: [], ...rest } })
  it.each<[string, Partial<Approvals>, Partial<Parameters<typeof judge>[0]>, readonly string[]]>([
    ['one in force', { lines: [line(['deletions=2'])] }, {}, []],
    ['one spent', { lines: [line(['deletions=2'])], spent: [line(['deletions=2'])] }, {}, [SPENT]],
    ['one of another plan', { lines: [line(['self'], OTHER)] }, {}, [UNFIT]],
    ['one of what the run is held to', { lines: [line(['self'], OTHER)], heldTo: [OTHER] }, {}, []],
    [
      'one of another plan that is spent',
      { lines: [line(['self'], OTHER)], spent: [line(['self'], OTHER)] },
      {},
      [SPENT],
    ],
    ['by --owner', { lines: [line(['self'], OTHER)] }, flags({ owner: ['acme'] }), []],
    ['by --target', { lines: [line(['self'], OTHER)] }, flags({ target: ['**'] }), []],
    ['by --rotate', { lines: [line(['self'], OTHER)] }, flags({ rotate: ['**'] }), []],
    ['in an incomplete plan', { lines: [line(['self'], OTHER)] }, { complete: false }, []],
    ['in one with errors', { lines: [line(['self'], OTHER)] }, { hasErrors: true }, []],
  ])('%s', (_, approvals, rest, expected) => {
    const { diagnostics } = judged(approvals, rest)
    expect(diagnostics.map(({ message }) => message)).toEqual(expected.map((text) => expect.stringContaining(text)))
    expect(diagnostics.every(({ severity, source }) => severity === 'warning' && source?.line === 3)).toBe(true)
  })
})

describe('the lines to add', () => {
  it.each<[string, Partial<Approvals>, readonly string[]]>([
    ['without any', {}, ['approvals:', `  - { digest: ${DIGEST}, allow: [deletions=2, protected], reason: "…" }`]],
    [
      'beside others',
      { lines: [line(['self'], OTHER)], place: { file: 'o.yaml', key: at(2) } },
      [`  - { digest: ${DIGEST}, allow: [deletions=2, protected], reason: "…" }`],
    ],
    [
      'beside one of the same plan, only what it lacks',
      { lines: [line(['protected'])] },
      [`  - { digest: ${DIGEST}, allow: [deletions=2], reason: "…" }`],
    ],
    [
      'once the same line is spent, with another reason',
      { spent: [line(['deletions=2', 'protected'], DIGEST, '…')] },
      ['approvals:', `  - { digest: ${DIGEST}, allow: [deletions=2, protected], reason: "… (2)" }`],
    ],
  ])('%s', (_, approvals, lines) => {
    expect(judged(approvals).approve?.lines).toEqual(lines)
  })

  it('are none where nothing trips, or where the digest is not that of a whole plan', () => {
    expect(judged({ lines: [line(['deletions=2', 'protected'])] }).approve).toBe(undefined)
    expect(judged({}, { complete: false }).approve).toBe(undefined)
    expect(judged({}, { hasErrors: true }).approve).toBe(undefined)
  })

  it('tell the flags without which it is another plan, and quote what YAML would take for a number', () => {
    const flags = { owner: ['acme'], target: [], rotate: ['env:A'] }
    expect(judged({}, { flags }).approve).toMatchObject({ under: null, flags: ['--owner acme', '--rotate env:A'] })
    const digits = '1'.repeat(64)
    expect(judged({}, { digest: digits }).approve?.lines[1]).toContain(`digest: "${digits}"`)
  })
})

it.each<[Approval['digest'], readonly string[], boolean]>([
  [DIGEST, [], true],
  [OTHER, [], false],
  [OTHER, [OTHER], true],
])('a line of %s is in force where the run is held to %j: %s', (digest, heldTo, expected) => {
  expect(linesInForce({ lines: [line(['self'], digest)], heldTo, spent: [] }, DIGEST)).toHaveLength(expected ? 1 : 0)
})
