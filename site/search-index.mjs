import MiniSearch from 'minisearch'

/** The fields that are searched and shown; the page in the browser loads the index with the same. */
export const OPTIONS = { fields: ['title', 'page', 'text'], storeFields: ['title', 'page', 'href'] }

/** The index as a script, because a page that was opened from a file may load no other data. */
export function searchIndex(pages, hrefOf) {
  const index = new MiniSearch(OPTIONS)
  const documents = pages.flatMap(({ source, headings, sections }) => {
    const own = headings.find(({ level }) => level === 1)?.plain ?? source
    return sections.flatMap(({ id, level, title, words, messages }) => {
      const page = level === 1 ? '' : own
      const href = level === 1 ? hrefOf(source) : `${hrefOf(source)}#${id}`
      const text = words.join(' ').replaceAll(/\s+/g, ' ')
      const others = messages.map((message) => ({ title: message, page, href, text: '' }))
      return [{ title, page, href, text }, ...others]
    })
  })
  index.addAll(documents.map((each, id) => ({ id, ...each })))
  return `globalThis.octoformSearch=${JSON.stringify(JSON.stringify(index))}\n`
}
