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
