import type { NoReply, Reply } from '../outgoing.ts'
import { type Account, openAccount, type Rival } from './account.ts'
import type { Task } from './task.ts'
import type { Turn } from './turn.ts'
import { type WaitingLine, waitingLine } from './waiting-line.ts'

/** A request that has not had its turn. */
export interface Waiting {
  readonly turn: Turn
  readonly task: Task
  readonly resolve: (outcome: Reply | NoReply) => void
  readonly reject: (error: unknown) => void
  /** The order in which requests were made. */
  readonly number: number
  /** Since when it has not been asked whether it is still to be sent. */
  asked: number
  /** The answer that refused it, where it was sent before. */
  refused?: Reply
}

/** An account, and all that waits for its limits. */
export interface Payer {
  readonly account: Account
  readonly lines: ReadonlyMap<string, Line>
  /** The end of the wait that was reported last, for each reason. */
  readonly told: Map<string, number>
}

/** Requests of one account that wait for the same limits. */
export interface Line {
  readonly kind: Turn['kind']
  readonly payer: Payer
  readonly waiting: WaitingLine<Waiting>
  /** Wakes the line; aborted where it is not needed any more. */
  timer: { readonly at: number; readonly abort: AbortController } | undefined
}

/** The lines of a run. */
export interface Lines {
  of(turn: Turn): Line
  payers(): Iterable<Payer>
}

type OpenPayer = Payer & { readonly lines: Map<string, Line> }

const NONE: readonly Rival[] = []

export function openLines(): Lines {
  // Requests that wait for a token must not hold up the one that gets it.
  const payers = { plain: new Map<string, OpenPayer>(), token: new Map<string, OpenPayer>() }
  const payerOf = ({ kind, account }: Turn): OpenPayer => {
    const known = payers[kind].get(account)
    if (known !== undefined) return known
    const payer = { account: openAccount(), lines: new Map<string, Line>(), told: new Map() }
    payers[kind].set(account, payer)
    return payer
  }
  return {
    payers: () => [...payers.token.values(), ...payers.plain.values()],
    of(turn) {
      const payer = payerOf(turn)
      const name = payer.account.lineOf(turn)
      const known = payer.lines.get(name)
      if (known !== undefined) return known
      const line = { kind: turn.kind, payer, waiting: waitingLine<Waiting>(), timer: undefined }
      payer.lines.set(name, line)
      return line
    },
  }
}

/** The other lines of the account in which something waits. */
export function rivalsOf(line: Line): readonly Rival[] {
  const { lines } = line.payer
  if (lines.size === 1) return NONE
  const rivals: Rival[] = []
  for (const { waiting } of lines.values()) {
    const first = waiting === line.waiting ? undefined : waiting.first()
    if (first !== undefined) rivals.push({ first: first.turn, waiting: waiting.size() })
  }
  return rivals
}
