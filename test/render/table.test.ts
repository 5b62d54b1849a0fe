import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { cut, renderTable, type TableColumn } from '../../src/render/table.ts'

const COLUMNS: readonly TableColumn[] = [
  { head: 'ID', align: 'right' },
  { head: 'NAME' },
  { head: 'LABELS', gives: true },
]
const LONG = 'n'.repeat(100)

function table(rows: readonly (readonly string[])[], width: number | undefined, colour: 'ansi' | 'plain' = 'plain') {
  return renderTable(COLUMNS, rows, { colour, width }).split('\n').slice(0, -1)
}

describe('a table', () => {
  it('is aligned, without blanks at the end of a line', () => {
    expect(
      table(
        [
          ['1', 'web', 'a, b'],
          ['22', 'service', ''],
        ],
        80,
      ),
    ).toEqual(['ID  NAME     LABELS', ' 1  web      a, b', '22  service'])
  })

  it.each([80, 200, 24])('of long names fits into %d columns, and columns that give way are cut first', (width) => {
    const lines = table(
      [
        ['1', LONG, 'x'.repeat(100)],
        ['2', 'web', 'short'],
      ],
      width,
    )
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    expect(lines[1]).toContain('…')
  })

  it('leaves names whole where cutting what gives way is enough', () => {
    const [, row = ''] = table([['1', 'n'.repeat(40), 'x'.repeat(100)]], 80)
    expect(row).toContain('n'.repeat(40))
    expect(stringWidth(row)).toBe(80)
  })

  it('cuts columns that give way alike, so that none is left with its first letters', () => {
    const columns = [{ head: 'ID' }, { head: 'TITLE', gives: true as const }, { head: 'BRANCH', gives: true as const }]
    const table = renderTable(columns, [['1', 'x'.repeat(100), 'y'.repeat(40)]], { colour: 'plain', width: 46 })
    expect(table.split('\n')[1]).toBe(`1   ${'x'.repeat(19)}…  ${'y'.repeat(19)}…`)
  })

  it('is not cut where it goes to a file', () => {
    expect(table([['1', LONG, LONG]], undefined)[1]).toBe(` 1  ${LONG}  ${LONG}`)
  })

  it('counts what a terminal shows of wide letters, and cuts between letters', () => {
    expect(stringWidth(cut('日本語のラベル', 8))).toBeLessThanOrEqual(8)
    expect(cut('日本語のラベル', 8)).toBe('日本語…')
    expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…')
    const [head = '', row = ''] = table([['1', 'שלום עולם', 'ימין']], 80)
    expect(stringWidth(row.slice(0, row.indexOf('ימין')))).toBe(head.indexOf('LABELS'))
  })

  it('ends text from right to left, so that no number of the next column is shown before it', () => {
    const rows = [['1', 'שרת', '2/2']]
    const [, row = ''] = table(rows, 80)
    expect(row).toBe(' 1  שרת   \u200e2/2')
    expect(table(rows, undefined)[1]).toBe(' 1  שרת   2/2')
  })

  it('lets no name move the cursor, reorder the line or end it', () => {
    const [, row = '', ...more] = table([['1', 'a\u001b[2Jb\nc', '\u202eevil']], 80)
    expect(more).toEqual([])
    expect(row).toBe(' 1  a\\u{1b}[2Jb\\nc  \\u{202e}evil')
  })

  it('has colours only where they are seen', () => {
    expect(table([['1', 'web', '']], 80, 'ansi').join('')).toContain('\u001b[')
    expect(table([['1', 'web', '']], 80).join('')).not.toContain('\u001b[')
  })
})
