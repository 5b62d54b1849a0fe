import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { managedAt } from '../config/managed-at.ts'
import { formatAddress } from '../core/address.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { ownerOf, type Scope } from '../core/scope.ts'
import type { Operation } from '../operations/operation.ts'
import { DEFAULT_CONFIG } from '../run/default-config.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { parseAllow } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { load } from '../run/load.ts'
import type { OperateFlags } from './operate-flags.ts'

/** One thing that a person wants changed, by its name. */
interface NamedThing {
  readonly scope: Scope
  readonly name: string
}

/** The files of the configuration that stands beside a command; undefined where there is none. */
export function configurationBeside(io: Io, flags: OperateFlags): readonly string[] | undefined {
  if (flags.config !== undefined) return flags.config
  return DEFAULT_CONFIG.every((path) => existsSync(join(io.cwd, path))) ? DEFAULT_CONFIG : undefined
}

/** The product that the configuration beside a command says. @throws ConfigurationError where it cannot be read */
export async function productBeside(io: Io, flags: OperateFlags): Promise<string | undefined> {
  const paths = configurationBeside(io, flags)
  if (paths === undefined) return undefined
  const { github } = await load({ cwd: io.cwd, registry: io.registry }, paths, 'if any')
  return github.product
}

/**
 * Tells which of these a configuration manages, because drift will put them back, and refuses what it protects.
 * @returns the exit code of a refusal
 * @throws ConfigurationError where there is a configuration that cannot be read
 */
export async function besideConfiguration(
  io: Io,
  flags: OperateFlags,
  { managed }: Pick<Operation & { readonly managed?: string }, 'managed'>,
  things: readonly NamedThing[],
): Promise<ExitCode | undefined> {
  const paths = configurationBeside(io, flags)
  const given = flags.protect ?? []
  if (managed === undefined || (paths === undefined && given.length === 0)) return undefined
  const { families } = await io.registry()
  const family = families.find(({ name }) => name === managed)
  if (family === undefined) throw new Error(`bug: no family is called ${managed}`)
  const configuration = paths && (await load({ cwd: io.cwd, registry: io.registry }, paths, 'if any'))
  const guarded = [...(configuration?.guards.protect ?? []), ...given].map((glob) => compileAddressGlob(glob))
  const isAllowed = parseAllow(flags.allow).protected
  for (const { scope, name } of things) {
    const address = formatAddress(scope, family.name, family.fold(name))
    if (guarded.some((matches) => matches(address)) && !isAllowed) {
      io.stderr(`${address} is protected. Nothing was sent; --allow protected goes past it.\n`)
      return EXIT.guarded
    }
    const at = configuration && managedAt(configuration, ownerOf(scope), address, families)
    if (at !== undefined) io.stderr(`${address} is managed at ${at}: drift will show it, and apply put it back.\n`)
  }
  return undefined
}
