/** The most names that a reader takes in; the others are counted. */
export const NAMES = 10

/** The first names and how many more there are. */
export function shorten(names: readonly string[], limit: number = NAMES): string {
  const more = names.length - limit
  return more > 0 ? `${names.slice(0, limit).join(', ')}, … ${more} more` : names.join(', ')
}
