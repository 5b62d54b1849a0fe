import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './call.ts'
import type { Controls } from './control.ts'
import { strike } from './faults.ts'
import { answerStore, type StoreRequest, type StoreRoute, storeRouteOf } from './store.ts'

interface StoreSetup {
  readonly controls: Controls
  readonly store: readonly StoreRoute[]
  /** A file descriptor. */
  readonly log: number | undefined
}

/**
 * The answer to a request to the store, which a scripted fault may spoil; none where it closes the connection. The log's line
 * has no query, since that opens the blob, and says whether a credential came.
 */
export async function answeredByStore(setup: StoreSetup, request: StoreRequest): Promise<Answer | undefined> {
  const started = performance.now()
  const { controls, store, log } = setup
  const { method, path } = request
  const route = storeRouteOf(store, path)
  const fault = strike(controls.faults, { method, path, route: route?.template })
  if (fault?.delay_ms !== undefined) await sleep(fault.delay_ms)
  const genuine = answerStore(controls.world, route, request, controls.clock.now())
  const given: Answer | undefined =
    fault?.status === undefined ? genuine : { status: fault.status, ...(fault.body ? { body: fault.body } : {}) }
  const answer = fault?.drop ? undefined : cut(given, fault?.drop_after)
  if (log !== undefined) {
    const ms = Math.round((performance.now() - started) * 1000) / 1000
    const authorized = request.headers.authorization !== undefined
    const line = { method, path, route: route?.template ?? null, status: answer?.status ?? 0, ms, authorized }
    writeSync(log, `${JSON.stringify(line)}\n`)
  }
  return answer
}

/** The answer whose connection breaks after so many bytes of its body. */
function cut(answer: Answer, after: number | undefined): Answer {
  const { bytes } = answer
  return after === undefined || bytes === undefined ? answer : { ...answer, bytes: beginningOf(bytes, after) }
}

function* beginningOf(bytes: Iterable<Uint8Array>, length: number): Generator<Uint8Array> {
  let left = length
  for (const chunk of bytes) {
    if (chunk.length >= left) {
      yield chunk.subarray(0, left)
      break
    }
    yield chunk
    left -= chunk.length
  }
  throw new Error('A scripted fault closed the connection.')
}
