import { SetupError } from '../core/setup-error.ts'
import { printable } from '../render/printable.ts'
import { askYes } from '../run/ask-yes.ts'
import { connect } from '../run/connect.ts'
import { valuesOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { ledgerOptions } from '../run/ledger-store.ts'
import { load } from '../run/load.ts'
import { ledgerKeyScrubber } from '../run/own-credentials.ts'
import { openRunValues } from '../run/run-values.ts'
import { publicKeyLine, signLedger } from '../run/sign-ledger.ts'
import { KEY_VARIABLE } from '../secrets/key-variables.ts'
import { openLedger } from '../secrets/ledger.ts'
import { openValues } from '../secrets/values.ts'

export type LedgerKeyFlags = Pick<RunFlags, 'config' | 'apiUrl' | 'insecureHttp' | 'parallelism' | 'debug'> & {
  readonly autoApprove?: boolean
}

/**
 * Signs the verifiable entries of the ledger that the current ledger key has not signed, and prints the line of the
 * YAML by which plans without the key verify it. Asks before it makes a new seal for a ledger whose seal does not fit,
 * and before it signs ids without a signature. Sends requests only for a ledger in a repository.
 */
export async function ledgerKeyCommand(io: Io, flags: LedgerKeyFlags): Promise<ExitCode> {
  io.hide(ledgerKeyScrubber(io.env))
  if (!io.env[KEY_VARIABLE]?.trim()) {
    throw new SetupError(
      `${KEY_VARIABLE} is not set: its public key is what this prints. To make one: openssl rand -base64 32`,
    )
  }
  const configuration = await load(io, flags.config)
  // An answer may repeat a value, which must not be printed.
  await openRunValues(io, configuration, { dir: undefined, resolve: await valuesOf(io) })
  const connection = await connect(io, flags, configuration.github)
  const values = openValues({ env: {}, cwd: io.cwd, resolve: 'ignored' })
  const ledger = await openLedger({ ...(await ledgerOptions(io, connection, configuration, io.env)), values })
  await signLedger(io, { ledger, states: [], hint: 'none' })
  if (ledger.seal() === 'broken') {
    io.stderr('The seal of the ledger does not fit: lines were put in or taken out, or another key made it.\n')
    if (await askYes(io, flags, 'Seal it as it is?', 'It stays as it is')) await ledger.reseal()
  }
  const unsigned = ledger.unsignedIds()
  if (unsigned.size > 0) {
    io.stderr('Recorded ids without a signature, which count as another one each:\n')
    for (const [name, id] of unsigned) io.stderr(`  ${printable(name)} = ${id}\n`)
    if (await askYes(io, flags, 'Sign these?', 'They stay as they are')) await ledger.endorse()
  }
  io.stdout(`${publicKeyLine(ledger)}\n`)
  return EXIT.ok
}
