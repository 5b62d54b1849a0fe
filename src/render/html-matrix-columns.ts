import { type Html, html, NOTHING } from './html-escape.ts'
import { linkHtml, type PageLinks } from './html-link.ts'
import type { Matrix, MatrixColumn } from './matrix.ts'
import { count } from './row.ts'

/**
 * The repositories of a matrix, folded away, in the order of its columns: those of one column share a line.
 * @param size how many there are, in words
 */
export function columnsHtml({ owner, columns, repositories }: Matrix, size: string, links: PageLinks): Html {
  const grouped = columns.length < repositories ? `, in ${count(columns.length, 'column')}` : ''
  const alike = grouped === '' ? '' : ': those of one column have the same in every row'
  return html`
<details class="columns"><summary>${size}${grouped}${alike}</summary><ol class="names">${columns.map((column) => columnHtml(column, owner, links))}
</ol></details>`
}

function columnHtml({ names, scopes, visibility, change }: MatrixColumn, owner: string, links: PageLinks): Html {
  const [first = ''] = names
  const open = visibility === 'public' ? html` <strong class="pill public">public</strong>` : NOTHING
  const kinds = [...(visibility === 'public' ? ['open'] : []), ...(change === 'stays' ? ['same'] : [])].join(' ')
  const shown = names.map((name, index) => {
    return html`${index === 0 ? '' : ', '}${linkHtml(html`<code>${name}</code>`, links.listed(owner, name))}`
  })
  return html`
<li class="${kinds}" data-first="${first}" data-names="${names.join(' ')}" data-scopes="${scopes.join(' ')}" data-count="${names.length}">${shown}${open}</li>`
}
