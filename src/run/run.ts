import type { Configuration } from '../config/configuration.ts'
import { strangeOwnersIn } from '../config/idle.ts'
import { firstProblems, sortProblems } from '../config/problems.ts'
import { acceptedIds } from '../core/accepted.ts'
import { makePlan, type PlanInput, type Planned } from '../core/make-plan.ts'
import type { Route } from '../core/routes.ts'
import { ownerOf } from '../core/scope.ts'
import type { SecretFacts } from '../core/secret-state.ts'
import type { NameNotes } from '../engine/notes.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import { sha256, sha256Of } from '../engine/saved-plan.ts'
import type { Purpose } from '../github/checkup.ts'
import { type Ledger, openLedger } from '../secrets/ledger.ts'
import type { Values } from '../secrets/values.ts'
import { knowingBelow } from './below.ts'
import { checkChoices } from './choices.ts'
import { chosenOwners, refuseUnnamed } from './chosen-owners.ts'
import { confirmedOnNames } from './confirmed-on-names.ts'
import { type Connection, connect, rememberingReads } from './connect.ts'
import { parseAccept, parseAllow, type RunFlags } from './flags.ts'
import { guardSettings } from './guard-settings.ts'
import type { Held } from './held.ts'
import { holdRivals } from './hold-rivals.ts'
import type { Io } from './io.ts'
import { forgottenMembers, forgottenVersions, keepsLedger } from './kept-ledger.ts'
import { ledgerFacts, ledgerWarnings } from './ledger-facts.ts'
import { ledgerOptions } from './ledger-store.ts'
import { ConfigurationError } from './load.ts'
import { loadFor } from './load-for.ts'
import { misplacedFiles } from './misplaced-files.ts'
import { formerlyIn, isForeignIn, nameNotes } from './name-notes.ts'
import { optionalRoutes, routesNeeded } from './needs.ts'
import { ownRun } from './own-run.ts'
import { type OwnersRead, readOwners } from './read-owners.ts'
import type { RollingFlags } from './reading.ts'
import { refuseContradictions } from './refuse-contradictions.ts'
import { checkRotatedSources, rotation } from './rotation.ts'
import { openRunValues } from './run-values.ts'
import { collectSecretFacts, movedBoxes } from './secret-facts.ts'
import { awaitedSections } from './sections-above.ts'
import type { Units } from './units.ts'

export interface RunOptions {
  /** The purpose that a GitHub App's token is requested for. */
  readonly purpose: Exclude<Purpose, 'report'>
  /** `ignored` on events that carry a pull request: no value is read, and the ledger's key is not used. */
  readonly values: 'resolved' | 'ignored'
  /** `reads`: a second plan of the run does not ask GitHub again. Nothing where left out. */
  readonly remember?: 'reads' | 'nothing'
  /** Digests of the reviewed plan, beside that of the plan. */
  readonly heldTo?: readonly string[]
  /**
   * Addresses of a saved plan, which `--target` may name though they are done and gone; `unchecked` where each word of the
   * flags was seen to choose something before, or is none of a person's.
   */
  readonly chosen?: readonly string[] | 'unchecked'
  /** Whether the units of the run are asked for afterwards. */
  readonly keepUnits?: boolean
  /** How a part of everything is chosen; all is read where it is left out. */
  readonly rolling?: (connection: Connection, owners: Configuration['owners']) => Promise<RollingFlags>
  /** `policies`: the run is about what a configuration declares beside families, of which no plan is made. */
  readonly about?: 'families' | 'policies'
  /** Routes beside those of the plan, used where a GitHub App was granted them. */
  readonly besides?: readonly Route[]
  /** Runs before anything is read. @throws RefusedRun to end the run */
  readonly before?: (connection: Connection, configuration: Configuration) => Promise<void>
}

/** The parts that every plan needs: the connection to GitHub, the ledger, the values. */
export interface Session {
  readonly connection: Connection
  readonly values: Values
  readonly ledger: Ledger
}

