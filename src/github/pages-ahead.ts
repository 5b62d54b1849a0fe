import { linkTo } from './link-to.ts'

/** The pages of a list that were asked for before the page that leads to them was there. */
export interface PagesAhead<T> {
  /** The answer to a page, which may be on its way already. */
  ask(url: URL): Promise<T>
  /**
   * Asks for the pages from `next` to the last one that a `Link` header names, as far as they are not on their way.
   * @param next the next page, which was found to be one of the list
   */
  expect(next: URL, link: string | undefined): void
}

/** GitHub answers at most so many requests at once. */
const MOST_AHEAD = 100

const PAGE = /(?<=[?&]page=)[1-9]\d{0,8}(?=&|$)/

/**
 * Reads pages side by side once it is known which is the last: one after the other each takes a round trip of its own.
 * @param most pages after which a list is not read on
 */
export function openPagesAhead<T>(ask: (url: URL) => Promise<T>, most: number): PagesAhead<T> {
  const coming = new Map<string, Promise<T>>()
  return {
    ask(url) {
      const known = coming.get(url.href)
      coming.delete(url.href)
      return known ?? ask(url)
    },
    expect(next, link) {
      const [from, to] = [numberIn(next.href), numberIn(linkTo('last', link) ?? '')]
      if (from === undefined || to === undefined || to > most) return
      for (let page = from; page <= to && coming.size < MOST_AHEAD; page += 1) {
        // Text, since a query that was written anew would be another address than GitHub's.
        const url = new URL(next.href.replace(PAGE, String(page)))
        if (coming.has(url.href)) continue
        const answer = ask(url)
        // The list may end before that page, and then its failure is none of the list's.
        answer.catch(() => undefined)
        coming.set(url.href, answer)
      }
    },
  }
}

function numberIn(href: string): number | undefined {
  const found = PAGE.exec(href)?.[0]
  return found === undefined ? undefined : Number(found)
}
