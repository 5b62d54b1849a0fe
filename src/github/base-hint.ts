import type { ApiBase } from './base-url.ts'
import { GitHubError } from './errors.ts'

/**
 * Adds a hint at a missing `/api/v3` to the error of the first request: the API of an Enterprise Server lies below that
 * path, and its web pages answer everywhere else. The first generation of GitHub AE had its own at `api.HOSTNAME`.
 * https://docs.github.com/en/enterprise-server@3.19/rest/using-the-rest-api/getting-started-with-the-rest-api
 * @param error the error of `GET /meta`
 */
export function aboutBase(error: unknown, api: Pick<ApiBase, 'url'>): unknown {
  if (!(error instanceof GitHubError) || !mayBeWebPage(error)) return error
  const { hostname, origin, pathname } = new URL(api.url)
  if (pathname !== '/' || /^api\.github\.com$|(^|\.)ghe\.com$/.test(hostname)) return error
  const server = `${origin.replace('//api.', '//')}/api/v3`
  const hint = `Is /api/v3 missing? The API of an Enterprise Server is ${server}: give --api-url ${server}.`
  const { kind, route, status, requestId, date, body, limited } = error
  const facts = { kind, route, status, requestId, date, body, limited }
  return new GitHubError(error.message, { ...facts, hint })
}

/** Accepts a 404, a page, or a redirect to one: every failure but a refusal that only an API gives. */
function mayBeWebPage({ status, limited }: GitHubError): boolean {
  return status !== undefined && !limited && status !== 401 && status !== 403 && status < 500
}
