/**
 * Where people look at what the API at this base gives: `https://github.com` for `https://api.github.com`.
 * @param apiUrl without a slash at its end: `https://HOST/api/v3` of Enterprise Server, `https://api.HOST` elsewhere
 * @see https://docs.github.com/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api
 */
export function webUrl(apiUrl: string): string {
  const url = new URL(apiUrl)
  const path = url.pathname.replace(/\/api\/v3\/?$/, '').replace(/\/$/, '')
  if (path !== url.pathname.replace(/\/$/, '')) return `${url.origin}${path}`
  const host = url.host.startsWith('api.') ? url.host.slice('api.'.length) : url.host
  return `${url.protocol}//${host}${path}`
}
