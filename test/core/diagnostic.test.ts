import { expect, test } from 'vitest'
import { type Diagnostic, formatDiagnostic, formatSource, sortDiagnostics } from '../../src/core/diagnostic.ts'

const source = { file: 'teams/pay.yaml', line: 3, col: 7 }

test.each<[Diagnostic, string]>([
  [{ severity: 'error', message: 'no such key', source }, 'teams/pay.yaml:3:7: error: no such key'],
  [{ severity: 'warning', message: 'held back' }, 'warning: held back'],
  [{ severity: 'error', message: 'm', source, address: 'orgs/acme/secrets/X' }, 'teams/pay.yaml:3:7: error: m'],
])('%j', (diagnostic, expected) => {
  expect(formatDiagnostic(diagnostic)).toBe(expected)
})

test('a place is file:line:col, as editors open it', () => {
  expect(formatSource(source)).toBe('teams/pay.yaml:3:7')
})

test('they stand in the order of the files, by address at one place, and as they were found at one address', () => {
  const at = (file: string, line: number, col: number, address: string, message = 'm'): Diagnostic => {
    return { severity: 'warning', message, source: { file, line, col }, address }
  }
  const sorted: readonly Diagnostic[] = [
    { severity: 'warning', message: 'of no place' },
    at('a.yaml', 2, 9, 'orgs/z'),
    at('a.yaml', 10, 3, 'orgs/a', 'second'),
    at('a.yaml', 10, 3, 'orgs/a', 'first'),
    at('a.yaml', 10, 3, 'orgs/b'),
    at('a.yaml', 10, 20, 'orgs/a'),
    at('b.yaml', 1, 1, 'orgs/a'),
  ]
  const [none, second, third, fourth, fifth, sixth, last] = sorted
  const mixed = [last, sixth, fifth, third, none, fourth, second] as Diagnostic[]
  expect(sortDiagnostics(mixed)).toEqual(sorted)
})
