/** The headers of answers that octoform reads, by their names in lower case. */
const READ = [
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'link',
  'location',
  'retry-after',
  'x-accepted-github-permissions',
  'x-accepted-oauth-scopes',
  'x-github-enterprise-version',
  'x-github-request-id',
  'x-github-sso',
  'x-oauth-scopes',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-ratelimit-resource',
] as const

type Name = (typeof READ)[number]

/** The headers of an answer; what comes several times is joined by `, `. */
export type AnswerHeaders = Readonly<Partial<Record<Name, string>>>

const NAMES = new Map<string, Name>(READ.map((name) => [name, name]))

/**
 * Takes the headers that are read from those that came: GitHub sends twice as many others.
 * @param raw each name before its value
 */
export function headersIn(raw: readonly Buffer[]): AnswerHeaders {
  const headers: Partial<Record<Name, string>> = {}
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = NAMES.get(raw[at]?.toString('latin1').toLowerCase() ?? '')
    if (name === undefined) continue
    const value = raw[at + 1]?.toString('latin1') ?? ''
    const before = headers[name]
    headers[name] = before === undefined ? value : `${before}, ${value}`
  }
  return headers
}
