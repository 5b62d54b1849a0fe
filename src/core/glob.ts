import picomatch from 'picomatch'

/** Whether a text matches. */
export type Matcher = (text: string) => boolean

const OPTIONS = { dot: true, nonegate: true, noextglob: true, nobrace: true, nobracket: true } as const

/**
 * A glob over names or addresses: `*` and `?` stay within a segment, `**` does not; nothing else is special.
 * @param glob such as `service-*` or `orgs/acme/secrets/PAY_*`
 * @param letters `fold` ignores case, as GitHub does for owners, repositories and secrets
 */
export function compileGlob(glob: string, letters: 'fold' | 'exact' = 'fold'): Matcher {
  return picomatch(glob, { ...OPTIONS, nocase: letters === 'fold' })
}

/** Matches where any of the globs does; nothing where there are none. */
export function matchAny(globs: readonly string[]): Matcher {
  const matchers = globs.map((glob) => compileGlob(glob))
  return (text) => matchers.some((matches) => matches(text))
}

/** Whether a text is a glob rather than a name. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text)
}
