const MASK = '***'

/** Tokens of GitHub's making, by their prefixes: their length is not fixed. */
const TOKENS = /\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_.-]{10,}|\bv1\.[0-9a-f]{40}\b/g
/** Long enough that no word of a sentence is meant: "Basic authentication" stays. */
const AUTHORIZATION = /\b(Basic|Bearer)\s+[A-Za-z0-9._~+/=-]{20,}/gi
const USERINFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi
/** All that moves a terminal's cursor or colours, line end and tab apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/**
 * A function that takes credentials out of a text: the token itself, as it is and in base64, whatever looks like one of
 * GitHub's, and user names and passwords in URLs. Control characters become spaces, so that nobody's answer can write
 * over what a terminal shows.
 */
export function scrubber(token: string): (text: string) => string {
  const secrets = token === '' ? [] : [token, base64(token)]
  return (text) => {
    let clean = text
    for (const secret of secrets) clean = clean.replaceAll(secret, MASK)
    return clean
      .replace(TOKENS, MASK)
      .replace(AUTHORIZATION, `$1 ${MASK}`)
      .replace(USERINFO, `$1${MASK}@`)
      .replace(CONTROL, ' ')
  }
}

/** Without the last block, which differs where something follows the token. */
function base64(token: string): string {
  const encoded = Buffer.from(token).toString('base64')
  return token.length < 6 ? encoded : encoded.slice(0, Math.floor(token.length / 3) * 4)
}
