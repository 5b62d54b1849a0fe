import { describe, expect, it } from 'vitest'
import { formatRanges } from '../../src/core/reach.ts'
import type { Reach } from '../../src/core/reach-table.ts'
import { type Matrix, viewMatrices } from '../../src/render/matrix.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { buildPlan } from '../support/plan-builder.ts'

const SIGNS = { gains: '+', loses: '-', keeps: '.', none: ' ' } as const

/** Each row as its name, its counts and a sign for each column. */
function drawn({ sections }: Matrix): string[] {
  return sections
    .flatMap(({ rows }) => rows)
    .map(
      ({ name, before, after, cells }) => `${name} ${before}→${after} |${cells.map((cell) => SIGNS[cell]).join('')}|`,
    )
}

function matricesOf(repositories: readonly string[], rows: Reach['rows']): readonly Matrix[] {
  const known = repositories.map((text) => {
    const [name = '', visibility] = text.split(':')
    return { name, visibility: visibility === 'public' ? ('public' as const) : ('private' as const) }
  })
  return viewMatrices(buildPlan([], { reach: { repositories: known, rows } }))
}

const REPOSITORIES = ['acme/api', 'acme/site:public', 'acme/web', 'beta/tool', 'beta/unused']

describe('the matrix of who may use what', () => {
  const rows = [
    { address: 'orgs/acme/runner_groups/gpu', before: '0', after: '0,2' },
    { address: 'orgs/acme/secrets/A', before: '0-2', after: '' },
    { address: 'orgs/acme/secrets/B', before: '1', after: '1' },
    { address: 'orgs/beta/secrets/C%20D', before: '', after: '3' },
  ]

  it('has a table for each owner, with the repositories that anything reaches', () => {
    const [acme, beta] = matricesOf(REPOSITORIES, rows)
    expect(acme).toMatchObject({ owner: 'acme', repositories: 3 })
    expect(acme?.columns).toEqual([
      { names: ['web'], scopes: ['repos/acme/web'], visibility: 'not public', change: 'changes' },
      { names: ['api'], scopes: ['repos/acme/api'], visibility: 'not public', change: 'changes' },
      { names: ['site'], scopes: ['repos/acme/site'], visibility: 'public', change: 'changes' },
    ])
    expect(acme?.sections.map(({ address }) => address)).toEqual(['orgs/acme/runner_groups', 'orgs/acme/secrets'])
    expect(acme && drawn(acme)).toEqual(['gpu 1→2 |+. |', 'A 3→0 |---|', 'B 1→1 |  .|'])
    expect(acme?.sections.flatMap((section) => section.rows.map(({ change }) => change))).toEqual([
      'changes',
      'changes',
      'stays',
    ])
    expect(beta && drawn(beta)).toEqual(['C D 0→1 |+|'])
    expect(beta?.columns.map(({ names }) => names)).toEqual([['tool']])
  })

  it('makes one column of many that are the same, public ones apart', () => {
    const names = Array.from({ length: 60 }, (_, index) => `acme/r${index}${index === 7 ? ':public' : ''}`)
    const [matrix] = matricesOf(names, [
      { address: 'orgs/acme/secrets/ALL', before: '0-59', after: '0-59' },
      { address: 'orgs/acme/secrets/SOME', before: '', after: '0-2' },
    ])
    expect(
      matrix?.columns.map(({ names: [first], names: { length }, visibility, change }) => [
        first,
        length,
        visibility,
        change,
      ]),
    ).toEqual([
      ['r0', 3, 'not public', 'changes'],
      ['r3', 56, 'not public', 'stays'],
      ['r7', 1, 'public', 'stays'],
    ])
    expect(matrix && drawn(matrix)).toEqual(['ALL 60→60 |...|', 'SOME 0→3 |+  |'])
  })

  it('keeps the columns of a few apart, though they are the same', () => {
    const [matrix] = matricesOf(REPOSITORIES, [{ address: 'orgs/acme/secrets/ALL', before: '0-2', after: '0-2' }])
    expect(matrix?.columns).toHaveLength(3)
  })

  it.each([30, 120])('puts the columns that change before all others: of %i', (size) => {
    const changing = { open: size - 1, gains: size - 2, both: size - 3, loses: size - 4 }
    const long = (index: number): string => `r${String(index).padStart(99, '0')}`
    const names = Array.from(
      { length: size },
      (_, index) => `acme/${long(index)}${index === size - 1 ? ':public' : ''}`,
    )
    // Of each repository another pattern, so that no two share a column.
    const bits = Array.from({ length: 7 }, (_, bit) => {
      const some = formatRanges(names.flatMap((_, index) => ((index >> bit) & 1 ? [index] : [])))
      return { address: `orgs/acme/secrets/S${bit}`, before: some, after: some }
    })
    const [matrix] = matricesOf(names, [
      { address: 'orgs/acme/runner_groups/every', before: `0-${size - 1}`, after: `0-${size - 1}` },
      ...bits,
      {
        address: 'orgs/acme/variables/V',
        before: `${changing.loses}-${changing.both}`,
        after: `${changing.gains}-${changing.open}`,
      },
      { address: 'orgs/acme/variables/W', before: '', after: `${changing.both}` },
    ])
    const columns = matrix?.columns ?? []
    expect(columns).toHaveLength(size)
    expect(columns.slice(0, 5).map(({ names: [first] }) => first)).toEqual(
      [changing.open, changing.both, changing.gains, changing.loses, 0].map(long),
    )
    expect(columns.findLastIndex(({ change }) => change === 'changes')).toBe(3)
    expect(matrix && drawn(matrix).at(-2)?.slice(0, 13)).toBe('V 2→2 |+-+-  ')
  })

  it('is read from a stranger’s file without harm', () => {
    const strange = ['0-99999999999', '7', '2-0', '1,1,1,0', 'x', '-', '0-1-2', '__proto__', '1,3']
    const made = strange.map((after) =>
      matricesOf(REPOSITORIES, [{ address: 'orgs/acme/secrets/A', before: '', after }]),
    )
    expect(made.map(([matrix]) => matrix?.columns.flatMap(({ names }) => names).length)).toEqual([
      5, 0, 0, 1, 0, 0, 0, 0, 2,
    ])
    expect(matricesOf(REPOSITORIES, [{ address: 'nowhere', before: '', after: '0' }])).toEqual([])
    expect(viewMatrices(buildPlan([]))).toEqual([])
  })

  it('of 500 repositories and 120 rows is made at once', () => {
    const names = Array.from({ length: 500 }, (_, index) => `acme/r${String(index).padStart(3, '0')}`)
    const half = formatRanges(names.flatMap((_, index) => (index % 2 === 0 ? [index] : [])))
    const many = Array.from({ length: 120 }, (_, index) => ({
      address: `orgs/acme/secrets/S${index}`,
      before: half,
      after: '0-499',
    }))
    const took = cpuTime()
    expect(matricesOf(names, many)[0]?.columns).toHaveLength(2)
    expect(took()).toBeLessThan(500)
  })
})
