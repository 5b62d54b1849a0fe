import type { Family } from '../../../src/core/family.ts'
import type { Field } from '../../../src/core/field.ts'
import type { Json } from '../../../src/core/json.ts'
import { isWider } from '../../../src/core/wider.ts'
import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import { mapAt } from './names.ts'
import { placesOf } from './places.ts'

/** A document at three times. */
interface Course {
  readonly before: Body | undefined
  readonly step: Body
  readonly after: Body | undefined
}

/**
 * What a world on the way is wider in than both the one before and the one after: field by field as the families declare
 * which direction is wider, and what stands behind a field: nobody gets a value, or a runner, by settings that are wider
 * than those which it has them by before or after.
 */
export function widerInBetween(before: Body, step: Body, after: Body): string[] {
  return placesOf(step, {}).flatMap((place) => {
    const [was, is, will] = [before, step, after].map((state) => at(state, place.path))
    return families.flatMap((family) => {
      const documents = family.shape === 'settings' ? [[]] : Object.keys(mapAt(is, family.name)).map((key) => [key])
      return documents.flatMap((key) => {
        const path = [family.name, ...key]
        const course = { before: at(was, path), step: at(is, path) ?? {}, after: at(will, path) }
        return problemsOf(family, course).map((problem) => `${[...place.path, ...path].join(' > ')}: ${problem}`)
      })
    })
  })
}

function problemsOf(family: Family, { before, step, after }: Course): string[] {
  // It is the enterprise's, and checked there.
  if (step.inherited === true) return []
  // Settings are always there: what the state leaves out is of the level above, or GitHub's default.
  if (family.shape === 'settings' && (before === undefined || after === undefined)) return []
  const wider = (from: Body | undefined): string[] => {
    if (from === undefined) return []
    return Object.entries(family.fields).flatMap(([path, field]) => {
      // A list that its switch did not bring into force says nothing of who was let in.
      const { mode } = field
      if (mode && valueAt(from, mode.field) !== mode.is) return []
      return widens(field, valueAt(from, path), valueAt(step, path)) ? [path] : []
    })
  }
  const [beyondBefore, beyondAfter] = [wider(before), wider(after)]
  // Of a list each entry was there before, or is after.
  const isBetween = (path: string): boolean => {
    const [was, is, will] = [before, step, after].map((side) => entriesOf(side && valueAt(side, path)))
    return (
      Array.isArray(valueAt(step, path)) && is?.every((each) => was?.includes(each) || will?.includes(each)) === true
    )
  }
  const either =
    before && after ? beyondBefore.filter((path) => beyondAfter.includes(path)) : [...beyondBefore, ...beyondAfter]
  const both = either.filter((path) => !isBetween(path))
  const problems = both.map(
    (path) => `${path} is ${JSON.stringify(valueAt(step, path))}, which is wider than before and after`,
  )
  for (const path of ['value', 'runners']) {
    const [held, holds, shall] = [before, step, after].map((side) => entriesOf(side && valueAt(side, path)))
    const comes = holds?.filter((entry) => !held?.includes(entry)) ?? []
    const goes = holds?.filter((entry) => !shall?.includes(entry)) ?? []
    const others = (wide: readonly string[]): string[] => wide.filter((each) => each !== path && !both.includes(each))
    if (comes.length > 0 && after)
      problems.push(...others(beyondAfter).map((each) => `${each} is wider than after, and ${path} comes`))
    if (goes.length > 0 && before)
      problems.push(...others(beyondBefore).map((each) => `${each} is wider than before, and ${path} is still there`))
  }
  return problems
}

function widens(field: Field, before: Json | undefined, after: Json | undefined): boolean {
  if (field.secret || before === undefined || after === undefined) return false
  return isWider(field, before, after)
}

function entriesOf(value: Json | undefined): readonly string[] {
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((each) => JSON.stringify(each))
}

/** Lists of the state as documents have them: of texts. */
function valueAt(document: Body, path: string): Json | undefined {
  const value = at(document, path.split('.')) as Json | undefined
  return Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))) : value
}

function at(state: Body | undefined, path: readonly string[]): Body | undefined {
  return path.reduce<Body | undefined>((value, key) => value?.[key] as Body | undefined, state)
}
