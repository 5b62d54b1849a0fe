/** The path of the API base without a slash at its end: empty where the API is at the root. */
export function basePath(base: URL): string {
  return base.pathname.replace(/\/+$/, '')
}

/** Whether an authenticated request may go there: same scheme, host and port, and no credentials in the URL. */
export function sameOrigin(base: URL, url: URL): boolean {
  // User name and password of a URL stand between its scheme and its host.
  return url.href.startsWith(`${base.origin}/`)
}

/** Whether the URL lies below the API base: a page of GitHub's answer does. */
export function underBase(base: URL, url: URL): boolean {
  return sameOrigin(base, url) && url.pathname.startsWith(`${basePath(base)}/`)
}

/** Path and query below the API base, as messages and traces show it; the whole URL where it lies elsewhere. */
export function shownPath(base: URL, url: URL): string {
  if (!underBase(base, url)) return url.href
  return url.pathname.slice(basePath(base).length) + url.search
}

/** Whether the host of the URL is this machine itself, where clear text cannot be overheard. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
}
