import type { Configuration } from '../config/configuration.ts'
import { listingNeeds } from '../config/listing.ts'
import { loadConfiguration } from '../config/load.ts'
import { resolveOwner } from '../config/resolve.ts'
import { type Diagnostic, formatDiagnostic } from '../core/diagnostic.ts'
import { matchAny } from '../core/glob.ts'
import { makePlan, type Planned } from '../core/make-plan.ts'
import { ownerOf } from '../core/scope.ts'
import { sectionAddress } from '../engine/known.ts'
import { sha256 } from '../engine/saved-plan.ts'
import { type Survey, surveyOwner } from '../engine/survey.ts'
import { families } from '../families/index.ts'
import { deriveKeys } from '../secrets/keys.ts'
import { type Ledger, openLedger } from '../secrets/ledger.ts'
import { fileStore } from '../secrets/store-file.ts'
import { openValues, type Values } from '../secrets/values.ts'
import { type Connection, connect } from './connect.ts'
import { checkGlobs, parseAllow, type RunFlags } from './flags.ts'
import { guardSettings } from './guard-settings.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'
import { collectSecretFacts } from './secret-facts.ts'

/** The configuration has errors; the message is all of them, each with its place. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly problems: readonly Diagnostic[]
  constructor(problems: readonly Diagnostic[]) {
    super(problems.map(formatDiagnostic).join('\n'))
    this.problems = problems
  }
}

/** A plan, with all that applying it takes. */
export interface Run {
  readonly planned: Planned
  readonly connection: Connection
  readonly surveys: readonly Survey[]
  readonly values: Values
  readonly ledger: Ledger
}

/**
 * Configuration, live state, plan: what `plan`, `apply` and `drift` share. Reads only.
 * @throws ConfigurationError, SetupError
 */
export async function makeRun(io: Io, flags: RunFlags): Promise<Run> {
  const allow = parseAllow(flags.allow)
  checkGlobs(flags)
  const configuration = await load(io, flags.config)
  const values = openValues({
    env: io.env,
    cwd: io.cwd,
    ...(flags.values === undefined ? {} : { valuesDir: flags.values }),
  })
  io.hide((text) => values.scrub(text))
  const connection = await connect(io, flags, configuration.github)
  const keys = await deriveKeys(io.env.OCTOFORM_LEDGER_KEY)
  const { host } = connection.api
  const ledger = await openLedger({ store: fileStore(configuration.ledgerPath), host, keys, values })
  const owners = chosenOwners(configuration, flags.owner)
  const surveys = await surveyOwners(io, connection, configuration, owners.run, flags)
  const facts = await collectSecretFacts(surveys, ledger)
  const rotates = matchAny(flags.rotate ?? [])
  const guards = guardSettings(configuration.guards, flags.protect ?? [], allow, io.env)
  const unlisted = ({ section }: Survey['sections'][number]): readonly string[] =>
    guards.self?.owner === ownerOf(section.scope) ? [guards.self.repo] : []
  const planned = makePlan({
    host,
    sections: surveys.flatMap(({ sections }) =>
      sections.map((read) => {
        const { section, family, known, live, ids } = read
        const { scope } = section
        const of = { facts: (address: string) => facts.get(address), rotates, unlisted: unlisted(read) }
        return { section, live, facts: { scope, family, known, ids, ...of } }
      }),
    ),
    notRead: surveys.flatMap(({ notRead }) => notRead),
    diagnostics: surveys.flatMap(({ diagnostics }) => diagnostics),
    flags: { owner: flags.owner ?? [], target: flags.target ?? [], rotate: flags.rotate ?? [] },
    leftOut: [...owners.leftOut, ...surveys.flatMap(({ leftOut }) => leftOut)],
    families,
    guards,
    keyed: ledger.keyed,
    hash: sha256,
  })
  return { planned, connection, surveys, values, ledger }
}

/** @throws ConfigurationError */
export async function load(io: Io, paths: readonly string[]): Promise<Configuration> {
  const { configuration, problems } = await loadConfiguration(paths, io.cwd, families)
  if (!configuration) throw new ConfigurationError(problems)
  return configuration
}

type Owner = Configuration['owners'][number]

async function surveyOwners(
  io: Io,
  connection: Connection,
  configuration: Configuration,
  owners: readonly Owner[],
  flags: RunFlags,
): Promise<Survey[]> {
  const surveys: Survey[] = []
  const current = { owner: '' }
  const progress = startProgress(io, () => `reading ${current.owner}: ${connection.requests()} requests`)
  try {
    for (const owner of owners) {
      current.owner = owner.name
      surveys.push(await survey(connection, configuration, owner, flags))
    }
  } finally {
    progress.end()
  }
  return surveys
}

async function survey(
  connection: Connection,
  configuration: Configuration,
  owner: Owner,
  flags: RunFlags,
): Promise<Survey> {
  const credential = await connection.credential(owner.name)
  const server = await connection.server(owner.name)
  const targeted = targetFilter(flags.target ?? [])
  return surveyOwner({
    owner: {
      name: owner.name,
      declared: owner.by === 'organization' ? 'organization' : 'owner of repositories',
      listing: listingNeeds(configuration, owner.name, families),
      resolve: (repositories) => {
        const { sections, diagnostics } = resolveOwner(configuration, owner.name, repositories, families)
        const leftOut = sections.filter((section) => !targeted(section)).map(sectionAddress)
        return { sections: sections.filter(targeted), diagnostics, leftOut }
      },
    },
    families,
    server,
    configuredProduct: configuration.github.product,
    client: (product) => connection.reader(credential, server, product),
    sees: credential.repositories,
    inRun: flags.target && flags.target.length > 0 ? matchAny(flags.target) : () => true,
  })
}

/** With `--target`, a section that holds nothing the globs name is not read; what policies need from above is. */
function targetFilter(
  globs: readonly string[],
): (section: ReturnType<typeof resolveOwner>['sections'][number]) => boolean {
  if (globs.length === 0) return () => true
  const matches = matchAny(globs)
  const needed = new Set(families.flatMap(({ needs }) => (needs ?? []).map(({ family }) => family)))
  return ({ members, prune, family, scope }) => {
    if (prune.length > 0 || members.some(({ address }) => matches(address))) return true
    return needed.has(family) && scope.type !== 'repository'
  }
}

function chosenOwners(
  configuration: Configuration,
  names: readonly string[] | undefined,
): { readonly run: readonly Owner[]; readonly leftOut: readonly string[] } {
  if (!names || names.length === 0) return { run: configuration.owners, leftOut: [] }
  const wanted = new Set(names.flatMap((name) => name.split(',')).map((name) => name.toLowerCase()))
  const unknown = [...wanted].filter((name) => !configuration.owners.some((owner) => owner.name === name))
  if (unknown.length > 0) {
    const message = `--owner ${unknown.join(', ')}: the configuration names only ${configuration.owners.map(({ name }) => name).join(', ')}`
    throw new ConfigurationError([{ severity: 'error', message }])
  }
  const run = configuration.owners.filter(({ name }) => wanted.has(name))
  const leftOut = configuration.owners.filter(({ name }) => !wanted.has(name)).map(placeOf)
  return { run, leftOut }
}

function placeOf({ name, by }: Owner): string {
  return by === 'organization' ? `orgs/${name}` : `repos/${name}`
}
