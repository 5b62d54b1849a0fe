import { fieldsOf, text } from '../http/body.ts'
import type { Answer } from '../http/call.ts'
import type { Clock } from '../http/clock.ts'
import { Refusal } from '../http/errors.ts'
import { parseFault, type ScriptedFault } from '../http/faults.ts'
import type { Limits } from '../http/limits.ts'
import { merge, push, setPullRequest } from '../resources/pull-requests/control.ts'
import { setRun } from '../resources/workflow-runs/control.ts'
import { moveOne, setAccount } from './control-names.ts'
import type { Parts } from './part.ts'
import { dumpWorld } from './state.ts'
import { repositoryNamed, type World } from './store.ts'

/** The sandbox's state beside the world itself. */
export interface Controls {
  world: World
  faults: ScriptedFault[]
  /** GitHub's limits, where they hold. */
  limits: Limits | undefined
  readonly clock: Clock
  /** The parts of organizations and repositories in the state. */
  readonly parts: Parts
  /** Makes the world of the seed anew. */
  readonly rebuild: () => World
  /** The limits as they are before the first request. */
  readonly limit: () => Limits | undefined
}

/** The whole world in the seed's shape, with the effects of the limits where they hold. */
export function stateOf({ world, limits, parts }: Controls): object {
  return { ...dumpWorld(world, parts), ...(limits && { limits: { rules: 'github', ...limits.seen() } }) }
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
    case 'POST /_sandbox/faults':
      controls.faults.push(parseFault(body))
      return { status: 204 }
    case 'DELETE /_sandbox/faults':
      controls.faults = []
      return { status: 204 }
    case 'POST /_sandbox/runs':
      setRun(controls.world, fieldsOf(body), controls.clock.now())
      return { status: 204 }
    case 'POST /_sandbox/push':
      push(controls.world, fieldsOf(body), controls.clock.now())
      return { status: 204 }
    case 'POST /_sandbox/merge':
      return { status: 200, body: merge(controls.world, fieldsOf(body), controls.clock.now()) }
    case 'POST /_sandbox/pull-requests':
      return { status: 200, body: setPullRequest(controls.world, fieldsOf(body), controls.clock.now()) }
    case 'POST /_sandbox/move':
      moveOne(controls.world, fieldsOf(body))
      return { status: 204 }
    case 'POST /_sandbox/accounts':
      setAccount(controls.world, fieldsOf(body))
      return { status: 204 }
    case 'POST /_sandbox/rotate-keys':
      rotateKeys(controls.world, body)
      return { status: 204 }
    default:
      return { status: 404, body: { message: `The sandbox has no ${request}.` } }
  }
}

/** Replaces key pairs: of one repository, of an owner and all its repositories, or of everything. */
export function rotateKeys(world: World, body: unknown): void {
  const fields = fieldsOf(body)
  const owner = text(fields, 'owner')
  const name = text(fields, 'repository')
  if (owner !== undefined && name !== undefined) {
    const repository = repositoryNamed(world, owner, name)
    if (!repository) throw new Refusal(404, `There is no repository ${owner}/${name}.`)
    repository.keys = undefined
    return
  }
  const only = owner === undefined ? undefined : world.owners.get(owner.toLowerCase())
  if (owner !== undefined && !only) throw new Refusal(404, `There is no owner ${owner}.`)
  for (const each of world.owners.values()) {
    if (each.type === 'Organization' && (only ?? each) === each) each.keys = undefined
  }
  for (const repository of world.repositories.values()) {
    if ((only ?? repository.owner) === repository.owner) repository.keys = undefined
  }
}
