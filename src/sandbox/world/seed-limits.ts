import { type Entry, flagAt, idAt, inner, join, SeedError, textAt } from './seed-reader.ts'

/** GitHub's limits, as a seed gives them. */
export interface SeedLimits {
  /** Undefined where there are none. */
  readonly rules?: 'github'
  /** The requests of its first hour that each account has sent already. */
  readonly used?: number
  /** How GitHub tells of a secondary limit. */
  readonly secondary?: { readonly status: 403 | 429; readonly retry_after: boolean }
}

/** The last two are what a state tells beside them. */
const KEYS = ['rules', 'used', 'secondary', 'refused', 'sent_while_told_to_wait']

/** Reads `limits: github`, or a map with these keys. @throws SeedError */
export function limitsIn(top: Entry): SeedLimits {
  if (typeof top.fields.limits === 'string') return { ...rulesAt(top, 'limits') }
  const given = inner(top, 'limits', KEYS)
  const used = idAt(given, 'used')
  return {
    ...rulesAt(given, 'rules'),
    ...(used === undefined ? {} : { used }),
    ...(given.fields.secondary === undefined ? {} : { secondary: secondaryIn(given) }),
  }
}

function rulesAt(parent: Entry, key: string): { readonly rules?: 'github' } {
  const rules = textAt(parent, key)
  if (rules === undefined) return {}
  if (rules !== 'github') throw new SeedError('limits', 'must be github.')
  return { rules }
}

function secondaryIn(given: Entry): NonNullable<SeedLimits['secondary']> {
  const secondary = inner(given, 'secondary', ['status', 'retry_after'])
  const status = idAt(secondary, 'status') ?? 429
  if (status !== 403 && status !== 429) throw new SeedError(join(secondary.path, 'status'), 'must be 403 or 429.')
  return { status, retry_after: flagAt(secondary, 'retry_after') ?? true }
}
