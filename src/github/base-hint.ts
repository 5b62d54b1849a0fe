import type { ApiBase } from './base-url.ts'
import { GitHubError } from './errors.ts'

/**
 * The error of the first request to a server, which also says what is most often wrong with its base: the API of an
 * Enterprise Server lies below `/api/v3`, and its web pages answer everywhere else.
 * https://docs.github.com/en/enterprise-server@3.19/rest/using-the-rest-api/getting-started-with-the-rest-api
 * @param error what came of `GET /meta`
 */
export function aboutBase(error: unknown, api: Pick<ApiBase, 'url'>): unknown {
  if (!(error instanceof GitHubError) || !mayBeWebPage(error)) return error
  const { hostname, origin, pathname } = new URL(api.url)
  if (pathname !== '/' || /^api\.github\.com$|(^|\.)ghe\.com$/.test(hostname)) return error
  const hint = `Is /api/v3 missing? The API of an Enterprise Server is ${origin}/api/v3: give --api-url ${origin}/api/v3.`
  const { kind, route, status, requestId, date, body, limited } = error
  const facts = { kind, route, status, requestId, date, body, limited }
  return new GitHubError(error.message, { ...facts, hint })
}

/** What does not exist, a page, or a redirect to one: anything but a refusal that only an API gives. */
function mayBeWebPage({ status, limited }: GitHubError): boolean {
  return status !== undefined && !limited && status !== 401 && status !== 403 && status < 500
}
