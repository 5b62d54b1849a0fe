const MASK = '***'

/** Tokens of GitHub's making, by their prefixes: their length is not fixed. A JSON web token signs an App in. */
const TOKENS =
  /\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_.-]{10,}|\bv1\.[0-9a-f]{40}\b|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{10,}/g
/** The key of an App, also where its line breaks are written out. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
/** Long enough that no word of a sentence is meant: "Basic authentication" stays. */
const AUTHORIZATION = /\b(Basic|Bearer)\s+[A-Za-z0-9._~+/=-]{20,}/gi
const USERINFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi
/** All that moves a terminal's cursor or colours, line end and tab apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** GitHub makes no token this short; a sandbox takes `x` for one, and every `x` of a text is not to be masked. */
const SHORTEST = 8

/** Removes credentials from texts: those that it has learnt, and every text with the shape of one. */
export interface Scrubber {
  /** Adds a credential that is about to be used: an App has another token every hour. */
  learn(credential: string): void
  /**
   * A text without credentials: the learnt ones, as they are and in base64, every text with the shape of one of
   * GitHub's, private keys, and user names and passwords in URLs.
   */
  scrub(text: string): string
  /** The same for a text from outside: control characters become spaces, so that they cannot overwrite the terminal. */
  scrubForeign(text: string): string
}

/** Finds texts in any encoded form. */
export interface Finder {
  add(text: string): void
  scrub(text: string): string
}

/**
 * Makes a scrubber that has learnt nothing yet.
 * @param finder receives each learnt credential; without one a credential is found as it is and in base64
 */
export function openScrubber(finder?: Finder): Scrubber {
  const secrets = new Set<string>()
  const scrub = (text: string): string => {
    let clean = finder?.scrub(text) ?? text
    for (const secret of secrets) clean = clean.replaceAll(secret, MASK)
    return clean
      .replace(PRIVATE_KEY, MASK)
      .replace(TOKENS, MASK)
      .replace(AUTHORIZATION, `$1 ${MASK}`)
      .replace(USERINFO, `$1${MASK}@`)
  }
  return {
    learn(credential) {
      if (credential.length < SHORTEST || secrets.has(credential)) return
      finder?.add(credential)
      secrets.add(credential)
      secrets.add(base64(credential))
    },
    scrub,
    scrubForeign: (text) => scrub(text).replace(CONTROL, ' '),
  }
}

/** Without the last block, which differs where something follows the token. */
function base64(token: string): string {
  return Buffer.from(token)
    .toString('base64')
    .slice(0, Math.floor(token.length / 3) * 4)
}
