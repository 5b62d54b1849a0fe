import yoctoSpinner from 'yocto-spinner'
import { firstColumns } from '../render/columns.ts'

/** The sign that turns and the blank behind it, and a column that stays free, so that no terminal begins a new line. */
const TAKEN_COLUMNS = 3

/** Colours, which nothing else on `stderr` has, and modes: a cursor that is hidden would stay so after Ctrl-C. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that each of them begins with
const UNWANTED = /\u001b\[(?:\?\d+[lh]|\d+m)/g

/** Shows a text in one line of a terminal, behind a sign that turns; the empty text takes the line away. */
export type TurningLine = (text: string) => void

export function turningLine(terminal: NodeJS.WriteStream): TurningLine {
  const write = (text: string): boolean => text === '' || terminal.write(text)
  // The library changes the stream that it writes to, so it gets one of its own.
  const stream: NodeJS.WriteStream = Object.create(terminal, {
    // It counts letters where terminals count columns, and would erase lines that others wrote.
    columns: { value: Number.POSITIVE_INFINITY },
    write: { value: (text: string) => write(text.replaceAll(UNWANTED, '')), writable: true },
  })
  const spinner = yoctoSpinner({ stream, handleSignals: false })
  let text = ''
  const fitting = (): string => firstColumns(text, terminal.columns - TAKEN_COLUMNS)
  const refit = (): void => {
    spinner.text = fitting()
  }
  return (next) => {
    text = next
    if (text === '') {
      spinner.stop()
      terminal.off('resize', refit)
    } else if (spinner.isSpinning) refit()
    else {
      spinner.start(fitting())
      terminal.on('resize', refit)
    }
  }
}
