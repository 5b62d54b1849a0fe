import { withoutWorkflowCommands } from './workflow-commands.ts'

/**
 * Characters that move a cursor or reorder a line; a carriage return does unless it ends one.
 * https://www.unicode.org/reports/tr9/
 */
const MOVES = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u
const AT_HOME = /\t|\r(?=\n|$)/g

/**
 * Why a text that is of use only letter by letter, such as a diff, must not be printed; undefined where it may be.
 * @param to `log`: to the log of a job on GitHub Actions, whose runner takes some lines for commands
 */
export function whyUnprintable(text: string, to: 'terminal' | 'log'): string | undefined {
  for (const line of text.split('\n')) {
    const found = MOVES.exec(line.replaceAll(AT_HOME, ''))?.[0].codePointAt(0)
    if (found !== undefined)
      return `holds U+${found.toString(16).toUpperCase().padStart(4, '0')}, which moves what is printed`
  }
  if (to === 'terminal' || withoutWorkflowCommands(text) === text) return undefined
  return "holds a line that GitHub's runner takes for a command"
}
