import type { Section, SectionName } from './row.ts'

const UNITS: { readonly [S in SectionName]?: readonly [one: string, many: string] } = {
  errors: ['error', 'errors'],
  warnings: ['warning', 'warnings'],
  refused: ['reason', 'reasons'],
  values_needed: ['value', 'values'],
}

const CHANGES = ['change', 'changes'] as const
const ENTRIES = ['entry', 'entries'] as const

/** How much a section has, with its unit: of changes their number, though many may be one row. */
export function sectionSize({ name, rows }: Section): string {
  const changes = rows.reduce((sum, row) => sum + (row.kind === 'change' ? row.addresses.length : 0), 0)
  const [one, many] = changes > 0 ? CHANGES : (UNITS[name] ?? ENTRIES)
  return sized(changes || rows.length, one, many)
}

/** A number, in groups of three digits, with its unit. */
export function sized(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}
