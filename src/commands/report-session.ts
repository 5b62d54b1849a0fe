import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from '../config/configuration.ts'
import type { Route } from '../core/routes.ts'
import { ownerOf, repositoryIn, type ScopeType } from '../core/scope.ts'
import { type OwnerDoor, openOwner } from '../engine/open-owner.ts'
import type { Client } from '../github/client.ts'
import { ACCOUNT_ROUTES } from '../github/product.ts'
import { scopeArgument } from '../operate/scope-argument.ts'
import { type Connection, connect } from '../run/connect.ts'
import { DEFAULT_CONFIG } from '../run/default-config.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { load } from '../run/load.ts'

/** The flags that all reports take. */
export interface ReportFlags
  extends Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug' | 'allow'> {
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly config?: readonly string[]
  readonly out?: string
  /** The product, where the server leaves it open. */
  readonly product?: string
}

/** The part of an owner that the words of a command name. */
export interface OwnerWords {
  readonly owner: string
  /** The level that the words name. */
  readonly declared: ScopeType
  readonly names: readonly string[]
  /** `*` for the whole owner. */
  readonly globs: readonly string[]
}

/** An account that is known by its repositories may be a person's. */
const DECLARED: ScopeType = 'repository'

/** The words of a command by owner, in the order in which owners come first. @throws SetupError for one that is no scope */
export function wordsByOwner(words: readonly string[]): readonly OwnerWords[] {
  const found = new Map<string, { owner: string; declared: ScopeType; names: string[]; globs: string[] }>()
  for (const word of words) {
    const asked = scopeArgument(word, ['organization', 'repository'])
    const owner = (asked.scope === undefined ? asked.owner : ownerOf(asked.scope)).toLowerCase()
    const there = found.get(owner) ?? { owner, declared: DECLARED, names: [], globs: [] }
    found.set(owner, there)
    if (asked.scope === undefined) there.globs.push(asked.glob)
    else {
      const { repo } = repositoryIn(asked.scope) ?? {}
      if (repo !== undefined) there.names.push(repo)
      else {
        there.globs.push('*')
        there.declared = asked.scope.type
      }
    }
  }
  return [...found.values()]
}

/** The configuration beside a report: the given one, or that of the folder; undefined where there is none. */
export async function configurationFor(
  io: Io,
  { config }: Pick<ReportFlags, 'config'>,
): Promise<Configuration | undefined> {
  const stands = DEFAULT_CONFIG.every((path) => existsSync(join(io.cwd, path)))
  const paths = config ?? (stands ? DEFAULT_CONFIG : undefined)
  return paths && load({ cwd: io.cwd, registry: io.registry }, paths, 'if any')
}

/** The routes that find an owner and its repositories. */
const FINDING: readonly Route[] = [ACCOUNT_ROUTES.organization, 'GET /orgs/{org}/repos', 'GET /repos/{owner}/{repo}']

/** Opens the way to GitHub for a report; sends nothing yet. @param routes beside those that find the repositories */
export function reportConnection(
  io: Io,
  flags: ReportFlags,
  configuration: Configuration | undefined,
  routes: readonly Route[],
): Promise<Connection> {
  return connect(io, flags, configuration?.github ?? {}, () => [...FINDING, ...routes])
}

/** Opens an owner with a client that can only read. */
export async function openForReport(
  connection: Connection,
  { owner, declared }: OwnerWords,
  product: string | undefined,
): Promise<{ readonly door: OwnerDoor; readonly client: Client }> {
  const credential = await connection.credential(owner)
  const server = await connection.server(owner)
  const door = await openOwner({
    owner: { name: owner, declared },
    server,
    configuredProduct: product,
    productFrom: '--product',
    client: (named) => connection.reader(credential, server, named),
  })
  return { door, client: connection.reader(credential, server, door.product) }
}
