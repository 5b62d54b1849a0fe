import type { Io } from './io.ts'

/** Asks at the terminal for `yes`, which `--auto-approve` gives; without it, prints the undone work. */
export async function askYes(
  io: Io,
  flags: { readonly autoApprove?: boolean },
  question: string,
  otherwise: string,
): Promise<boolean> {
  if (flags.autoApprove) return true
  if (!io.ask) {
    io.stderr(`There is no terminal to ask at. ${otherwise}; --auto-approve does it without asking.\n`)
    return false
  }
  const answer = await io.ask(`${question} Only 'yes' is accepted: `)
  if (answer.trim() === 'yes') return true
  io.stderr(`${otherwise}.\n`)
  return false
}
