import type { Route, Routes } from './routes.ts'

/** The features of a product, from the endpoint table. */
export interface Support {
  has(route: Route): boolean
  /** Whether the route's body takes the field; with `value`, the field with that value. */
  accepts(route: Route, field: string, value?: string): boolean
  /** Whether the answer (of a list: each item) holds the field. */
  returns(route: Route, field: string): boolean
  /** The product's name in messages, such as `ghes-3.4`. */
  readonly name?: string
  /** The products with the route or an alternative, or the field of its body, or a value of that, such as `ghes-3.5 and later do`; undefined for none. */
  elsewhere?(routes: Routes, field?: string, value?: string): string | undefined
  /** Whether it is a release of Enterprise Server before this one: for what no description shows. */
  isBefore?(release: string): boolean
}
