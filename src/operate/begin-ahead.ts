/** One of several works in their order, begun already. */
export interface BegunWork<Item, Begun> {
  readonly item: Item
  /** Settles with its beginning; to be awaited. */
  readonly begun: Promise<Begun>
}

/**
 * Gives works one after the other in the order of their items, while the next ones begin side by side: as many as `most` are
 * begun and not given yet, so that their number takes no memory.
 * @param first how many begin at once; twice as many with each that was given, up to `most`, so that few are begun in vain
 * where the first ones are enough
 */
export async function* beginAhead<Item, Begun>(
  items: readonly Item[],
  begin: (item: Item) => Promise<Begun>,
  { first, most }: { readonly first: number; readonly most: number },
): AsyncGenerator<BegunWork<Item, Begun>, void, void> {
  const coming: BegunWork<Item, Begun>[] = []
  let next = 0
  for (let width = first; next < items.length || coming.length > 0; width = Math.min(most, width * 2)) {
    while (coming.length < width && next < items.length) {
      const item = items[next] as Item
      const begun = begin(item)
      // Its failure counts when its turn comes, which may be never.
      begun.catch(() => undefined)
      coming.push({ item, begun })
      next += 1
    }
    const work = coming.shift()
    if (work !== undefined) yield work
  }
}
