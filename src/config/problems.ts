import { type Diagnostic, formatDiagnostic, sortDiagnostics } from '../core/diagnostic.ts'

/** Sorts problems in the order of the files, each once: an anchor's mistake would show at each of its uses. */
export function sortProblems(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(problems.map((problem) => [formatDiagnostic(problem), problem]))
  return sortDiagnostics([...unique.values()])
}

/** A reader mends these first; the others are counted. */
const MOST_PRINTED = 1000

/** The first problems, and one that stands for the others. */
export function firstProblems(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  if (problems.length <= MOST_PRINTED) return problems
  const printed = problems.slice(0, MOST_PRINTED)
  const others = countProblems(problems.slice(MOST_PRINTED))
  const message = `and ${others.toLocaleString('en')} more: fix these to see them`
  const severity = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
  return [...printed, { severity, message, stands_for: others }]
}

/** How many problems these are. */
export function countProblems(problems: readonly Diagnostic[]): number {
  return problems.reduce((sum, { stands_for = 1 }) => sum + stands_for, 0)
}
