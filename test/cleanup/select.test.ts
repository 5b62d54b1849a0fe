import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAge, parseSize } from '../../src/cleanup/measures.ts'
import type { Leftover, Leftovers } from '../../src/cleanup/objects.ts'
import { faultsOf, KINDS, type Rule, type RuleKind } from '../../src/cleanup/policy.ts'
import { selectByRule } from '../../src/cleanup/select.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 0, 1)

const leftover = fc.record({
  id: fc.integer({ min: 1, max: 60 }),
  days: fc.integer({ min: 0, max: 90 }),
  bytes: fc.integer({ min: 0, max: 3000 }),
  name: fc.constantFrom('build', 'logs', 'release-1'),
  branch: fc.constantFrom('main', 'topic', 'release/1'),
  conclusion: fc.constantFrom('success', 'failure', ''),
  status: fc.constantFrom('completed', 'completed', 'queued', 'in_progress'),
  run: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
})

const rule = fc.record(
  {
    older_than: fc.constantFrom('3d', '10d', '40d'),
    larger_than: fc.constantFrom('1KB', '2KB'),
    names: fc.constantFrom(['build'], ['!release-*'], ['rel*', '!release-1']),
    conclusion: fc.constantFrom(['failure'], ['success', 'failure']),
    branches: fc.constantFrom(['!main'], ['release/*']),
    keep_latest: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: [] },
)

/** The conditions that a kind knows, with a bound where they have none. */
function ofKind(kind: RuleKind, conditions: Rule): Rule {
  const bound = kind === 'stuck' ? { queued_longer_than: '10d' } : { older_than: '3d' }
  const known = Object.entries(conditions).filter(
    ([name, value]) => faultsOf(kind, { ...bound, [name]: value }).length === 0,
  )
  const own: Rule = Object.fromEntries(known)
  return faultsOf(kind, own).length === 0 ? own : { ...bound, ...own }
}

/** Decides of one object by the words of the documentation alone, one condition after the other. */
function oracle(
  kind: RuleKind,
  wanted: Rule,
  each: Leftover,
  all: readonly Leftover[],
  going: ReadonlySet<number> | undefined,
): boolean {
  const days = (NOW - each.at) / DAY
  if (kind !== 'stuck' && days < 7) return false
  const least = wanted.older_than ?? wanted.queued_longer_than
  if (least && days < Number.parseInt(least, 10)) return false
  if (wanted.larger_than && each.bytes <= Number.parseInt(wanted.larger_than, 10) * 1000) return false
  const glob = (text: string, pattern: string) => new RegExp(`^${pattern.replace('*', '[^/]*')}$`).test(text)
  const named = (patterns: readonly string[] | undefined, text: string) => {
    if (!patterns) return true
    if (patterns.some((pattern) => pattern[0] === '!' && glob(text, pattern.slice(1)))) return false
    const positive = patterns.filter((pattern) => pattern[0] !== '!')
    return positive.length === 0 || positive.some((pattern) => glob(text, pattern))
  }
  if (!named(wanted.names, each.name) || !named(wanted.branches, each.branch)) return false
  if (wanted.conclusion && !wanted.conclusion.includes(each.conclusion)) return false
  if (wanted.keep_latest) {
    const newer = all.filter(
      (other) => other.group === each.group && (other.at > each.at || (other.at === each.at && other.id > each.id)),
    )
    if (newer.length < wanted.keep_latest) return false
  }
  if (kind === 'stuck') return each.status === 'queued'
  if (kind === 'runs' || kind === 'logs') return each.status === 'completed'
  if (kind === 'caches') return each.id % 3 !== 0
  if (days > 66) return true
  if (!going) return false
  return each.run === undefined ? going.size === 0 : !going.has(each.run)
}

