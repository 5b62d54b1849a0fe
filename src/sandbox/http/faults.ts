import { type Body, fieldsOf } from './body.ts'
import { matchTemplate, segmentsOf } from './router.ts'

/** A scripted fault: the failure, its first request, and its count. */
export interface Fault {
  /** Any method when left out. */
  readonly method?: string
  /** GitHub's template, or a path as it is requested; any when left out. */
  readonly route?: string
  /** From which matching request on, counted from 1. */
  readonly nth: number
  /** For how many requests. */
  readonly times: number
  /** Answer with this status instead. */
  readonly status?: number
  /** Close the connection without an answer. */
  readonly drop?: boolean
  /** Wait before the answer, in milliseconds. */
  readonly delay_ms?: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or HTML when it is text that begins with `<`. */
  readonly body?: unknown
  /** Let the request have its effect first. */
  readonly after?: boolean
  /** Change every public key once the request is answered, as GitHub may between a read and a write. */
  readonly rotate_keys?: boolean
}

/** A fault and how many requests it has seen. */
export interface ScriptedFault {
  readonly fault: Fault
  seen: number
}

const KEYS = {
  method: 'string',
  route: 'string',
  nth: 'number',
  times: 'number',
  status: 'number',
  drop: 'boolean',
  delay_ms: 'number',
  headers: 'object',
  body: undefined,
  after: 'boolean',
  rotate_keys: 'boolean',
} as const satisfies Record<keyof Fault, string | undefined>

/** Reads a posted fault. @throws Refusal or Error with the problem of the request. */
export function parseFault(value: unknown): ScriptedFault {
  const body: Body = fieldsOf(value)
  for (const [key, given] of Object.entries(body)) {
    if (!(key in KEYS)) throw new Error(`A fault has no "${key}". It takes: ${Object.keys(KEYS).join(', ')}.`)
    const type = KEYS[key as keyof Fault]
    if (type !== undefined && typeof given !== type) throw new Error(`The "${key}" of a fault must be a ${type}.`)
  }
  const fault: Fault = { nth: 1, times: 1, ...body }
  if (fault.status === undefined && !fault.drop && fault.delay_ms === undefined && !fault.rotate_keys) {
    throw new Error('A fault needs one of status, drop, delay_ms and rotate_keys.')
  }
  return { fault, seen: 0 }
}

/** Counts the request against every fault, and gives the first that strikes. */
export function strike(
  faults: readonly ScriptedFault[],
  request: { method: string; path: string | undefined; route: string | undefined },
): Fault | undefined {
  let struck: Fault | undefined
  for (const scripted of faults) {
    const { fault } = scripted
    if (!matches(fault, request)) continue
    scripted.seen += 1
    if (scripted.seen >= fault.nth && scripted.seen < fault.nth + fault.times) struck ??= fault
  }
  return struck
}

function matches(
  fault: Fault,
  request: { method: string; path: string | undefined; route: string | undefined },
): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false
  if (fault.route === undefined || fault.route === request.route) return true
  const segments = request.path === undefined ? undefined : segmentsOf(request.path)
  return segments !== undefined && matchTemplate(fault.route, segments) !== undefined
}
