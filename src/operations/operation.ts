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
  /** `text` where left out; `several` is repeated. */
  readonly takes?: 'text' | 'number' | 'switch' | 'several'
  /** Read by the operation itself, not sent under its name. */
  readonly own?: true
  /** A parameter of the path; it must be given. */
  readonly inPath?: true
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
  readonly named?: { readonly list: At; readonly by: string }
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
}

/** Reads a list: a table for people, GitHub's own objects with `--json`. */
export interface ListOperation extends Common {
  readonly kind: 'list'
  readonly columns: readonly Column[]
}

/** Reads one thing, as lines of name and value. */
export interface ShowOperation extends Common {
  readonly kind: 'show'
  readonly columns: readonly Column[]
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
  /** Printed where it has not happened after the time. */
  readonly otherwise: string
}

/** Asks GitHub for a credential: printed alone to stdout, or written to a file. */
export interface MintOperation extends Common {
  readonly kind: 'mint'
  /** The field of the answer that holds it. */
  readonly secret: string
}

/** The name of a file, and when it expired. */
export interface Described {
  readonly file: string
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
  readonly flags: FlagValues
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
  const own = operation.at[level]
  const named = operation.subject?.named?.list[level]
  return [
    ...(own === undefined ? [] : [own]),
    ...(named === undefined ? [] : [named]),
    ...(operation.kind === 'own' ? operation.routes : []),
    ...(operation.kind === 'change' && operation.until ? [operation.until.route] : []),
    ...(operation.kind === 'download' ? (operation.alternatives ?? []) : []),
    ...(operation.kind === 'download' && operation.described ? [operation.described.route] : []),
  ]
}