/** A plan, with all that applying it takes. */
export interface Run extends Session {
  readonly configuration: Configuration
  /** The input of the plan. */
  readonly input: PlanInput
  readonly planned: Planned
  readonly states: readonly OwnerState[]
  /** Empty unless they were to be kept. */
  readonly units: Units
  /** Notes about names that applying saves, beside its writes. */
  readonly names: NameNotes
}

/**
 * Configuration, live state, plan: the part that `plan`, `apply` and `drift` share. Reads only.
 * @throws ConfigurationError, SetupError
 */
export async function makeRun(
  io: Io,
  flags: RunFlags,
  options: RunOptions = { purpose: 'plan', values: 'resolved' },
): Promise<Run> {
  parseAllow(flags.allow)
  parseAccept(flags.accept)
  const configuration = await loadFor(io, flags, options.about ?? 'families')
  const forgotten = forgottenVersions(io.env, configuration)
  if (forgotten.length > 0) throw new ConfigurationError(forgotten)
  const owners = chosenOwners(configuration, flags.owner)
  if (options.values !== 'ignored') refuseUnnamed(configuration, owners)
  // Organizations are planned as if the enterprise of the YAML were in force: a fault of that is one of theirs.
  const doubted = refuseContradictions(
    configuration,
    [...owners.run, ...owners.unnamed].map(({ name }) => name),
  )
  const misplaced = await misplacedFiles(io.cwd, configuration, flags.values)
  if (misplaced.length > 0) throw new ConfigurationError(firstProblems(sortProblems(misplaced)))
  checkRotatedSources(configuration, flags.rotate ?? [], flags.owner)
  const session = await openSession(io, flags, configuration, options)
  const { heldTo: digests, chosen = [] } = options
  const rolls = await options.rolling?.(session.connection, owners.run)
  const held = { digests, doubted, rolls, keepUnits: options.keepUnits, chosen: chosen === 'unchecked' ? [] : chosen }
  const run = { ...session, configuration, ...(await planWith(io, flags, session, configuration, held)) }
  if (options.chosen !== 'unchecked') checkChoices(run, flags, options.chosen ?? [])
  return run
}

async function openSession(
  io: Io,
  flags: RunFlags,
  configuration: Configuration,
  { purpose, values: resolve, remember, besides = [], before }: RunOptions,
): Promise<Session> {
  const ignored = resolve === 'ignored'
  if (ignored) io.stderr(`${IGNORED}\n`)
  const values = await openRunValues(io, configuration, { dir: flags.values, resolve: ignored ? 'ignored' : 'read' })
  const { families } = configuration
  const routes = (owner: string): readonly Route[] => routesNeeded(configuration, owner, families, purpose)
  const also = (owner: string): readonly Route[] => [...optionalRoutes(configuration, owner, families), ...besides]
  const connection = await connect(io, flags, configuration.github, routes, also)
  await before?.(connection, configuration)
  const ledger = await openLedger({
    ...(await ledgerOptions(io, connection, configuration, ignored ? {} : io.env)),
    now: connection.now,
    values,
  })
  return { connection: remember === 'reads' ? rememberingReads(connection) : connection, values, ledger }
}

const NONE: readonly string[] = []
const IGNORED =
  'This event carries a pull request: no value is read, and the ledger key is not used where there is one.'

/**
 * Plans one configuration against the state of GitHub.
 * @param held `digests`: those of the reviewed plan, beside that of this plan; `doubted`: errors that names may refute;
 * `chosen`: the addresses of a saved plan; `rolls`: how a part of everything is chosen, where not all is read
 */
export async function planWith(
  io: Io,
  flags: RunFlags,
  session: Session,
  configuration: Configuration,
  held: Held = {},
): Promise<PlannedRun> {
  const { connection, ledger } = session
  const owners = chosenOwners(configuration, flags.owner)
  ledger.assume([])
  const accepted = acceptedIds([...configuration.accept, ...parseAccept(flags.accept)])
  const identities = { recorded: ledger.recordedIds(), holders: ledger.holders(), accepted }
  // A run for a pull request names them, and does not read them.
  const told = connection.enterprises === 'read' ? owners.run : [...owners.run, ...owners.unnamed]
  const chosen = held.chosen ?? []
  const { rolls: rolling, keepUnits = false } = held
  let read = await readOwners(io, connection, told, { configuration, flags, identities, chosen, rolling, keepUnits })
  for (;;) {
    const plan = await planFrom(io, flags, session, configuration, { ...held, owners, read })
    // A plan that asked for repositories which were not read is dropped.
    const more = read.more()
    if (more === undefined) return plan
    read = await more
  }
}

