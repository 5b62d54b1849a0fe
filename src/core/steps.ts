import type { Document } from './json.ts'
import { leavesOf, routeOf, secretLeaf } from './leaves.ts'
import type { Work } from './work.ts'

/** How far an interrupted change may have come: its parts that GitHub takes in several requests. */
export interface Steps {
  /** How a create starts. */
  readonly beginning: object
  /** The values, beside those of both documents, that fields of an update have in between: as narrow as any. */
  passed?(before: Document, after: Document): Document
  /** Desired entries of lists that GitHub has already, and that the change does not contain. */
  readonly inForce?: Document
  /** Whether the field goes in a request of its own after the one that writes the switch. */
  follows(field: string, switched: string): boolean
}

/** The steps in which a change of this kind is written. A secret's value and its visibility go together with its list. */
export function stepsOf({ family, scope, inForce = {} }: Pick<Work, 'family' | 'scope' | 'inForce'>): Steps {
  const path = secretLeaf(family)
  const whole = path === undefined ? undefined : routeOf(family, path, scope.type)
  const routesOf = (field: string): (string | undefined)[] =>
    leavesOf(family, scope.type)
      .filter((leaf) => leaf === field || leaf.startsWith(`${field}.`))
      .map((leaf) => routeOf(family, leaf, scope.type))
  return {
    beginning: family.beginning ?? {},
    inForce,
    passed: (before, after) => ({ ...family.passes?.(before, after) }),
    follows: (field, switched) => {
      const [own, first] = [routesOf(field), routesOf(switched)]
      if (own.length === 0 || first.length === 0 || first.includes(whole)) return false
      return !own.some((route) => first.includes(route))
    },
  }
}
