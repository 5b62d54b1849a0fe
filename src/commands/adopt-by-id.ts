import { type HiddenMembers, hiddenMembers } from '../core/hidden-members.ts'
import { formatHiddenText, hiddenText } from '../core/hidden-text.ts'
import { mentionedLeaves, overlay } from '../core/leaves.ts'
import { RENAMED_FROM } from '../core/rename.ts'
import { SetupError } from '../core/setup-error.ts'
import { printable } from '../render/printable.ts'
import { askYes } from '../run/ask-yes.ts'
import { nearestAddress } from '../run/choices.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import type { Run } from '../run/run.ts'

/** An address and the id that a person tells of it. */
export interface ToldId {
  readonly address: string
  readonly id: number
}

/** Reads `ADDRESS=ID`; in an address `=` is encoded. Undefined for anything else, such as a glob. */
export function toldId(text: string): ToldId | undefined {
  const [, address, id] = /^([^=]+)=([0-9]{1,15})$/.exec(text) ?? []
  return address === undefined || id === undefined ? undefined : { address, id: Number(id) }
}

/**
 * Records the id of a member that GitHub does not show, so that the next apply writes or deletes it. What GitHub takes
 * with the create alone is taken to be as the configuration says. Asks, and writes the ledger alone.
 * @param run whose plan is about the address
 */
export async function adoptById(
  io: Io,
  run: Run,
  { address, id }: ToldId,
  flags: { readonly autoApprove?: boolean },
): Promise<ExitCode> {
  const { not_read } = run.planned.plan
  if (not_read.length > 0) return EXIT.unread
  const found = memberAt(run, address)
  if (found === undefined) {
    io.stderr(`${printable(address)} is no member of the configuration.${nearestAddress(address, run)}\n`)
    return EXIT.failed
  }
  const { facts, member, hidden } = found
  if (hidden === undefined) throw new SetupError(`GitHub shows which id ${address} has: there is nothing to tell.`)
  const before = facts.facts(member.address)
  const known = before?.id === undefined ? '' : ` in place of ${before.id}`
  io.stderr(
    printable(`The id ${id}${known} is that of ${member.address} from now on: applies change and delete what has it.`),
  )
  io.stderr(`\nNobody can check that: ${printable(hidden.why)}.\n`)
  if (!(await askYes(io, flags, 'Record it?', 'Nothing was recorded'))) return EXIT.failed
  const leaves = mentionedLeaves(facts.family, facts.scope.type, member).filter((leaf) => leaf !== RENAMED_FROM)
  const document = overlay({}, member.spec, member.edits, leaves)
  await run.ledger.adoptDocument(member.address, formatHiddenText(hiddenText(facts, document, leaves)), id)
  io.stdout(`${printable(member.address)} (id ${id})\nRecorded: 1 of 1.\n`)
  return EXIT.ok
}

type InputSection = Run['input']['sections'][number]

interface Found {
  readonly facts: InputSection['facts']
  readonly member: InputSection['section']['members'][number]
  readonly hidden: HiddenMembers | undefined
}

function memberAt(run: Run, address: string): Found | undefined {
  for (const { facts, section } of run.input.sections) {
    const { family, scope, known } = facts
    const member = section.members.find((each) => isAt(each.address, address) && each.state !== 'unmanaged')
    if (member && family.shape === 'members') {
      return { facts, member, hidden: hiddenMembers(family, scope, known.product) }
    }
  }
  return undefined
}

/** Owners and families are written in lower case. The name at the end may differ from another by its case alone. */
function isAt(address: string, written: string): boolean {
  const cut = written.lastIndexOf('/')
  return address === `${written.slice(0, cut).toLowerCase()}${written.slice(cut)}`
}
