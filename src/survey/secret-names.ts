/** The secrets that the text of a workflow names, and whether it may use others too. */
export interface NamedSecrets {
  /** In upper case, each once. */
  readonly secrets: readonly string[]
  /** Why names do not tell all; undefined where they do. */
  readonly unsure?: string
}

const NAMED = /\bsecrets\s*(?:\.\s*([A-Za-z_][\w-]*)|\[\s*'([^']+)'\s*\])/gi
const INHERITED = /\bsecrets['"]?\s*:\s*['"]?inherit\b/i
const WHOLE = /\btoJSON\s*\(\s*secrets\s*\)/i
/** `join(secrets.*)`, or the context as an argument of a function. */
const AT_ONCE = /\bsecrets\s*\.\s*\*|[(,]\s*secrets\s*[,)]/i
const COMPUTED = /\bsecrets\s*\[\s*(?!')/i

/**
 * Finds the names by the text alone, so that a name in a comment counts as used: nothing is called unused that may be used.
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts#secrets-context
 */
export function secretNames(text: string): NamedSecrets {
  const secrets = [
    ...new Set([...text.matchAll(NAMED)].map(([, plain, quoted]) => (plain ?? quoted ?? '').toUpperCase())),
  ]
  const unsure = INHERITED.test(text)
    ? '`secrets: inherit` passes all on'
    : WHOLE.test(text)
      ? '`toJSON(secrets)` takes all'
      : AT_ONCE.test(text)
        ? 'all secrets are taken at once'
        : COMPUTED.test(text)
          ? 'a name of a secret is computed'
          : undefined
  return unsure === undefined ? { secrets } : { secrets, unsure }
}
