import { type Body, fieldsOf } from './body.ts'
import { matchTemplate, segmentsOf } from './router.ts'
import { STORE } from './store.ts'

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
  /** Close the connection after so many bytes of the body; for the store alone. */
  readonly drop_after?: number
  /** Wait before the answer, in milliseconds. */
  readonly delay_ms?: number
  /** Of the scripted answer, or of GitHub's own where there is none; null takes a header away. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** JSON, or HTML when it is text that begins with `<`. */
  readonly body?: unknown
  /** Let the request have its effect first. */
  readonly after?: boolean
  /** Exceed this limit of GitHub's: the account waits as it says, for all that it sends. */
  readonly limit?: 'primary' | 'secondary'
  /** How long a secondary limit lasts, in milliseconds; a minute when left out. */
  readonly wait_ms?: number
  /** Whether the answer for a secondary limit has that header. */
  readonly retry_after?: boolean
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
  drop_after: 'number',
  delay_ms: 'number',
  headers: 'object',
  body: undefined,
  after: 'boolean',
  limit: 'string',
  wait_ms: 'number',
  retry_after: 'boolean',
  rotate_keys: 'boolean',
} as const satisfies Record<keyof Fault, string | undefined>

/** @param limited whether GitHub's limits hold. @throws Refusal or Error with the problem of the request. */
export function parseFault(value: unknown, limited: boolean): ScriptedFault {
  const body: Body = fieldsOf(value)
  for (const [key, given] of Object.entries(body)) {
    if (!(key in KEYS)) throw new Error(`A fault has no "${key}". It takes: ${Object.keys(KEYS).join(', ')}.`)
    const type = KEYS[key as keyof Fault]
    if (type !== undefined && typeof given !== type) throw new Error(`The "${key}" of a fault must be a ${type}.`)
  }
  const fault: Fault = { nth: 1, times: 1, ...body }
  const problem = faultProblem(fault, limited)
  if (problem !== undefined) throw new Error(problem)
  return { fault, seen: 0 }
}

const EFFECTS = ['status', 'drop', 'drop_after', 'delay_ms', 'headers', 'limit', 'rotate_keys'] as const

function faultProblem(fault: Fault, limited: boolean): string | undefined {
  const { limit, status, drop, headers } = fault
  if (EFFECTS.every((effect) => fault[effect] === undefined || fault[effect] === false)) {
    return `A fault needs one of ${EFFECTS.join(', ')}.`
  }
  if (fault.drop_after !== undefined && !fault.route?.startsWith(STORE)) {
    return `The "drop_after" of a fault needs a "route" that begins with ${STORE}.`
  }
  if (fault.body !== undefined && status === undefined) return 'The "body" of a fault needs a "status".'
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== null && typeof value !== 'string') return `The header ${name} of a fault must be text or null.`
  }
  if (limit === undefined) {
    const alone = fault.wait_ms === undefined ? fault.retry_after : fault.wait_ms
    return alone === undefined ? undefined : '"wait_ms" and "retry_after" of a fault need a "limit".'
  }
  if (limit !== 'primary' && limit !== 'secondary') return 'The "limit" of a fault must be primary or secondary.'
  if (!limited) return 'No limits hold here: start the sandbox with --limits github.'
  if (drop) return 'A fault has either a "limit" or "drop".'
  return status === undefined || status === 403 || status === 429 ? undefined : 'A limit is told by 403 or 429.'
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
