/** Whether this is `npm run nightly`, which tries all cells of the tables that `npm test` takes samples of. */
const IS_NIGHT = process.env.OCTOFORM_EVERY_CELL === '1'

/**
 * The cells of a large table that a run tries: all at night, by day every so-manieth, so that all tests together stay under
 * five minutes. Every kind of cell must be among those of the day: a table whose neighbours differ in kind is taken whole.
 * @param share one of so many by day
 */
export function sampled<Cell>(cells: readonly Cell[], share: number): Cell[] {
  return cells.filter((_, index) => IS_NIGHT || index % share === 0)
}

/** Tests that are declared at night alone. By day something smaller of the same kind stands beside them. */
export function atNight(declare: () => void): void {
  if (IS_NIGHT) declare()
}

/** What is done at night, or what does nearly the same for less by day. */
export function atNightElse<Night, Day>(night: Night, day: Day): Night | Day {
  return IS_NIGHT ? night : day
}

/** By day, of the cells of each kind the first alone, and those that come so many after it. */
export function sampledByKind<Cell>(cells: readonly Cell[], kindOf: (cell: Cell) => string, share = Infinity): Cell[] {
  const seen = new Map<string, number>()
  return cells.filter((cell) => {
    const kind = kindOf(cell)
    const before = seen.get(kind) ?? 0
    seen.set(kind, before + 1)
    return IS_NIGHT || before === 0 || before % share === 0
  })
}
