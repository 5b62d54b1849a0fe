import { GRAPHQL } from './guard.ts'
import type { Outgoing } from './outgoing.ts'

/** It carries the version that it replaces, so that the second of two finds the work of the first: its caller looks. */
const COMPARES = 'PUT /repos/{owner}/{repo}/contents/{path}'
/** Another token than the lost one serves as well; that one ends by itself. */
const MINTS = 'POST /app/installations/{installation_id}/access_tokens'

/** Whether a request has the same effect when it is carried out twice. */
export function isRepeatable({ method, route, body }: Pick<Outgoing, 'method' | 'route' | 'body'>): boolean {
  if (route === GRAPHQL) return !/^\{"query":"\s*mutation\b/.test(body ?? '')
  if (method === 'POST') return route === MINTS
  return route !== COMPARES
}
