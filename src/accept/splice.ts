/** A piece of text in place of another; an empty range inserts. */
export interface Splice {
  readonly from: number
  readonly to: number
  readonly text: string
}
