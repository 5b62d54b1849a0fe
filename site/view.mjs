import { pageOf, relativeTo, SECTIONS, SHORT } from './pages.mjs'

/** The most headings of which the table of contents names those of the third level too. */
const SHORT_PAGE = 30

/** What the layout shows of a page beside its content. */
export function viewOf(source, pages, version) {
  const own = pageOf(source)
  const { headings, sections } = pages.get(source)
  const link = (path) => ({ title: titleOf(path, pages), href: relativeTo(own, pageOf(path)), isHere: path === source })
  const order = SECTIONS.flatMap((section) => section.pages)
  const at = order.indexOf(source)
  const below = headings.filter(({ level }) => level === 2 || level === 3)
  return {
    source,
    version,
    isHome: own === 'index.html',
    isMessages: source.startsWith('docs/messages/'),
    title: headings[0]?.plain ?? source,
    description: (sections[0]?.words[0] ?? '').replaceAll(/\s+/g, ' ').slice(0, 160).trim(),
    root: relativeTo(own, ''),
    toc: below.length > SHORT_PAGE ? below.filter(({ level }) => level === 2) : below,
    sections: SECTIONS.map(({ title, pages: paths }) => ({ title, links: paths.map(link) })),
    previous: at > 0 ? link(order[at - 1]) : undefined,
    next: at >= 0 && at < order.length - 1 ? link(order[at + 1]) : undefined,
  }
}

function titleOf(source, pages) {
  return SHORT[source] ?? pages.get(source)?.headings[0]?.plain ?? source
}
