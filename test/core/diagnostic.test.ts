import { expect, test } from 'vitest'
import { type Diagnostic, formatDiagnostic, formatSource } from '../../src/core/diagnostic.ts'

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
