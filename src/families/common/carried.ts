import type { Route } from '../../core/routes.ts'
import type { Params, Send } from '../../core/send.ts'

/** Those of the fields that a document has. */
export function pick<Spec extends object, K extends keyof Spec>(
  from: Spec | undefined,
  fields: readonly K[],
): Partial<Spec> {
  const picked: Partial<Spec> = {}
  for (const field of fields) {
    const value = from?.[field]
    if (value !== undefined) picked[field] = value
  }
  return picked
}

/** A write of fields that GitHub takes only together. */
interface Carrying<Spec extends object, Ref extends object> {
  readonly route: Route
  /** The fields that differ. */
  readonly fields: readonly string[]
  params(ref: Ref | undefined): Params
  /** Reads the document that the fields are of. */
  readonly get: Route
  /** The status, beside 409, of a refusal by the level above. */
  readonly heldAbove?: NonNullable<Send['heldAbove']>
  /** The fields that the YAML leaves out and that keep their present values. */
  readonly carried: readonly (keyof Spec)[]
  /** @param now the present values of the carried ones; none where they were not read again */
  body(now: Partial<Spec>): object
}

/** The request: what it carries is read again just before it is sent. */
export function carryingSend<Spec extends object, Ref extends object>({
  get,
  carried,
  body,
  ...send
}: Carrying<Spec, Ref>): Send<Ref> {
  return {
    ...send,
    body: (_, [now]: readonly unknown[] = []) => body(pick(now as Spec | undefined, carried)),
    ...(carried.length > 0 ? { rereads: [{ route: get, params: send.params }] } : {}),
  }
}
