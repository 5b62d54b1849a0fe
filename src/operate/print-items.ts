import type { Column } from '../operations/column.ts'
import type { Tone } from '../render/paint.ts'
import { printableJson } from '../render/printable.ts'
import { openTable, type TableColumn } from '../render/table.ts'
import type { Io } from '../run/io.ts'
import type { Session } from './session.ts'
import { openSpool } from './spool.ts'

/** Prints the members of lists as they come. It must be closed, also after a fault. */
export interface ItemPrinter {
  /** @param place of the scope that they are of; undefined where there is one scope alone */
  add(place: string | undefined, items: readonly unknown[]): Promise<void>
  /** Of JSON, lets go what was added since the last call of `keep`: a list that broke off is no list. */
  takeBack(): Promise<void>
  /** All that was added so far is whole. */
  keep(): void
  /** Prints the rest. */
  end(): Promise<void>
  close(): Promise<void>
}

const TONES: Readonly<Record<'good' | 'bad' | 'busy' | 'plain', Tone>> = {
  good: 'add',
  bad: 'error',
  busy: 'change',
  plain: 'plain',
}

/** So many rows are looked at for the widths of columns before the first is printed. */
const ROWS = 100

/** A printer of these columns. Of several scopes each member says its own: as `scope` beside GitHub's fields in JSON. */
export function printItems(session: Session, columns: readonly Column[]): ItemPrinter {
  return session.flags.json ? printJson(session.io) : printTable(session, columns)
}

/**
 * One JSON array, printed at its end: of one that broke off, a reader such as `jq` would print what it had, or a fault that
 * hides the reason.
 */
function printJson(io: Io): ItemPrinter {
  const spool = openSpool()
  let whole = 0
  return {
    async add(place, items) {
      const texts = items.map((item) => jsonText(io, place === undefined ? item : { scope: place, ...objectOf(item) }))
      if (texts.length === 0) return
      await spool.add(`${spool.length() === 0 ? '[\n' : ',\n'}${texts.join(',\n')}`)
    },
    takeBack: () => spool.cut(whole),
    keep() {
      whole = spool.length()
    },
    async end() {
      await spool.add(spool.length() === 0 ? '[]\n' : '\n]\n')
      await spool.pour(async (piece) => {
        io.page(piece)
        await io.stdoutReady?.()
      })
    },
    close: spool.close,
  }
}

/** A member that is no object, such as the name of a platform, has a name of its own beside the scope. */
function objectOf(item: unknown): object {
  return typeof item === 'object' && item !== null ? item : { value: item }
}

function printTable({ io, several }: Session, columns: readonly Column[]): ItemPrinter {
  const now = io.pace.clock.now()
  const table = openTable(several ? [{ head: 'SCOPE' }, ...columns.map(columnOf)] : columns.map(columnOf), {
    colour: io.colour,
    width: io.columns,
  })
  let rows: (readonly string[])[] = []
  let isBegun = false
  const print = async (): Promise<void> => {
    io.stdout(table.lines(rows))
    rows = []
    isBegun = true
    await io.stdoutReady?.()
  }
  return {
    async add(place, items) {
      for (const item of items) {
        const cells = columns.map(({ value }) => value(item, now))
        rows.push(several ? [place ?? '', ...cells] : cells)
      }
      if (rows.length >= ROWS) await print()
    },
    takeBack: () => Promise.resolve(),
    keep: () => undefined,
    async end() {
      if (rows.length > 0) await print()
      else if (!isBegun) io.stderr('There is none.\n')
    },
    close: () => Promise.resolve(),
  }
}

/** JSON for programs, without anything that is to be hidden or that moves a terminal's cursor. */
export function jsonText(io: Pick<Io, 'cleaned'>, value: unknown): string {
  return printableJson(JSON.stringify(io.cleaned(value)))
}

/** A column of an operation as the table takes it. */
export function columnOf({ head, align, gives, tone }: Column): TableColumn {
  return { head, align, gives, ...(tone === undefined ? {} : { tone: (text: string) => TONES[tone(text)] }) }
}
