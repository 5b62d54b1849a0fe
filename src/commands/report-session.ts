import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from '../config/configuration.ts'
import { pathOf } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { Route } from '../core/routes.ts'
import { ownerOf, repositoryIn, type ScopeType } from '../core/scope.ts'
import type { OwnerDoor } from '../engine/open-owner.ts'
import type { Client } from '../github/client.ts'
import { readableFamilies } from '../github/readable-families.ts'
import { scopeArgument } from '../operate/scope-argument.ts'
import { FINDING } from '../report/report-routes.ts'
import { type Connection, connect } from '../run/connect.ts'
import { DEFAULT_CONFIG } from '../run/default-config.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'
import { load } from '../run/load.ts'
import { openDoor } from '../run/open-door.ts'
import type { SurveyGap } from '../survey/survey-files.ts'

/** The flags that all reports take. */
export interface ReportFlags
  extends Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug' | 'allow'> {
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly config?: readonly string[]
  readonly out?: string
  /** The product, where the server leaves it open. */
  readonly product?: string
  /** Files of readings: to write, to report from in place of GitHub, and a newer one to compare that with. */
  readonly save?: string
  readonly from?: string
  readonly to?: string
  /** `owner/name` of the repository whose issues report what was found. */
  readonly issue?: string
  readonly htmlFile?: string
  readonly showPrivate?: boolean
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

/**
 * Opens the way to GitHub for a report; sends nothing yet.
 * @param needed beside the routes that find the repositories
 * @param granted those of which a GitHub App gives what it was granted: what it was not, the report names as not read
 */
export function reportConnection(
  io: Io,
  flags: ReportFlags,
  configuration: Configuration | undefined,
  needed: readonly Route[],
  granted: readonly Route[] = [],
): Promise<Connection> {
  const github = configuration?.github ?? {}
  return connect(
    io,
    flags,
    github,
    () => [...FINDING, ...needed],
    () => granted,
  )
}

/** The families that a report reads of an owner and its repositories, and what the credential keeps from it. */
export interface ReadableSettings {
  readonly families: { readonly owner: readonly Family[]; readonly repositories: readonly Family[] }
  readonly lacking: readonly SurveyGap[]
  /** Sentences about what GitHub shows no App. */
  readonly barred: readonly string[]
}

/** Of a GitHub App, the families that it may read; of a token all: GitHub's refusals tell the rest. */
export async function readableSettings(
  connection: Connection,
  owner: string,
  families: readonly Family[],
): Promise<ReadableSettings> {
  const installation = await connection.installation(owner)
  const own = readableFamilies(families, pathOf('organization', [owner]), installation)
  const below = readableFamilies(families, pathOf('repository', [owner, 'x']), installation)
  const lacking = [own, below].flatMap((each, index) => {
    const place = index === 0 ? owner : `${owner}: its repositories`
    const lost = each.leftOut.filter((text) => !each.barred.some(({ name }) => text.startsWith(`${name} `)))
    return lost.map((reason) => ({ repository: place, file: '', reason }))
  })
  const names = [...new Set([...own.barred, ...below.barred].map(({ name }) => name))]
  const barred = names.map((name) => `Not read: ${name}, all or in part, which GitHub shows to no App.`)
  return { families: { owner: own.families, repositories: below.families }, lacking, barred }
}

/** An owner that a report reads. */
export interface OpenOwner {
  readonly door: OwnerDoor
  readonly client: Client
  /** The variable that the credential came from. */
  readonly credential: string
  /** Where the credential does not see every repository: the rest of the owner is not read. */
  readonly hidden: readonly SurveyGap[]
}

/** Opens an owner with a client that can only read. */
export async function openForReport(
  connection: Connection,
  { owner, declared }: OwnerWords,
  product: string | undefined,
): Promise<OpenOwner> {
  const { door, client } = await openDoor(connection, { owner, declared, product, listing: false })
  const visible = await connection.visible(owner)
  const hidden = visible.sees === 'all' ? [] : [{ repository: owner, file: '', reason: visible.remedy }]
  return { door, client, credential: (await connection.credential(owner)).from, hidden }
}
