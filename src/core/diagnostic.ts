import { byText } from './address.ts'

/** A place in a person's file; line and column count from 1. */
export interface Source {
  readonly file: string
  readonly line: number
  readonly col: number
}

/** A message about the configuration. It names key and place, never the text under a `value`. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly source?: Source
  /** Its address, where that is known. */
  readonly address?: string
  /** Set where a part was not compared, because it could not be seen in full: it may differ. */
  readonly held_back?: true
  /** The number of problems that it stands for, where there are too many to list. */
  readonly stands_for?: number
}

/** `file:line:col`, as compilers print it and editors open it. */
export function formatSource(source: Source): string {
  return `${source.file}:${source.line}:${source.col}`
}

/** One line: place, severity, message. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const place = diagnostic.source ? `${formatSource(diagnostic.source)}: ` : ''
  return `${place}${diagnostic.severity}: ${diagnostic.message}`
}

/** Whether anything of it is an error. */
export function hasErrors({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

/** Compares places in the order of the files; a message without one goes first. */
export function byPlace(left: Source | null | undefined, right: Source | null | undefined): number {
  if (!left || !right) return Number(Boolean(left)) - Number(Boolean(right))
  return byText(left.file, right.file) || left.line - right.line || left.col - right.col
}

/** In the order of the files; those of one place by address, and of one address as they were found. */
export function sortDiagnostics(all: readonly Diagnostic[]): Diagnostic[] {
  return [...all].sort(
    (left, right) => byPlace(left.source, right.source) || byText(left.address ?? '', right.address ?? ''),
  )
}
