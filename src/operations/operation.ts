import type { Route } from '../core/routes.ts'
import type { ScopeType } from '../core/scope.ts'
import type { Column } from './column.ts'

/** The route of an operation at each level that GitHub has it for. */
export type At = Readonly<Partial<Record<ScopeType, Route>>>

/** The values of flags, by the name of the field that each stands for. */
export type FlagValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** A flag of one operation; it goes into the query of a GET and the body of anything else, unless the operation reads it. */
export interface OperationFlag {
  /** As it is typed: `--status <status>`; a switch has no word after it. */
  readonly flag: string
  readonly about: string
  /** The parameter of GitHub's that it becomes. */
  readonly field: string
  /** `text` where left out. `several` and `texts` are repeated; a comma is part of one of `texts`. */
  readonly takes?: 'text' | 'number' | 'switch' | 'several' | 'texts'
  /** Read by the operation itself, not sent under its name. */
  readonly own?: true
  /** A parameter of the path; it must be given. */
  readonly inPath?: true
  /** Not sent, but answered by another route. */
  readonly way?: Way
}

/** Another route of an operation, which answers where a flag or a word of it is given. */
export interface Way {
  readonly at: At
  /** The thing that the flag names; missing for a switch. Of a word it is the word itself. */
  readonly of?: Subject
  /** Where its answers have other fields. */
  readonly columns?: readonly Column[]
}

/** The word after the scope: the thing that an operation is about. */
export interface Subject {
  /** In help and messages, such as `RUN_ID`. */
  readonly word: string
  /** The path parameter that it becomes. */
  readonly param: string
  /** An `id` is a whole number; a `name` goes as it is. */
  readonly is: 'id' | 'name'
  /** Whether several may be given. */
  readonly several?: true
  /** Whether it may be left out. */
  readonly optional?: true
  /** Where a name is taken in place of an id: the list that has both. */
  readonly named?: ListedNames
  /** Where it is given and need not be: the route that answers then. */
  readonly way?: Way
}

/** The list in which things have names beside their ids. */
interface ListedNames {
  readonly list: At
  /** The field that holds the name. */
  readonly by: string
  /** A word that GitHub takes in place of an id, so that no list is read for it. */
  readonly direct?: RegExp
  /** A beginning of such a word that people write and GitHub does not take. */
  readonly without?: string
  /** Its name in a configuration, where that is another. */
  readonly key?: (item: unknown) => string | undefined
}

interface Common {
  /** The first word of the command, such as `runs`. */
  readonly resource: string
  /** The second, such as `cancel`. */
  readonly verb: string
  /** One line of help. */
  readonly about: string
  readonly at: At
  readonly subject?: Subject
  readonly flags?: readonly OperationFlag[]
  /** By status, the meaning of a refusal beside GitHub's words, as a sentence: `It has ended.` */
  readonly means?: Readonly<Record<number, string>>
}

/** Reads a list: a table for people, GitHub's own objects with `--json`. */
export interface ListOperation extends Common {
  readonly kind: 'list'
  readonly columns: readonly Column[]
  /** Where GitHub ends a list that flags narrow: after how many results, and what narrows it further. */
  readonly most?: { readonly results: number; readonly narrow: string }
}

/** Reads one thing, as lines of name and value. */
export interface ShowOperation extends Common {
  readonly kind: 'show'
  readonly columns: readonly Column[]
  /** A table below these lines. */
  readonly members?: { readonly of: (answer: unknown) => readonly unknown[]; readonly columns: readonly Column[] }
}

/** Changes something: asks once, with the count. */
export interface ChangeOperation extends Common {
  readonly kind: 'change'
  /** For the question: `Remove` of `Remove 2 runners of orgs/acme?`. */
  readonly verbs: { readonly ask: string; readonly done: string }
  /** One of what is changed, in a sentence: `runner`. */
  readonly thing: string
  /** The address of what it changes, as a configuration names it: the family, where the name of the subject is its key. */
  readonly managed?: string
  /** Waits until it has happened; the answer alone says only that GitHub took it. */
  readonly until?: Until
}

/** The question that is asked again and again until something asynchronous has happened. */
export interface Until {
  readonly route: Route
  readonly done: (answer: unknown) => boolean
  /** The end of the sentence `Waiting for 2 runs …`: `to end`. */
  readonly what: string
  /** Printed where it has not happened after the time, after the thing's name: `has not ended`. */
  readonly otherwise: string
  /** A stronger request, which a person is asked about then. */
  readonly stronger?: { readonly route: Route; readonly ask: string; readonly command: string }
}

