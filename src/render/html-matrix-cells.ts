import { type Html, html, NOTHING } from './html-escape.ts'
import type { MatrixCell, MatrixColumn, MatrixRow } from './matrix.ts'

/**
 * A cell of each kind: its words, which the style sheet keeps for screen readers and pages without style, in the place of
 * which it shows a mark. The digits stand for them where cells are not written out.
 */
const CELLS: Readonly<Record<MatrixCell, { readonly digit: string; readonly kind: string; readonly words: string }>> = {
  none: { digit: '0', kind: 'n', words: 'no access' },
  loses: { digit: '1', kind: 'l', words: 'loses access' },
  gains: { digit: '2', kind: 'g', words: 'gains access' },
  keeps: { digit: '3', kind: 'k', words: 'keeps access' },
}

const KINDS = Object.values(CELLS).sort((left, right) => left.digit.localeCompare(right.digit))

/** The cells as markup, by their digits. */
export const CELL_MARKUP: readonly string[] = KINDS.map(({ kind, words }) => cellHtml(kind, words).markup)

/** The cells of a row as digits, one for each column. */
export function cellsText({ cells }: Pick<MatrixRow, 'cells'>): string {
  return cells.map((cell) => CELLS[cell].digit).join('')
}

/** The cells of a row, written out. Those of columns in which nothing changes are marked. */
export function cellsHtml({ cells }: Pick<MatrixRow, 'cells'>, columns: readonly MatrixColumn[]): readonly Html[] {
  return cells.map((cell, index) => {
    const { kind, words } = CELLS[cell]
    return cellHtml(columns[index]?.change === 'stays' ? `${kind} same` : kind, words)
  })
}

/** The heading of a column: its first repository, and how many others have the same in every row. */
export function columnHtml({ names, visibility, change }: MatrixColumn): Html {
  const [first = ''] = names
  const more = names.length > 1 ? html` <b>and ${names.length - 1} more</b>` : NOTHING
  const open = visibility === 'public' ? html`<strong class="pill public">public</strong> ` : NOTHING
  return html`<th scope="col" class="col${change === 'stays' ? ' same' : ''}" title="${first}"><span>${open}<code>${first}</code>${more}</span></th>`
}

function cellHtml(kind: string, words: string): Html {
  return html`<td class="${kind}"><i>${words}</i></td>`
}
