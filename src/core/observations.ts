import { formatAddress, parseAddress } from './address.ts'
import type { Document } from './json.ts'
import type { Live } from './live.ts'
import { liveOf } from './live-of.ts'
import type { SectionPlan } from './planned-section.ts'
import { ownerOf, repositoryIn } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'

/** A run's readings of one address, changed or not. */
export interface Observation {
  readonly section: SectionFacts
  /** Undefined where the section was read and does not hold it. */
  readonly live: Live | undefined
  /** The desired fields that GitHub has already. */
  readonly settled: Document | undefined
}

/** A run's knowledge of addresses that its own plan may not name. */
export interface Observations {
  /** Undefined where the section of the address was not read. */
  at(address: string): Observation | undefined
  /** Whether the address is of a repository that the listing of its owner's repositories lacks. */
  lacksRepository(address: string): boolean
}

interface PlannedSection {
  readonly address: string
  readonly facts: SectionFacts
  readonly live: readonly Live[]
  readonly own: Pick<SectionPlan, 'settled'>
}

/** @param sections those that were read whole */
export function observationsOf(sections: readonly PlannedSection[]): Observations {
  const byAddress = new Map(sections.map((read) => [read.address, read]))
  return {
    at(address) {
      const parsed = parseAddress(address)
      const read = parsed && byAddress.get(formatAddress(parsed.scope, parsed.family, ''))
      if (!read) return undefined
      const { family } = read.facts
      const key = family.fold(parsed.key)
      const own = read.own.settled.get(address)
      const live = liveOf(family, { key, spec: own ?? {} }, read.live) ?? read.live.find((member) => member.key === key)
      return { section: read.facts, live, settled: own }
    },
    lacksRepository(address) {
      const scope = parseAddress(address)?.scope
      const repository = scope && repositoryIn(scope)
      if (repository === undefined) return false
      const ofOwner = sections.find(({ facts }) => ownerOf(facts.scope) === repository.owner)
      const repositories = ofOwner?.facts.known.repositories
      return repositories?.complete === true && !repositories.byName.has(repository.repo)
    },
  }
}