describe('a rule', () => {
  it('chooses what the documentation says, of any objects', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        rule,
        fc.uniqueArray(leftover, { selector: ({ id }) => id, maxLength: 25 }),
        fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 5 })), { nil: undefined }),
        (kind, anyRule, given, runs) => {
          const wanted = ofKind(kind, anyRule)
          const all = given.map(({ days, ...each }): Leftover => ({ ...each, at: NOW - days * DAY, group: each.name }))
          const going = runs && new Set(runs)
          const heldCaches = new Set(all.map(({ id }) => id).filter((id) => id % 3 === 0))
          const found: Leftovers = { artifacts: all, runs: all, caches: all, going, heldCaches }
          const chosen = selectByRule(kind, wanted, found, { now: NOW, cutoff: NOW, recent: 'kept' })
          const expected = all.filter((each) => oracle(kind, wanted, each, all, going)).map(({ id }) => id)
          expect(chosen.map(({ id }) => id).sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('chooses nothing where it has a mistake, and no object without a time', () => {
    const one = { id: 1, at: NOW - 60 * DAY, bytes: 0, name: '', group: '', branch: '', conclusion: '', run: 1 }
    const choose = (kind: RuleKind, wanted: Rule, status: string, at = one.at) => {
      const runs = [{ ...one, at, status }]
      const found = { artifacts: runs, runs, caches: runs, going: new Set<number>(), heldCaches: new Set<number>() }
      return selectByRule(kind, wanted, found, { now: NOW, cutoff: NOW, recent: 'chosen too' }).length
    }
    expect(choose('runs', { older_than: '30d' }, 'completed')).toBe(1)
    expect(choose('runs', { older_than: '30 days' }, 'completed')).toBe(0)
    expect(choose('runs', {}, 'completed')).toBe(0)
    expect(choose('stuck', {}, 'queued')).toBe(0)
    expect(choose('artifacts', { keep_latest: 0 }, '', Number.POSITIVE_INFINITY)).toBe(0)
  })

  it('chooses nothing that came after the plan', () => {
    const at = NOW - 20 * DAY
    const one: Leftover = {
      id: 1,
      at,
      bytes: 0,
      name: '',
      group: '',
      branch: '',
      conclusion: '',
      status: 'completed',
      run: 1,
    }
    const found = { artifacts: [], runs: [one], caches: [], going: undefined, heldCaches: new Set<number>() }
    const choose = (cutoff: number) =>
      selectByRule('runs', { older_than: '7d' }, found, { now: NOW, cutoff, recent: 'kept' })
    expect(choose(at)).toEqual([one])
    expect(choose(at - 1)).toEqual([])
  })

  it.each<[RuleKind, Rule, number]>([
    ['artifacts', {}, 1],
    ['artifacts', { names: ['x'] }, 1],
    ['artifacts', { older_than: '30d' }, 0],
    ['artifacts', { older_than: '30' }, 1],
    ['artifacts', { older_than: '0d' }, 1],
    ['artifacts', { larger_than: '1GiB' }, 1],
    ['artifacts', { branches: ['main'], keep_latest: 1 }, 1],
    ['runs', { conclusion: ['failure'] }, 1],
    ['runs', { larger_than: '1GB', older_than: '1d' }, 1],
    ['stuck', { older_than: '1d' }, 2],
    ['caches', { larger_than: '1GB' }, 0],
    ['logs', { keep_latest: 3, older_than: '1d' }, 1],
  ])('of %s %j has %d mistakes', (kind, wanted, count) => {
    expect(faultsOf(kind, wanted)).toHaveLength(count)
  })
})

it.each([
  ['30d', 30 * DAY],
  ['12h', DAY / 2],
  ['2w', 14 * DAY],
  ['d', undefined],
  ['1m', undefined],
  ['-1d', undefined],
])('%s is an age of %s ms', (text, ms) => expect(parseAge(text)).toBe(ms))

it.each([
  ['1GB', 1e9],
  ['1.5MB', 1.5e6],
  ['500KB', 5e5],
  ['1 GB', undefined],
  ['1gb', undefined],
])('%s is a size of %s bytes', (text, size) => expect(parseSize(text)).toBe(size))
