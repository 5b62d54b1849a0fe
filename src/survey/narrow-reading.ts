import { compileGlob } from '../core/glob.ts'
import { SetupError } from '../core/setup-error.ts'
import { withCalledFiles } from './called-files.ts'
import { placeOfGap } from './gap-place.ts'
import type { OwnerReading, ReportReading } from './reading.ts'

/** The part of an owner that a person asks for: names below it, and globs of them. */
export interface AskedPart {
  readonly owner: string
  readonly names: readonly string[]
  readonly globs: readonly string[]
}

/**
 * The part of a reading that words name.
 * @param file the name of the reading in messages
 * @throws SetupError where the reading does not hold all of it
 */
export function narrowed(reading: ReportReading, asked: readonly AskedPart[], file: string): ReportReading {
  const known = new Map(reading.owners.map((own) => [own.owner, own]))
  const owners = asked.map((part) => {
    const own = known.get(part.owner)
    if (own === undefined)
      throw new SetupError(`${file} holds nothing of ${part.owner}: it was read for ${of(reading)}.`)
    return narrowedOwner(own, part, `it was read for ${of(reading)}`, file)
  })
  return { ...reading, owners }
}

function narrowedOwner(own: OwnerReading, { owner, names, globs }: AskedPart, why: string, file: string): OwnerReading {
  const folded = names.map((name) => name.toLowerCase())
  const named = new Set(folded)
  const held = new Set([...own.chosen, ...own.names.map((name) => name.toLowerCase())])
  const missing = folded.find((name) => !held.has(name))
  if (missing !== undefined) throw new SetupError(`${file} holds nothing of ${owner}/${missing}: ${why}.`)
  const strange = globs.find((glob) => !own.globs.includes('*') && !own.globs.includes(glob))
  if (strange !== undefined) throw new SetupError(`${file} does not hold all of ${owner}/${strange}: ${why}.`)
  const matchers = globs.map((glob) => {
    const matches = compileGlob(glob)
    if (glob !== '*' && !own.chosen.some((name) => matches(name))) {
      throw new SetupError(`${glob} matches no repository in ${file}.`)
    }
    return matches
  })
  const chosen = own.chosen.filter((name) => named.has(name) || matchers.some((matches) => matches(name)))
  const kept = new Set([...chosen, ...folded])
  const others = new Set(own.chosen.filter((name) => !kept.has(name)))
  const isKept = (place: string): boolean => {
    const { repository } = placeOfGap(place)
    return repository === undefined || !others.has(repository)
  }
  return {
    ...own,
    names,
    globs,
    chosen,
    ...(own.files && {
      files: withCalledFiles(
        own.files.filter(({ name }) => kept.has(name)),
        own.files.filter(({ name }) => !kept.has(name)),
      ),
    }),
    ...(own.lists && {
      lists: {
        ...own.lists,
        runners: own.lists.runners.filter(({ place }) => isKept(place)),
        ...(own.lists.secrets && { secrets: own.lists.secrets.filter(({ place }) => isKept(place)) }),
      },
    }),
    not_read: own.not_read.filter(({ repository }) => isKept(repository)),
  }
}

function of({ asked }: ReportReading): string {
  return asked.join(' ')
}
