import { type Scope, scopeAbove } from './scope.ts'

/** A family that must be read first, of the same scope or of the scope above. */
export interface Need {
  readonly family: string
  readonly from: 'here' | 'above'
}

/** Where the settings stand that bound others: a level, the one above it, or the one above that. */
export type From = Need['from'] | 'further above'

/** When settings are written: by this run, by another one before this plan is applied, or at another time. */
export type WrittenWhen = 'in this run' | 'before it' | 'elsewhere'

/** The scope that it means; undefined where there is none, or where it is not known. */
export function scopeFrom(scope: Scope, from: From): Scope | undefined {
  if (from === 'here') return scope
  const above = scopeAbove(scope)
  return from === 'above' || above === undefined ? above : scopeAbove(above)
}
