import type { Scope } from './scope.ts'

/** Where a change happens: scope, family and key. A settings document has the key `''`. */
export interface Address {
  readonly scope: Scope
  readonly family: string
  readonly key: string
}

/** The path of a scope, such as `orgs/acme` or `repos/acme/web/environments/prod`; names are percent-encoded. */
export function formatScope(scope: Scope): string {
  const e = encodeName
  switch (scope.type) {
    case 'enterprise':
      return `enterprises/${e(scope.enterprise)}`
    case 'organization':
      return `orgs/${e(scope.org)}`
    case 'repository':
      return `repos/${e(scope.owner)}/${e(scope.repo)}`
    case 'environment':
      return `repos/${e(scope.owner)}/${e(scope.repo)}/environments/${e(scope.environment_name)}`
  }
}

/** The text of an address, such as `orgs/acme/secrets/NPM_TOKEN`. It is the plan's key and its sort key. */
export function formatAddress(scope: Scope, family: string, key: string): string {
  const section = `${formatScope(scope)}/${family}`
  return key === '' ? section : `${section}/${encodeName(key)}`
}

const PLAIN = /^[\w.~!*'()-]*$/

/** A name as it stands in an address. Half of a surrogate pair, which is no text, becomes the replacement character. */
export function encodeName(name: string): string {
  if (PLAIN.test(name)) return name
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** Reads a scope's path with whatever follows it; undefined when the text starts with no scope. */
function parseScope(text: string): { scope: Scope; rest: readonly string[] } | undefined {
  const [root, ...parts] = text.split('/').map(decode)
  const [first, second, third, fourth] = parts
  if (!first) return undefined
  if (root === 'enterprises') {
    return { scope: { type: 'enterprise', enterprise: first.toLowerCase() }, rest: parts.slice(1) }
  }
  if (root === 'orgs') return { scope: { type: 'organization', org: first.toLowerCase() }, rest: parts.slice(1) }
  if (root !== 'repos' || !second) return undefined
  const owner = first.toLowerCase()
  const repo = second.toLowerCase()
  if (third === 'environments' && fourth && parts.length > 4) {
    return { scope: { type: 'environment', owner, repo, environment_name: fourth }, rest: parts.slice(4) }
  }
  return { scope: { type: 'repository', owner, repo }, rest: parts.slice(2) }
}

/** Reads the text of an address; undefined when it names no scope and family. The key's case is kept. */
export function parseAddress(text: string): Address | undefined {
  const parsed = parseScope(text)
  if (!parsed) return undefined
  const [family, ...key] = parsed.rest
  if (!family || key.length > 1) return undefined
  return { scope: parsed.scope, family, key: key[0] ?? '' }
}

/** Sorts by code units, so that the order depends on no locale. */
export function byText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
