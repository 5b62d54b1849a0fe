import { whyNoAddress } from '../core/address-glob.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { HIDDEN_TEXT } from '../core/hidden-text.ts'
import { SetupError } from '../core/setup-error.ts'
import { printable } from '../render/printable.ts'
import { askYes } from '../run/ask-yes.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { makeRun } from '../run/run.ts'
import type { LedgerAdoptFlags } from './ledger.ts'

/**
 * Forgets what the ledger has of members and settings that GitHub does not show, after a question: the next apply creates a
 * member that is wanted. It is for those that were deleted by hand. Entries of secrets stay. Sends GET alone to GitHub.
 * @param glob of addresses, which need not be in the configuration any more
 */
export async function ledgerForgetCommand(io: Io, glob: string, flags: LedgerAdoptFlags): Promise<ExitCode> {
  const why = whyNoAddress(glob, (await io.registry()).families)
  if (why !== undefined) throw new SetupError(`${glob} ${why}`)
  const { ledger } = await makeRun(io, flags, { purpose: 'plan', values: 'resolved', chosen: 'unchecked' })
  if (ledger.cannotSign !== undefined) throw new SetupError(ledger.cannotSign)
  const matches = compileAddressGlob(glob)
  const found: string[] = []
  for (const address of ledger.addresses().filter(matches)) {
    const { source, id } = await ledger.facts(address, undefined)
    if (!source?.startsWith(HIDDEN_TEXT)) continue
    found.push(address)
    io.stderr(printable(`${address}${id === undefined ? '' : ` (id ${id})`}\n`))
  }
  if (found.length === 0) {
    io.stderr(`The ledger has nothing at ${printable(glob)} that GitHub does not show.\n`)
    return EXIT.failed
  }
  if (!(await askYes(io, flags, 'Forget what the ledger has of these?', 'Nothing was forgotten'))) return EXIT.failed
  const forgotten = found.map((address) => ledger.forget(address))
  await ledger.settle?.()
  await Promise.all(forgotten)
  io.stdout(`Forgotten: ${found.length}.\n`)
  return EXIT.ok
}
