import type { Parts } from '../world/part.ts'
import { dumpWorld } from '../world/state.ts'
import type { World } from '../world/store.ts'
import { fieldsOf } from './body.ts'
import type { Answer } from './call.ts'
import type { Clock } from './clock.ts'
import { moveOne, setAccount } from './control-names.ts'
import { Refusal } from './errors.ts'
import { parseFault, type ScriptedFault } from './faults.ts'
import type { Limits } from './limits.ts'

/** The sandbox's state beside the world itself. */
export interface Controls {
  world: World
  faults: ScriptedFault[]
  /** GitHub's limits, where they hold. */
  limits: Limits | undefined
  readonly clock: Clock
  /** The parts of organizations and repositories in the state. */
  readonly parts: Parts
  /** The controls that resources bring, by the name in the path of their POST. */
  readonly others: Readonly<Record<string, Control>>
  /** Makes the world of the seed anew. */
  readonly rebuild: () => World
  /** The limits as they are before the first request. */
  readonly limit: () => Limits | undefined
}

/** The effect of a POST below `/_sandbox` on the world. Its result, if any, is the answer. */
export type Control = (world: World, body: unknown, now: Date) => unknown

/** The whole world in the seed's shape, with the effects of the limits where they hold. */
export function stateOf({ world, limits, parts }: Controls): object {
  return { ...dumpWorld(world, parts), ...(limits && { limits: limits.seen() }) }
}

/** Answers requests to the sandbox itself, under `/_sandbox`: its state, its faults, its keys. */
export function control(controls: Controls, method: string, path: string, body: string): Answer {
  try {
    return dispatch(controls, `${method} ${path}`, body === '' ? undefined : JSON.parse(body))
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 400
    return { status, body: { message: error instanceof Error ? error.message : String(error) } }
  }
}

function dispatch(controls: Controls, request: string, body: unknown): Answer {
  switch (request) {
    case 'GET /_sandbox/state':
      return { status: 200, body: stateOf(controls) }
    case 'POST /_sandbox/reset':
      controls.world = controls.rebuild()
      controls.faults = []
      controls.limits = controls.limit()
      return { status: 204 }
    case 'POST /_sandbox/clock':
      controls.clock.advance(Number(fieldsOf(body).advance_ms))
      return { status: 200, body: { now: controls.clock.now().toISOString() } }
    case 'GET /_sandbox/limits':
      return { status: 200, body: { accounts: controls.limits?.accounts() ?? {} } }
    case 'POST /_sandbox/faults':
      controls.faults.push(parseFault(body, controls.limits !== undefined))
      return { status: 204 }
    case 'DELETE /_sandbox/faults':
      controls.faults = []
      return { status: 204 }
    case 'POST /_sandbox/move':
      moveOne(controls.world, fieldsOf(body))
      return { status: 204 }
    case 'POST /_sandbox/accounts':
      setAccount(controls.world, fieldsOf(body))
      return { status: 204 }
    default:
      return askResource(controls, request, body)
  }
}

function askResource({ others, world, clock }: Controls, request: string, body: unknown): Answer {
  const [, name = ''] = /^POST \/_sandbox\/([a-z-]+)$/.exec(request) ?? []
  const ask = Object.hasOwn(others, name) ? others[name] : undefined
  if (!ask) return { status: 404, body: { message: `The sandbox has no ${request}.` } }
  const answer = ask(world, body, clock.now())
  return answer === undefined ? { status: 204 } : { status: 200, body: answer }
}
