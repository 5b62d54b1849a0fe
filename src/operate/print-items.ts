import type { Column } from '../operations/column.ts'
import type { Tone } from '../render/paint.ts'
import { printableJson } from '../render/printable.ts'
import { renderTable, type TableColumn } from '../render/table.ts'
import type { Io } from '../run/io.ts'
import type { Session } from './session.ts'

/** Prints the members of lists as they come: as one JSON array, or at the end as one table. */
export interface ItemPrinter {
  /** @param place of the scope that they are of; undefined where there is one scope alone */
  add(place: string | undefined, items: readonly unknown[]): void
  end(): void
}

const TONES: Readonly<Record<'good' | 'bad' | 'busy' | 'plain', Tone>> = {
  good: 'add',
  bad: 'error',
  busy: 'change',
  plain: 'plain',
}

/** A printer of these columns. Of several scopes each member says its own: as `scope` beside GitHub's fields in JSON. */
export function printItems({ io, flags, several }: Session, columns: readonly Column[]): ItemPrinter {
  const now = io.pace.clock.now()
  if (flags.json) {
    let begun = false
    return {
      add(place, items) {
        for (const item of items) {
          const whole = place === undefined ? item : { scope: place, ...(item as object) }
          io.page(`${begun ? ',\n' : '[\n'}${jsonText(io, whole)}`)
          begun = true
        }
      },
      end: () => io.page(begun ? '\n]\n' : '[]\n'),
    }
  }
  const rows: (readonly string[])[] = []
  const shown = several ? [{ head: 'SCOPE' }, ...columns.map(columnOf)] : columns.map(columnOf)
  return {
    add(place, items) {
      for (const item of items) {
        const cells = columns.map(({ value }) => value(item, now))
        rows.push(place === undefined ? cells : [place, ...cells])
      }
    },
    end() {
      if (rows.length > 0) io.stdout(renderTable(shown, rows, { colour: io.colour, width: io.columns }))
      else io.stderr('There is none.\n')
    },
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
