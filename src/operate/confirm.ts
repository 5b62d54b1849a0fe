import type { Io } from '../run/io.ts'
import type { OperateFlags } from './operate-flags.ts'

/** Whether to go on. */
export type Answer = 'yes' | 'no'

/**
 * Asks once before something is changed or a credential is made, with the count. Without a terminal `--yes` is needed, and
 * more than `--max` things are refused even with it.
 * @param question such as `Remove 2 runners of orgs/acme?`
 */
export async function confirmed(io: Io, flags: OperateFlags, question: string, count: number): Promise<Answer> {
  if (io.ask === undefined || flags.yes) {
    if (count > flags.max) {
      io.stderr(`${question} These are more than ${flags.max}: --max ${count} allows them. Nothing was sent.\n`)
      return 'no'
    }
    if (flags.yes) return 'yes'
  }
  if (io.ask === undefined) {
    io.stderr(`${question} There is no terminal to ask at: --yes answers. Nothing was sent.\n`)
    return 'no'
  }
  const answer = await io.ask(`${question} Only 'yes' is accepted: `)
  if (answer.trim() === 'yes') return 'yes'
  io.stderr('Nothing was sent.\n')
  return 'no'
}
