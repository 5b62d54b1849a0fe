/** Whether this is `npm run nightly`, which tries all cells of the tables that `npm test` takes samples of. */
const IS_NIGHT = process.env.OCTOFORM_EVERY_CELL === '1'

/**
 * The cells of a large table that a run tries: all at night, by day every so-manieth, so that all tests together stay under
 * five minutes. Every kind of cell must be among those of the day: a table whose neighbours differ in kind is taken whole.
 * @param share one of so many by day
 * @param from the first of the day: another for each column of a table, so that the columns together try all of its rows
 */
export function sampled<Cell>(cells: readonly Cell[], share: number, from = 0): Cell[] {
  return cells.filter((_, index) => IS_NIGHT || index % share === from % share)
}

/** Tests that are declared at night alone. By day something smaller of the same kind stands beside them. */
export function atNight(declare: () => void): void {
  if (IS_NIGHT) declare()
}

/** The work of the night, or a cheaper one for the day with nearly the same effect. */
export function atNightElse<Night, Day>(night: Night, day: Day): Night | Day {
  return IS_NIGHT ? night : day
}

/**
 * By day, the cells in which something is for the first time: each value of a table's rows and columns, each pair of two of
 * them, each outcome, as `kindsOf` names them.
 */
export function sampledByKind<Cell>(cells: readonly Cell[], kindsOf: (cell: Cell) => readonly string[]): Cell[] {
  const seen = new Set<string>()
  return cells.filter((cell) => {
    const before = seen.size
    for (const kind of kindsOf(cell)) seen.add(kind)
    return IS_NIGHT || seen.size > before
  })
}
