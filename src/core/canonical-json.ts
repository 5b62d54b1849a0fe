import canonicalize from 'canonicalize'

/** A value as RFC 8785 writes it: keys sorted, nothing between. https://www.rfc-editor.org/rfc/rfc8785 */
export function canonicalJson(value: object): string {
  return canonicalize(value) ?? ''
}
