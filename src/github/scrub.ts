const MASK = '***'

/** Tokens of GitHub's making, by their prefixes: their length is not fixed. */
const TOKENS = /\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_.-]{10,}|\bv1\.[0-9a-f]{40}\b/g
/** Long enough that no word of a sentence is meant: "Basic authentication" stays. */
const AUTHORIZATION = /\b(Basic|Bearer)\s+[A-Za-z0-9._~+/=-]{20,}/gi
const USERINFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi
/** All that moves a terminal's cursor or colours, line end and tab apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** GitHub makes no token this short; a sandbox takes `x` for one, and every `x` of a text is not to be masked. */
const SHORTEST = 8

/**
 * A function that takes credentials out of a text, of somebody else's or of our own: the token itself, as it is and in
 * base64, whatever looks like one of GitHub's, and user names and passwords in URLs.
 */
export function credentialScrubber(token: string): (text: string) => string {
  const secrets = token.length < SHORTEST ? [] : [token, base64(token)]
  return (text) => {
    let clean = text
    for (const secret of secrets) clean = clean.replaceAll(secret, MASK)
    return clean.replace(TOKENS, MASK).replace(AUTHORIZATION, `$1 ${MASK}`).replace(USERINFO, `$1${MASK}@`)
  }
}

/** The same for a text of somebody else's: control characters become spaces, so that no answer writes over a terminal. */
export function scrubber(token: string): (text: string) => string {
  const scrub = credentialScrubber(token)
  return (text) => scrub(text).replace(CONTROL, ' ')
}

/** Without the last block, which differs where something follows the token. */
function base64(token: string): string {
  return Buffer.from(token)
    .toString('base64')
    .slice(0, Math.floor(token.length / 3) * 4)
}
