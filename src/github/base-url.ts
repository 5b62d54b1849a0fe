import { formatSource, type Source } from '../core/diagnostic.ts'
import { SetupError } from '../core/setup-error.ts'
import { basePath, isLoopback } from './origin.ts'
import { openScrubber } from './scrub.ts'

const CLOUD = 'https://api.github.com'

export interface ApiBase {
  /** Without a slash at its end. */
  readonly url: string
  /** Host with port and path, such as `api.github.com` or `github.example.com/api/v3`: the key of ledger and digest. */
  readonly host: string
  /** The source of the URL: `--api-url`, `GITHUB_API_URL` or `the default`. */
  readonly from: string
}

/**
 * The base URL of requests: `--api-url`, else `$GITHUB_API_URL`, else https://api.github.com. The configuration never
 * sets it: an editor of a file in a pull request must not choose the server that receives the token.
 * @throws SetupError for text that is not a plain https URL; http only to loopback, or where it was allowed
 */
export function apiBase(options: {
  readonly flag?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly insecureHttp: 'allowed' | 'refused'
}): ApiBase {
  const [text, from] = chosen(options.flag, options.env.GITHUB_API_URL)
  const base = checkedUrl(text, from)
  if (base.protocol === 'http:' && !isLoopback(base) && options.insecureHttp === 'refused') {
    throw new SetupError(
      `${from} is ${base.href}: over http the token would travel in clear text. Use https, or --insecure-http if the network is trusted.`,
    )
  }
  return { url: withoutSlash(base), host: base.host + basePath(base), from }
}

/**
 * Reports a configuration that was written for another API than the one that receives the requests.
 * @param configured `github.api_url` of the configuration and its place
 * @returns undefined where they agree, or where the configuration names no API
 */
export function contradiction(
  api: { readonly url: string; readonly from: string },
  configured: { readonly api_url?: string | undefined; readonly source?: Source | undefined },
): string | undefined {
  if (configured.api_url === undefined) return undefined
  const written = URL.canParse(configured.api_url) ? new URL(configured.api_url) : undefined
  if (written !== undefined && withoutSlash(written) === api.url) return undefined
  const place = configured.source === undefined ? '' : `${formatSource(configured.source)}: `
  const wanted = openScrubber().scrubForeign(configured.api_url)
  return (
    `${place}github.api_url is ${wanted}, but requests would go to ${api.url} (${api.from}). The configuration never ` +
    `decides where credentials are sent: if it is right, run with --api-url ${wanted}; otherwise correct it.`
  )
}

function chosen(flag: string | undefined, variable: string | undefined): readonly [text: string, from: string] {
  if (flag !== undefined) return [flag, '--api-url']
  if (variable !== undefined && variable !== '') return [variable, 'GITHUB_API_URL']
  return [CLOUD, 'the default']
}

function checkedUrl(text: string, from: string): URL {
  const example = 'such as https://api.github.com or https://github.example.com/api/v3'
  if (!URL.canParse(text)) throw new SetupError(`${from} is not a URL: give the whole API base, ${example}.`)
  const base = new URL(text)
  if (base.protocol !== 'https:' && base.protocol !== 'http:') {
    throw new SetupError(`${from} is not an https URL: give the whole API base, ${example}.`)
  }
  if (base.username !== '' || base.password !== '') {
    throw new SetupError(`${from} has a user name or password in it. Take it out: the token comes from OCTOFORM_TOKEN.`)
  }
  if (base.search !== '' || base.hash !== '') {
    throw new SetupError(`${from} has a query or a fragment: give only the API base, ${example}.`)
  }
  if (base.hostname === 'github.com' || base.hostname === 'www.github.com') {
    throw new SetupError(`${from} is ${base.href}, which is the web site. The API base is ${CLOUD}.`)
  }
  return base
}

function withoutSlash(base: URL): string {
  return base.origin + basePath(base)
}
