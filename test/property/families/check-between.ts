import fc from 'fast-check'
import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import { type Random, randomBy } from '../random.ts'
import { type Begun, beginBy, isNowInherited, isUnforeseen } from './begun.ts'
import { widerInBetween } from './in-between.ts'
import { differencesOf } from './leaves.ts'
import { strangersInBetween } from './runner-users.ts'
import { isLeaving } from './side-effects.ts'

/** How a run of the property went, so that a run in which nothing was ever written is noticed. */
interface Tally {
  worlds: number
  steps: number
  interruptions: number
}

/**
 * For random worlds of all families at all four levels: after each write of an apply nothing is wider than both before and
 * after; and an apply that loses the connection, before or after any request, is finished by another one, with the same
 * world in the end.
 * @param points how many interruptions are tried of each apply
 */
export async function checkBetween(parameters: {
  readonly numRuns: number
  readonly points: number
  readonly seed?: number
}): Promise<Tally> {
  const { points, ...rest } = parameters
  const tally: Tally = { worlds: 0, steps: 0, interruptions: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), points, tally))
  await fc.assert(property, { ...rest, endOnFailure: true })
  return tally
}

async function checkWorld(random: Random, points: number, tally: Tally): Promise<void> {
  const begun = await beginBy(random, 'states')
  try {
    const { before, place, yaml, requests, seed } = begun
    requests.length = 0
    const whole = await begun.apply(place)
    if (isUnforeseen(whole, seed)) return
    const after = begun.state()
    const course = [...requests]
    const steps = course.filter(({ method }) => method !== 'GET')
    const story = (): string => [yaml, whole.stdout, ...steps.map(({ line }) => line), JSON.stringify(seed)].join('\n')
    for (const { line, state } of steps) {
      if (state === undefined) continue
      const wider = [...widerInBetween(before, state, after), ...strangersInBetween(before, state, after)]
      if (wider.length > 0) throw new Error(`after ${line}:\n${wider.join('\n')}\n${story()}`)
    }
    tally.worlds += 1
    tally.steps += steps.length
    // What the enterprise lets go of is for the next run.
    const settled = await begun.apply(place)
    const right = begun.state()
    const first = course.findIndex(({ method }) => method !== 'GET')
    for (let point = 0; first >= 0 && point < points; point += 1) {
      const index = first + random.upTo(course.length - 1 - first)
      const isAfter = random.chance(50) && course[index]?.method !== 'GET'
      await control(begun, 'reset', {})
      const other = await begun.again()
      // A run asks in the same order, but that the first plan of a folder knows of no ledger.
      const times = course[index]?.method === 'GET' ? 1 : 3
      await control(begun, 'faults', { nth: index + 1, times, drop: true, ...(isAfter ? { after: true } : {}) })
      const interrupted = await begun.apply(other)
      const second = await begun.apply(other)
      // Requests that wait for something may be fewer the next time: then the fault comes in the second run.
      const finished = LOST.test(second.stdout) ? await begun.apply(other) : second
      await begun.apply(other)
      if (isUnforeseen(finished, seed) || isNowInherited(finished)) continue
      const left = differencesOf(withoutIds(right), withoutIds(begun.state()))
        .filter(({ path }) => !isBelowChanged(path, before, after) && !isLeaving(path, before))
        .filter(({ path }) => !/^(updated|created)_at$/.test(path.at(-1) ?? ''))
        .filter(
          ({ path }) => !interrupted.stdout.includes(`${path.at(-1)} of ${path.at(-2)} is false now; it was true`),
        )
      if (left.length > 0 || ![whole.code, settled.code].includes(finished.code)) {
        const where = `${isAfter ? 'after' : 'before'} ${course[index]?.line}`
        const told = left.map(({ path, ...sides }) => `${path.join(' > ')}: ${sides.before} is ${sides.after}`)
        throw new Error(
          [where, `exit ${finished.code}`, ...told, story(), interrupted.stdout, finished.stdout].join('\n'),
        )
      }
      tally.interruptions += 1
    }
  } finally {
    await begun.end()
  }
}

/**
 * Whether settings of the same family changed in a level above: what shows as wished by then may be a level's own or that of
 * the level above, and a run that is begun anew has no need to write it.
 */
function isBelowChanged(path: readonly string[], before: Body, after: Body): boolean {
  const family = families.find(({ name, shape }) => shape === 'settings' && path.includes(name))
  if (family === undefined) return false
  const rank = (keys: readonly string[]): number => (keys[0] === 'enterprises' ? 0 : keys.indexOf(family.name))
  return differencesOf(before, after).some(({ path: other }) => {
    return other.includes(family.name) && rank(other) < rank(path)
  })
}

const LOST = /gave no whole answer/

/** Ids are given in the order of the requests. */
function withoutIds(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state, (key, value) => (key === 'id' ? undefined : value)))
}

async function control({ sandbox }: Begun, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const { status } = await fetch(`${sandbox.origin}/_sandbox/${path}`, init)
  if (status !== 204) throw new Error(`the sandbox answers ${status} to ${path}`)
}
