import canonicalize from 'canonicalize'
import type { Json } from './json.ts'

/**
 * A value as RFC 8785 writes it: keys sorted, nothing between; empty where there is none. Equal texts mean equal values.
 * https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: object | Json | undefined): string {
  return canonicalize(value) ?? ''
}
