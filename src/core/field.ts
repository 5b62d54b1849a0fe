import type { Json } from './json.ts'
import type { Route, Routes } from './routes.ts'
import type { ScopeType } from './scope.ts'

/**
 * The direction of a field that is wider: more members, values from narrow to wide, or a function of both. `never`: no
 * change of it gives access.
 */
export type Wider =
  | 'more'
  | 'never'
  | readonly (string | boolean)[]
  | ((before: Json | undefined, after: Json | undefined) => boolean)

/** One leaf of a family's document. */
export interface Field {
  /**
   * An unordered list, which takes `add_X` and `remove_X` beside it: of repositories (names, globs, selectors in the YAML),
   * of an enterprise's organizations, or of plain names.
   */
  readonly list?: 'repositories' | 'organizations' | 'names'
  /** Of plain names: why an entry can be none of GitHub's, as a whole sentence that names it; undefined where it can be one. */
  entryFault?(entry: string): string | undefined
  /** Of plain names that the YAML writes in another form. */
  readonly spelling?: Spelling
  /** Of plain names behind which GitHub has ids: a name is never more than its id. */
  readonly identity?: Identity
  /** How many different ones GitHub takes, where it says so. */
  readonly most?: number
  /**
   * The switch that brings it into force, and the value of the switch that does. In the YAML, the list implies that
   * value; and while the switch has another one, GitHub does not show its kept list.
   */
  readonly mode?: { readonly field: string; readonly is: string | boolean }
  /** The value of a secret: GitHub never returns it, and the document holds only where it comes from. */
  readonly secret?: true
  /** The text of a variable: a value as well, which GitHub shows. */
  readonly text?: true
  /** A field without it counts as wider whenever it changes. */
  readonly wider?: Wider
  /** The route that writes it, by scope, and its name in the body where that differs. The endpoint table answers from this. */
  readonly written: { readonly [S in ScopeType]?: Written }
}

/** How the YAML writes the entries of a list of names, where these are not all plain text: `{ team: release }`. */
export interface Spelling {
  /** The entry as documents have it, such as `team:release`; undefined where it is none. */
  read(entry: Json): string | undefined
  /** The entry as the YAML has it. */
  write(entry: string): Json
}

/** Teams, persons or Apps that a list names: GitHub knows each by an id, and another may take its name. */
export interface Identity {
  /** The name by which the plan, the ledger and `accept` have its id, such as `team:acme/release`; in lower case. */
  fullName(entry: string, owner: string): string
  /** Finds it by its name. The answer has its `id`; a 404 says that there is none, or that it may not be seen. */
  lookUp(entry: string, owner: string): { readonly route: Route; readonly params: Readonly<Record<string, string>> }
}

/** How a field of one scope is written. */
interface Written {
  readonly route: Routes
  /** Writes it where the product does not show what it is of. */
  readonly hidden?: Routes
  /** Takes it with the create, on products that have no other request for it. */
  readonly made?: Routes
  /** Its name in the body, where that differs. */
  readonly as?: string
  /** The request has no body: the route itself says the value, so that a product with the route has the field. */
  readonly bare?: true
  /** Of a secret: gives the key that its value is sealed with. */
  readonly publicKey?: Routes
  /** Of a secret: reads it alone, for its `updated_at`. */
  readonly single?: Routes
}

/** Whether a field lists repositories or organizations, which have ids and may use what lists them. */
export function listsOwned({ list }: Pick<Field, 'list'>): boolean {
  return list !== undefined && list !== 'names'
}