type PlannedRun = Pick<Run, 'input' | 'planned' | 'states' | 'names' | 'units'>

type Planning = Held & { readonly owners: ReturnType<typeof chosenOwners>; readonly read: OwnersRead }

/** Plans what was read. */
async function planFrom(
  io: Io,
  flags: RunFlags,
  { connection, ledger, values }: Session,
  configuration: Configuration,
  { digests = [], doubted = [], owners, read }: Planning,
): Promise<PlannedRun> {
  ledger.assume([])
  const { rolling, units } = read
  const states = holdRivals(read.states)
  const names = nameNotes(states, acceptedIds([...configuration.accept, ...parseAccept(flags.accept)]))
  ledger.assume(names.renames)
  const facts = await collectSecretFacts(states, ledger, isForeignIn(states))
  const rotates = rotation(flags.rotate ?? [])
  const own = await ownRun(io.env, io.cwd)
  const guards = guardSettings(configuration.guards, flags.protect ?? [], parseAllow(flags.allow), own)
  const formerly = formerlyIn(states)
  const unlisted = ({ section }: OwnerState['sections'][number]): readonly string[] =>
    own?.owner === ownerOf(section.scope) ? [own.repo] : NONE
  const factsOf = (address: string): SecretFacts | undefined => facts.get(address)
  const withBelow = knowingBelow(states)
  const input: PlanInput = {
    host: connection.api.host,
    sections: states.flatMap(({ sections }) =>
      sections.map((read) => {
        const { section, family, known, live, ids } = read
        const { scope } = section
        const of = { known: withBelow(scope, known), ids, hash: sha256, facts: factsOf, rotates }
        return { section, live, facts: { scope, family, unlisted: unlisted(read), ...of } }
      }),
    ),
    // GitHub's messages go into saved plans and reports, too.
    notRead: states.flatMap(({ notRead }) =>
      notRead.map((place) => ({ ...place, reason: values.scrub(place.reason) })),
    ),
    diagnostics: [
      ...configuration.warnings,
      ...strangeOwnersIn('--protect', flags.protect ?? [], configuration.owners),
      ...strangeOwnersIn('--accept', flags.accept ?? [], configuration.owners),
      ...states.flatMap(({ diagnostics }) => diagnostics),
      ...movedBoxes(states, ledger, configuration),
      ...states
        .flatMap(({ sections }) => sections)
        .flatMap(({ section, known }) => forgottenMembers(io.env, configuration, [section], known.product)),
      ...ledgerWarnings(states, ledger, configuration),
    ],
    contradictions: confirmedOnNames(doubted, states),
    heldBack: states.flatMap(({ heldBack }) => heldBack),
    flags: { owner: flags.owner ?? [], target: flags.target ?? [], rotate: flags.rotate ?? [] },
    leftOut: [...new Set([...owners.leftOut, ...states.flatMap(({ leftOut }) => leftOut)])],
    passedOver: states.flatMap(({ passedOver = [] }) => passedOver),
    awaited: connection.enterprises === 'read' ? [] : awaitedSections(configuration),
    families: configuration.families,
    formerly: (address) => formerly(address, 'aliases'),
    guards: { ...guards, formerly: (address) => formerly(address, 'formers') },
    approvals: {
      ...configuration.approvals,
      heldTo: digests,
      spent: keepsLedger(io.env, configuration.ledger) ? ledger.spentApprovals() : undefined,
    },
    ...(rolling ? { rolling } : {}),
    keyed: ledger.keyed,
    ledger: ledgerFacts(ledger, facts),
    digest: sha256Of,
  }
  return { input, planned: makePlan(input), states, names, units }
}
