import { byText, formatAddress, formatScope, parseAddress } from '../core/address.ts'
import type { Plan } from '../core/plan.ts'
import { parseRanges } from '../core/reach.ts'
import type { ReachRepository } from '../core/reach-table.ts'
import { isEnterprise, listedScope, ownerOf } from '../core/scope.ts'
import { symbolOf } from './changes.ts'
import { groupBy } from './group-by.ts'
import type { ChangeSymbol } from './row.ts'

/** The change of one repository's access to one thing; `none` had none and gets none. */
export type MatrixCell = 'gains' | 'loses' | 'keeps' | 'none'

export interface MatrixRow {
  readonly address: string
  /** The path of its scope. */
  readonly scope: string
  readonly family: string
  /** The sign of the change of the thing itself; undefined where there is none. */
  readonly action: ChangeSymbol | undefined
  /** The key of the address within its section. */
  readonly name: string
  readonly before: number
  readonly after: number
  /** One for each column. */
  readonly cells: readonly MatrixCell[]
  readonly change: 'changes' | 'stays'
}

/** Repositories that have the same in every row, so that one column shows them all. */
export interface MatrixColumn {
  /** Without their owner; of an enterprise those of organizations, and of repositories in them with theirs. */
  readonly names: readonly string[]
  /** Of each name the path of its scope. */
  readonly scopes: readonly string[]
  readonly visibility: 'public' | 'not public'
  readonly change: 'changes' | 'stays'
}

/** The access of one owner's repositories. */
export interface Matrix {
  readonly owner: string
  readonly columns: readonly MatrixColumn[]
  /** Rows by section, such as `orgs/acme/secrets`. */
  readonly sections: readonly { readonly address: string; readonly rows: readonly MatrixRow[] }[]
  /** The number of repositories in all columns. */
  readonly repositories: number
}

/** The most columns that are shown one by one; of more, those that are the same in every row become one. */
export const COLUMNS = 40

/**
 * A matrix for each owner, rows in order and the columns that change before the others. Repositories that nothing
 * reaches have no column.
 */
export function viewMatrices(plan: Plan): readonly Matrix[] {
  const { repositories = [], rows = [] } = plan.reach ?? {}
  const named = new Set(rows.map(({ address }) => address))
  const changed = plan.changes.filter(({ address }) => named.has(address))
  const symbols = new Map(changed.map((change) => [change.address, symbolOf(change)]))
  const read = rows.flatMap(({ address, before, after }) => {
    const parsed = parseAddress(address)
    if (!parsed) return []
    const { scope, family, key } = parsed
    const sides = { before: parseRanges(before, repositories.length), after: parseRanges(after, repositories.length) }
    const section = formatAddress(scope, family, '')
    const about = { scope: formatScope(scope), family, action: symbols.get(address), name: key || family }
    return [{ address, owner: ownerOf(scope), section, ...about, ...sides }]
  })
  const byOwner = [...groupBy(read, ({ owner }) => owner)].sort(([left], [right]) => byText(left, right))
  return byOwner.map(([owner, own]) => matrixOf(owner, own, repositories))
}

interface ReachedRepository {
  readonly index: number
  readonly name: string
  readonly visibility: ReachRepository['visibility']
  /** Its cells from the first row to the last, as digits. */
  readonly pattern: string
}

interface Sides extends Pick<MatrixRow, 'address' | 'scope' | 'family' | 'action' | 'name'> {
  readonly section: string
  readonly before: readonly number[]
  readonly after: readonly number[]
}

const CELLS: readonly MatrixCell[] = ['none', 'loses', 'gains', 'keeps']

function matrixOf(owner: string, rows: readonly Sides[], repositories: readonly ReachRepository[]): Matrix {
  const cells = rows.map((row) => cellsOf(row, repositories.length))
  const reached = repositories.flatMap(({ name, visibility }, index): ReachedRepository[] => {
    const pattern = cells.map((row) => row[index] ?? 0).join('')
    return /[123]/.test(pattern)
      ? [{ index, name: isEnterprise(owner) ? name : name.slice(name.indexOf('/') + 1), visibility, pattern }]
      : []
  })
  const alike = groupBy(reached, ({ pattern, visibility, index }) => {
    return reached.length > COLUMNS ? `${visibility === 'public'} ${pattern}` : index
  })
  const groups = [...alike.values()].sort(([left], [right]) => columnRank(left) - columnRank(right))
  const columns = groups.map((group): MatrixColumn => {
    const [{ visibility, pattern }] = group
    return {
      names: group.map(({ name }) => name),
      scopes: group.map(({ name }) => formatScope(listedScope(owner, name))),
      visibility: visibility === 'public' ? 'public' : 'not public',
      change: /[12]/.test(pattern) ? 'changes' : 'stays',
    }
  })
  const shown = rows.map((row, at): MatrixRow & { readonly section: string } => {
    const own = groups.map(([{ index }]) => CELLS[cells[at]?.[index] ?? 0] ?? 'none')
    const change = own.some((cell) => cell === 'gains' || cell === 'loses') ? 'changes' : 'stays'
    const { before, after, ...about } = row
    return { ...about, before: before.length, after: after.length, cells: own, change }
  })
  const sections = [...groupBy(shown, ({ section }) => section)].map(([address, own]) => ({ address, rows: own }))
  return { owner, columns, sections, repositories: reached.length }
}

/** Only the first columns fit on a screen: those that gain come first, public ones before all, then those that lose. */
function columnRank({ pattern, visibility }: ReachedRepository): number {
  if (pattern.includes('2')) return visibility === 'public' ? 0 : 1
  return pattern.includes('1') ? 2 : 3
}

/** Of each repository an index into {@link CELLS}: one for its former access, two for its new access. */
function cellsOf({ before, after }: Sides, size: number): Uint8Array {
  const cells = new Uint8Array(size)
  for (const index of before) cells[index] = 1
  for (const index of after) cells[index] = (cells[index] ?? 0) + 2
  return cells
}
