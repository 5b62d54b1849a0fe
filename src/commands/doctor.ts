import type { Configuration } from '../config/configuration.ts'
import { layersOfOwner } from '../config/scopes.ts'
import type { Route } from '../core/routes.ts'
import { isEnterprise } from '../core/scope.ts'
import { type Checkup, failedCheckup, type NeededFor, neededFor, type Purpose } from '../github/checkup.ts'
import { checkApp } from '../github/checkup-app.ts'
import { checkHome } from '../github/checkup-home.ts'
import { checkToken, tryOwner } from '../github/checkup-token.ts'
import type { Client } from '../github/client.ts'
import { admitsApps } from '../github/endpoints.ts'
import { ENTERPRISE_VARIABLE } from '../github/enterprise-token.ts'
import { GitHubError } from '../github/errors.ts'
import { ACCOUNT_ROUTES, assumedProduct } from '../github/product.ts'
import { wrapText } from '../render/wrap-text.ts'
import { reportRoutes, withReportParts } from '../report/doctor-parts.ts'
import { doctorJson, doctorText } from '../report/doctor-report.ts'
import { chosenOwners } from '../run/chosen-owners.ts'
import { type Connection, connect } from '../run/connect.ts'
import { valuesOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { load } from '../run/load.ts'
import { routesNeeded } from '../run/needs.ts'
import { openRunValues } from '../run/run-values.ts'
import { sideBySide } from '../run/side-by-side.ts'

export interface DoctorFlags
  extends Pick<RunFlags, 'config' | 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug' | 'owner'> {
  /** The uses that the credentials are checked for. */
  readonly for: Purpose | 'all'
  readonly format: 'text' | 'json'
}

/**
 * Reports whether the credentials are enough for the configuration, and how to get missing permissions. Reads only.
 * Exit 0 where they are, 1 where a permission is missing, 5 where GitHub did not answer.
 * @throws ConfigurationError, SetupError
 */
export async function doctorCommand(io: Io, flags: DoctorFlags): Promise<ExitCode> {
  const configuration = await load(io, flags.config)
  const purposes: readonly Purpose[] = flags.for === 'all' ? ['plan', 'apply'] : [flags.for]
  const chosen = chosenOwners(configuration, flags.owner)
  const owners = [...chosen.run, ...chosen.unnamed].filter(({ name }) => flags.for !== 'report' || !isEnterprise(name))
  // An answer may repeat a value, which must not be printed.
  await openRunValues(io, configuration, { dir: undefined, resolve: await valuesOf(io) })
  const connection = await connect(io, flags, configuration.github)
  const checks = [
    ...owners.map(
      ({ name }) =>
        () =>
          checkOwner(connection, configuration, name, purposes),
    ),
    ...repositoryChecks(io, connection, configuration.ledger, purposes),
  ]
  const checkups = await sideBySide(checks, (check) => check(), flags.parallelism)
  io.stdout(flags.format === 'json' ? doctorJson(checkups) : wrapText(doctorText(checkups), io.columns))
  if (checkups.some(({ missing }) => missing.length > 0)) return EXIT.failed
  return checkups.some(({ unreachable }) => unreachable.length > 0) ? EXIT.unread : EXIT.ok
}

async function checkOwner(
  connection: Connection,
  configuration: Configuration,
  owner: string,
  purposes: readonly Purpose[],
): Promise<Checkup> {
  const { families } = configuration
  const { by = 'repository' } = configuration.owners.find(({ name }) => name === owner) ?? {}
  const routes = (purpose: Purpose): readonly Route[] =>
    purpose === 'report' ? reportRoutes(families, by) : routesNeeded(configuration, owner, families, purpose)
  const [first = 'plan'] = purposes
  const needed = neededFor(purposes, routes)
  const ofApps = (isFor: boolean): NeededFor['needs'] =>
    neededFor(purposes, (purpose) => routes(purpose).filter((route) => admitsApps(route) === isFor)).needs
  const { installation } = connection
  const app = await checkApp({ owner, needs: ofApps(true), barred: ofApps(false), installation })
  const isReport = first === 'report'
  if (app !== undefined) return isReport ? withReportParts(app, families, await installation(owner)) : app
  const credential = await connection.credential(owner).catch((error: unknown) => {
    if (error instanceof GitHubError) return error
    throw error
  })
  if (credential instanceof GitHubError) {
    const base = { of: owner, from: ENTERPRISE_VARIABLE, kind: 'none', needs: needed.needs } as const
    return failedCheckup(base, `access to ${owner}`, credential)
  }
  const { from } = credential
  try {
    const reads = routes(isReport ? 'report' : 'plan')
    const account = isEnterprise(owner) ? undefined : accountIn(reads)
    const asked = account && tryOwner(connection.reader(credential), owner, account)
    // A refusal by the server comes first.
    asked?.catch(() => undefined)
    const server = await connection.server(owner)
    const product = assumedProduct(server, configuration.github.product)
    const checkup = await checkToken({
      ...needed,
      owner,
      from,
      client: connection.reader(credential, server, server === 'cloud' ? undefined : product),
      apiUrl: connection.api.url,
      product,
      account,
      asked,
      reads,
      repository: layersOfOwner(configuration, owner).find(({ repository }) => repository !== undefined)?.repository,
    })
    return isReport ? withReportParts(checkup, families, undefined) : checkup
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const base = { of: owner, from, kind: 'token', needs: needed.needs } as const
    return failedCheckup(base, `access to ${connection.api.url}`, error)
  }
}

function accountIn(reads: readonly Route[]): Route {
  return reads.includes(ACCOUNT_ROUTES.organization) ? ACCOUNT_ROUTES.organization : ACCOUNT_ROUTES.repository
}

/** Those of the repository that the workflow runs in, and of that of the ledger. */
function repositoryChecks(
  io: Io,
  connection: Connection,
  ledger: Configuration['ledger'],
  purposes: readonly Purpose[],
): readonly (() => Promise<Checkup>)[] {
  const check = (repository: string, branch?: string) => (): Promise<Checkup> => {
    const client = (): Client => connection.home({ repository, admits: [] })
    return checkHome({ env: io.env, repository, branch, purposes, client })
  }
  const { GITHUB_REPOSITORY: own = '' } = io.env
  const checks = own === '' ? [] : [check(own)]
  return 'repository' in ledger ? [...checks, check(ledger.repository, ledger.branch)] : checks
}
