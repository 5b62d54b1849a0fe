import { resolve } from 'node:path'
import { pathOf } from '../core/address.ts'
import { isEnterprise } from '../core/scope.ts'
import { neededFor } from '../github/checkup.ts'
import { admitsApps } from '../github/endpoints.ts'
import { joinPermissions, type Permissions } from '../github/permissions.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { ConfigurationError, load } from '../run/load.ts'
import { routesNeeded } from '../run/needs.ts'
import { textOf } from '../run/own-repository.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand, importedFile } from './import.ts'
import { isOther } from './save-import.ts'

/** The uses of the two Apps. */
type Use = 'plan' | 'apply'

type Flags = Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug'>

/**
 * Writes what GitHub has of each owner as files below orgs/ and enterprises/, the organizations with their repositories. A file
 * that is there and is not as `init` began it is kept, so that the same command goes on where one owner could not be read.
 * @returns `files` has those that it wrote; `written` is false where one is missing
 */
export async function importOwners(
  io: Io,
  names: readonly string[],
  flags: Flags,
): Promise<{ readonly code: ExitCode; readonly written: boolean; readonly files: ReadonlySet<string> }> {
  const files = new Set<string>()
  let worst: ExitCode = EXIT.ok
  for (const name of names) {
    const [address, folder] = isEnterprise(name) ? [name, 'enterprises'] : [pathOf('organization', [name]), 'orgs']
    const path = importedFile(folder, address)
    if (await isOther(io, path, name)) {
      io.stderr(`${path} is there already, and kept: what GitHub has of ${name} is imported once it is moved away.\n`)
      continue
    }
    const code = await importCommand(io, address, { ...flags, out: folder, withRepositories: !isEnterprise(name) })
    if (code !== EXIT.ok) worst = code
    if (!(await isWritten(io, path))) return { code, written: false, files }
    files.add(path)
  }
  return { code: worst, written: true, files }
}

async function isWritten({ cwd }: Pick<Io, 'cwd'>, path: string): Promise<boolean> {
  return (await textOf(resolve(cwd, path))) !== undefined
}

/** The permissions that Apps need for what the configuration has; undefined where it has nothing yet, or cannot be read. */
export async function appNeeds(
  io: Io,
  config: readonly string[],
): Promise<Readonly<Record<Use, Permissions>> | undefined> {
  try {
    const configuration = await load({ cwd: io.cwd, registry: io.registry }, config)
    const needs = (purpose: Use): Permissions =>
      configuration.owners
        .map(({ name }) => routesNeeded(configuration, name, configuration.families, purpose).filter(admitsApps))
        .map((routes) => neededFor([purpose], () => routes).needs[purpose] ?? {})
        .reduce(joinPermissions, {})
    const [plan, apply] = [needs('plan'), needs('apply')]
    return Object.keys(plan).length === 0 ? undefined : { plan, apply }
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined
    throw error
  }
}

/** Says whether the credential at hand is enough to plan what was imported. */
export function checkToPlan(io: Io, config: readonly string[], flags: Flags): Promise<ExitCode> {
  io.stdout('\n')
  return doctorCommand(io, { ...flags, config, owner: [], for: 'plan', format: 'text' })
}