/** Asks GitHub for a credential: printed alone to stdout, or written to a file. */
export interface MintOperation extends Common {
  readonly kind: 'mint'
  /** The field of the answer that holds it. */
  readonly secret: string
}

/** The name of a file, when it expired, and its hash. */
export interface Described {
  readonly file: string
  /** As GitHub has it, such as `sha256:…`. */
  readonly digest?: string | undefined
  /** The date, where it has expired. */
  readonly expired?: string | undefined
}

/** Fetches a file, to which GitHub answers with a link of one minute. */
export interface DownloadOperation extends Common {
  readonly kind: 'download'
  /** The name of the file where none is given and GitHub has none for it. */
  readonly file: (subject: string, flags: FlagValues) => string
  /** Further parameters of the path. */
  readonly params?: (flags: FlagValues) => Readonly<Record<string, string | number>>
  /** Another route, by flags; one of `alternatives`. */
  readonly route?: (flags: FlagValues) => Route | undefined
  readonly alternatives?: readonly Route[]
  /** The route that knows the name of the file, and until when it is there. */
  readonly described?: { readonly route: Route; readonly read: (answer: unknown) => Described }
}

/** Does what no other kind does, by requests of these routes alone. */
export interface OwnOperation extends Common {
  readonly kind: 'own'
  readonly routes: readonly Route[]
  /** `change` where it asks first. */
  readonly effect: 'read' | 'change'
  readonly work: (task: Task) => Promise<Done>
}

/** The scope, the words and the door to GitHub that work of its own is given. */
export interface Task {
  /** The parameters of the scope's paths. */
  readonly params: Readonly<Record<string, string>>
  readonly level: ScopeType
  readonly subject: string | undefined
  /** The path parameter of the subject. */
  readonly of: Readonly<Record<string, string | number>>
  readonly flags: FlagValues
  /** The product's name in messages. */
  readonly product: string
  /** Whether the product has a route. */
  readonly has: (route: Route) => boolean
  /** Whether the body of a route may have a field on the product. */
  readonly accepts: (route: Route, field: string) => boolean
  readonly request: (
    route: Route,
    params: Readonly<Record<string, string | number>>,
    body?: object,
  ) => Promise<{ readonly status: number; readonly body: unknown }>
  /** Asks a person, once; throws where the answer is no. */
  readonly confirm: (question: string, count: number) => Promise<void>
  /** A line for people, beside what is printed at the end. */
  readonly tell: (line: string) => void
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>
}

/** The findings or deeds of work of its own. */
export interface Done {
  /** Printed with `--json`. */
  readonly json: unknown
  /** A table of these, or else the lines. */
  readonly table?: { readonly columns: readonly Column[]; readonly items: readonly unknown[] }
  readonly lines?: readonly string[]
}

export type Operation =
  | ListOperation
  | ShowOperation
  | ChangeOperation
  | MintOperation
  | DownloadOperation
  | OwnOperation

/** An operation as a person names it. */
export function nameOf({ resource, verb }: Operation): string {
  return `${resource} ${verb}`
}

/** Every route that an operation sends at a level. */
export function routesAt(operation: Operation, level: ScopeType): readonly Route[] {
  const { subject, flags = [] } = operation
  const ways = [...(subject?.way ? [subject.way] : []), ...flags.flatMap(({ way }) => way ?? [])]
  const subjects = [...(subject ? [subject] : []), ...ways.flatMap(({ of }) => of ?? [])]
  const places = [operation.at, ...ways.map(({ at }) => at), ...subjects.flatMap(({ named }) => named?.list ?? [])]
  const routes = [
    ...places.flatMap((at) => at[level] ?? []),
    ...(operation.kind === 'own' ? operation.routes : []),
    ...(operation.kind === 'change' ? untilRoutes(operation.until) : []),
    ...(operation.kind === 'download' ? (operation.alternatives ?? []) : []),
    ...(operation.kind === 'download' && operation.described ? [operation.described.route] : []),
  ]
  return [...new Set(routes)]
}

function untilRoutes(until: Until | undefined): readonly Route[] {
  if (until === undefined) return []
  return [until.route, ...(until.stronger ? [until.stronger.route] : [])]
}
