import { whyNoAddress } from '../core/address-glob.ts'
import type { DesiredMember } from '../core/desired.ts'
import { formatDiagnostic } from '../core/diagnostic.ts'
import { at } from '../core/family-at.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { Live } from '../core/live.ts'
import { SetupError } from '../core/setup-error.ts'
import { type ValueAt, valueAtOf } from '../core/value-text.ts'
import { printable } from '../render/printable.ts'
import { askYes } from '../run/ask-yes.ts'
import { nearestAddress } from '../run/choices.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { makeRun, type Run } from '../run/run.ts'
import type { FoundValue } from '../secrets/entry-maker.ts'
import { adoptById, toldId } from './adopt-by-id.ts'

export type LedgerAdoptFlags = Pick<
  RunFlags,
  'config' | 'apiUrl' | 'insecureHttp' | 'owner' | 'parallelism' | 'values' | 'debug'
> & { readonly autoApprove?: boolean }

/**
 * Records existing secrets of the configuration as if octoform had written them, so that they are `unchanged` from now
 * on instead of `unknown`. Sends GET alone to the secrets' owners; writes the ledger alone. An existing entry gets its
 * missing fields and, after a question, its missing signature; never one whose signature is wrong.
 * @param text a glob of addresses, such as `orgs/acme/secrets/**`; or ADDRESS=ID of a member that GitHub does not show
 */
export async function ledgerAdoptCommand(io: Io, text: string, flags: LedgerAdoptFlags): Promise<ExitCode> {
  const told = toldId(text)
  const glob = told?.address ?? text
  const why = whyNoAddress(glob, (await io.registry()).families)
  if (why !== undefined) throw new SetupError(`${glob} ${why}`)
  const run = await makeRun(
    io,
    { ...flags, target: [glob] },
    { purpose: 'plan', values: 'resolved', chosen: 'unchecked' },
  )
  const { plan } = run.planned
  const errors = plan.diagnostics.filter(({ severity }) => severity === 'error')
  for (const { scope, reason } of plan.not_read) io.stderr(`${scope} could not be read: ${reason}\n`)
  for (const error of errors) io.stderr(`${printable(formatDiagnostic(error))}\n`)
  if (errors.length > 0) {
    io.stderr('The configuration has errors. Nothing was recorded.\n')
    return EXIT.failed
  }
  const { cannotSign } = run.ledger
  if (cannotSign !== undefined) throw new SetupError(cannotSign)
  if (told !== undefined) return adoptById(io, run, told, flags)
  const candidates = candidatesIn(run, glob)
  const found: FoundValue[] = []
  for (const candidate of candidates) {
    const passed = await whyNot(run, candidate)
    if (passed === undefined) found.push({ ...candidate, updatedAt: candidate.live?.updated_at ?? '' })
    else io.stderr(`${printable(`${candidate.address}: ${passed}`)}\n`)
  }
  const hidden = unsignedHidden(run, glob)
  const unsigned = await unsignedOf(run, found)
  const unsignedAddresses = [...unsigned.map(({ address }) => address), ...hidden]
  let signs = true
  if (unsignedAddresses.length > 0) {
    io.stderr('Entries without a signature, written without the ledger key or stripped of it:\n')
    for (const address of unsignedAddresses) io.stderr(`  ${printable(address)}\n`)
    signs = await askYes(io, flags, 'Sign these as they are?', 'They stay as they are')
    if (!signs) for (const each of unsigned) found.splice(found.indexOf(each), 1)
  }
  if (signs) await run.ledger.signDocuments(hidden)
  const adopted = new Set(found.length === 0 ? [] : await run.ledger.adopt(found))
  for (const each of found) {
    const { address, value } = each
    if (adopted.has(address)) io.stdout(`${printable(`${address} (${value.source}${await uncompared(run, each)})`)}\n`)
    else io.stderr(`${address}: has an entry, which another process made meanwhile\n`)
  }
  if (signs) for (const address of hidden) io.stdout(`${printable(address)}\n`)
  io.stdout(`Recorded: ${adopted.size + (signs ? hidden.length : 0)} of ${candidates.length + hidden.length}.\n`)
  if (plan.not_read.length > 0) return EXIT.unread
  if (!signs) return EXIT.failed
  if (candidates.length + hidden.length > 0) return EXIT.ok
  io.stderr(`${glob} matches nothing in the configuration that has a value.${nearestAddress(glob, run)}\n`)
  return EXIT.failed
}

/** Addresses that GitHub does not show, with an entry that was written without a key, or stripped of its signature. */
function unsignedHidden(run: Run, glob: string): readonly string[] {
  if (!run.ledger.keyed) return []
  const matches = compileAddressGlob(glob)
  return run.input.sections.flatMap(({ facts, section }) => {
    const isHidden = at(facts.family, facts.scope)?.unreadable?.(facts.known.product) !== undefined
    const members = isHidden ? section.members : []
    return members.flatMap(({ address }) =>
      matches(address) && facts.facts(address)?.proof === 'unsigned' ? [address] : [],
    )
  })
}

interface Candidate {
  readonly address: string
  readonly value: ValueAt
  readonly live: Live | undefined
}

function candidatesIn(run: Run, glob: string): readonly Candidate[] {
  const matches = compileAddressGlob(glob)
  return run.states
    .flatMap(({ sections }) => sections)
    .flatMap(({ family, section, live }) => {
      const path = secretLeaf(family)
      if (path === undefined) return []
      return section.members.flatMap((member) => {
        const value = isWanted(member) && matches(member.address) ? valueAtOf(member, path) : undefined
        if (value === undefined) return []
        return [{ address: member.address, value, live: live.find(({ key }) => key === member.key) }]
      })
    })
}

function isWanted({ state }: DesiredMember): boolean {
  return state === 'present'
}

/** Why a secret is passed over; undefined where it is to be recorded. */
async function whyNot(run: Run, { address, live, value }: Candidate): Promise<string | undefined> {
  if (live === undefined) return 'is not on GitHub; apply creates it'
  if (live.updated_at === undefined) return 'GitHub does not say when it was written'
  const { source, proof } = await run.ledger.facts(address, undefined)
  if (source === undefined) return undefined
  if (proof === 'altered') return 'its entry was altered and is not signed; restore the ledger from version control'
  const adoptable = await run.ledger.adoptable({ address, value, updatedAt: live.updated_at })
  return adoptable === undefined ? `has an entry (${source})` : undefined
}

/** Those with an entry that was written without a key, or stripped of its signature. */
async function unsignedOf(run: Run, found: readonly FoundValue[]): Promise<readonly FoundValue[]> {
  const kinds = await Promise.all(found.map((each) => run.ledger.adoptable(each)))
  return found.filter((_, index) => kinds[index] === 'unsigned')
}

/** Explains that later plans will not see a change of the value. */
async function uncompared(run: Run, { value }: FoundValue): Promise<string> {
  if (!run.ledger.keyed) return '; without a ledger key, a change at its source will not be seen'
  const at = await run.values.available(value)
  return at.ok ? '' : '; without its value at hand, a change at its source will not be seen until it is written'
}
