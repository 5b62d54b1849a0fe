import { byText } from './address.ts'

interface Listed {
  readonly id: number
  readonly name: string
}

/** The ledger's id of a name; one that is not authentic counts as an unknown other id. */
export interface RecordedName {
  readonly id: number
  readonly authentic: boolean
}

/**
 * The facts about a name beyond the listing. `renamed`: it is the repository that is called `to` now. `captured`: the
 * ledger has another id for it than its present repository, if there is one. `elsewhere`: it went to another owner.
 */
export type NameFact =
  | { readonly kind: 'renamed'; readonly to: string }
  | CapturedName
  | { readonly kind: 'elsewhere'; readonly fullName: string }

export interface CapturedName {
  readonly kind: 'captured'
  readonly id: number | undefined
  readonly recorded: number
  readonly authentic: boolean
  /** The present name of the former repository, where it is still the owner's. */
  readonly now: string | undefined
  /** Set where the ledger has no id of it, and `recorded` is the one that `accept` gives. */
  readonly byAccept?: true
}

/** The repositories behind one owner's names, which are folded and without their owner. */
export interface KnownNames {
  fact(name: string): NameFact | undefined
  /** The former names of a repository that lead nowhere else now: settings under them are the repository's. */
  aliases(name: string): readonly string[]
  /** All former names of a repository, also those that another one has now. */
  formers(name: string): readonly string[]
  /** The name under which the ledger has the entries of a repository; undefined where it has those of another one there. */
  home(name: string): string | undefined
  /** The ledger's moves, all at once, and the ids that it is to keep: by names without their owner. */
  readonly moves: readonly { readonly from: string; readonly to: string }[]
  readonly ids: Readonly<Record<string, number>>
  /** Names that `accept` gives the id which the ledger knows them by and GitHub has: it lets in nothing any more. */
  readonly letIn: ReadonlySet<string>
}

export interface NameSources {
  /** The owner's listing. */
  readonly repositories: { readonly byName: ReadonlyMap<string, Listed>; readonly byId: ReadonlyMap<number, Listed> }
  /** Names that the configuration writes out. */
  readonly written: Iterable<string>
  /** The ledger's ids, by name. */
  readonly recorded: ReadonlyMap<string, RecordedName>
  /** Ids that the configuration or a flag lets in, by name. */
  readonly accepted: ReadonlyMap<string, number>
  /** The names under which the ledger has entries. */
  readonly holders: ReadonlySet<string>
  /** GitHub's redirects of names that the listing lacks. */
  readonly redirects: ReadonlyMap<string, Redirected>
  /** Names that the configuration takes out of lists: they mean their present repositories. */
  readonly excluded?: Iterable<string> | undefined
}

/** The present repository of a former name, by GitHub's redirect. */
export interface Redirected {
  readonly id: number
  /** Folded, with its owner. */
  readonly fullName: string
}

/** Finds the present state of each repository that the names meant: a name is never more than its id. Pure. */
export function knowNames(sources: NameSources): KnownNames {
  const { repositories, recorded, redirects } = sources
  const facts = new Map<string, NameFact>()
  for (const name of new Set([...sources.written, ...recorded.keys(), ...sources.accepted.keys()])) {
    const fact = factOf(name, sources)
    if (fact) facts.set(name, fact)
  }
  const formers = new Map<string, string[]>()
  const aliases = new Map<string, string[]>()
  const add = (to: Map<string, string[]>, key: string, name: string): void => {
    if (key !== name) to.set(key, [...(to.get(key) ?? []), name].sort(byText))
  }
  for (const name of new Set([...facts.keys(), ...recorded.keys()])) {
    const fact = facts.get(name)
    const record = recorded.get(name)
    const now = fact?.kind === 'renamed' ? fact.to : record?.authentic && repositories.byId.get(record.id)?.name
    if (!now) continue
    add(formers, now, name)
    if (fact?.kind === 'renamed') add(aliases, now, name)
  }
  const home = (name: string): string | undefined => {
    const id = repositories.byName.get(name)?.id
    const isIts = (each: string): boolean => (recorded.get(each) ?? redirects.get(each))?.id === id
    const at = [name, ...(formers.get(name) ?? [])].filter(isIts).find((each) => sources.holders.has(each))
    if (at !== undefined) return at
    return recorded.has(name) && !isIts(name) && sources.holders.has(name) ? undefined : name
  }
  const moves = [...formers.keys()].flatMap((to) => {
    const from = facts.get(to)?.kind === 'captured' ? undefined : home(to)
    return from === undefined || from === to ? [] : [{ from, to }]
  })
  return {
    fact: (name) => facts.get(name),
    aliases: (name) => aliases.get(name) ?? [],
    formers: (name) => formers.get(name) ?? [],
    home,
    moves: moves.sort((left, right) => byText(left.from, right.from)),
    ids: idsOf(sources, facts),
    letIn: new Set([...sources.accepted].filter(isLetIn).map(([name]) => name)),
  }

  function isLetIn([name, id]: readonly [string, number]): boolean {
    const record = recorded.get(name)
    return record?.authentic === true && record.id === id && repositories.byName.get(name)?.id === id
  }

  function idsOf({ accepted }: NameSources, known: ReadonlyMap<string, NameFact>): Record<string, number> {
    const ids: Record<string, number> = {}
    for (const [name, fact] of known) {
      const id = fact.kind === 'renamed' ? repositories.byName.get(fact.to)?.id : undefined
      // The former name stays known: another repository that takes it later is not the one that was meant.
      if (fact.kind === 'renamed' && id !== undefined) Object.assign(ids, { [name]: id, [fact.to]: id })
    }
    for (const [name, id] of accepted) if (repositories.byName.get(name)?.id === id) ids[name] = id
    for (const [name, { id }] of redirects) if (!recorded.has(name)) ids[name] ??= id
    // No write ever goes to an excluded repository: once its name is taken over, only the ledger knows which one a glob
    // must miss.
    for (const name of sources.excluded ?? []) {
      const id = repositories.byName.get(name)?.id
      if (id !== undefined && !recorded.has(name)) ids[name] ??= id
    }
    return ids
  }
}

function factOf(name: string, sources: NameSources): NameFact | undefined {
  const { repositories } = sources
  const record = sources.recorded.get(name)
  const accepted = sources.accepted.get(name)
  const here = repositories.byName.get(name)
  const recorded = record?.id ?? accepted
  const meant = accepted ?? (record?.authentic ? record.id : undefined)
  if (here) {
    if (recorded === undefined || here.id === accepted) return undefined
    if (record?.authentic && here.id === record.id) return undefined
    const now = record?.authentic ? repositories.byId.get(record.id)?.name : undefined
    const taken = { kind: 'captured', id: here.id, recorded, authentic: record?.authentic ?? true, now } as const
    return record ? taken : { ...taken, byAccept: true }
  }
  const there = meant === undefined ? undefined : repositories.byId.get(meant)
  if (there) return { kind: 'renamed', to: there.name }
  const redirected = sources.redirects.get(name)
  if (record && meant === undefined) {
    return { kind: 'captured', id: redirected?.id, recorded: record.id, authentic: false, now: undefined }
  }
  if (redirected === undefined) return undefined
  const to = repositories.byId.get(redirected.id)
  if (to === undefined) return { kind: 'elsewhere', fullName: redirected.fullName }
  if (meant === undefined || meant === redirected.id) return { kind: 'renamed', to: to.name }
  return { kind: 'captured', id: redirected.id, recorded: meant, authentic: true, now: undefined }
}
