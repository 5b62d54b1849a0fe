import { byText } from '../core/address.ts'
import { type Diagnostic, formatDiagnostic } from '../core/diagnostic.ts'

/** In the order of the files, each problem once: an anchor's mistake shows wherever it is used. */
export function sortProblems(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(problems.map((problem) => [formatDiagnostic(problem), problem]))
  return [...unique.values()].sort((left, right) => {
    const [one, other] = [left.source, right.source]
    if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined)
    return byText(one.file, other.file) || one.line - other.line || one.col - other.col
  })
}
