/**
 * Characters that move the cursor, reorder the line or cannot be seen: controls (C0, DEL, C1), bidirectional and
 * zero-width ones, line separators, lone surrogates, unassigned, private, and every blank but the plain space.
 * https://www.unicode.org/reports/tr36/
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

/** The same without the end of a line, which a large plan in JSON has a million of. */
const UNSEEN_IN_LINES = new RegExp(`(?!\\n)(?:${UNSEEN.source})`, 'gu')

/** The runner takes `##[command]` anywhere in a line. https://github.com/actions/runner: ActionCommand.cs */
const LEGACY_COMMAND = /##(?=\[)/g

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A text that stays on its line and shows all that is in it, for terminals and logs. */
export function printable(text: string): string {
  return text
    .replace(UNSEEN, (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .replace(LEGACY_COMMAND, '#\\u{23}')
}

/** A line that a job's runner does not read as a workflow command: those start with `::`, blanks before it aside. */
export function withoutCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\u{3a}')
}

/** Text of several lines, each as {@link printable} and {@link withoutCommand} leave it. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutCommand(printable(line)))
    .join('\n')
}

/** A text with something else in place of each character that {@link printable} writes out. */
export function replaceUnseen(text: string, replace: (character: string) => string): string {
  return text.replace(UNSEEN, replace)
}

/** JSON text with the same characters escaped as JSON escapes them: it parses to the same value. */
export function printableJson(json: string): string {
  return json.replace(UNSEEN_IN_LINES, escapeUnits).replace(LEGACY_COMMAND, '#\\u0023')
}

function escapeUnits(character: string): string {
  let escaped = ''
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  }
  return escaped
}
