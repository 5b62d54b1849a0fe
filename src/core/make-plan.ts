import { byText, formatScope } from './address.ts'
import type { Approvals } from './approval.ts'
import { judge } from './approvals.ts'
import { digestParts } from './canonical.ts'
import { countRequests } from './count-requests.ts'
import { type Diagnostic, sortDiagnostics } from './diagnostic.ts'
import type { Family } from './family.ts'
import type { GuardSettings } from './guards.ts'
import { type HeldBack, sortHeldBack, withExplanations } from './held-back.ts'
import { countLeftAlone } from './left-alone.ts'
import { type Observations, observationsOf } from './observations.ts'
import type { PassedOver } from './passed-over.ts'
import { FORMAT_VERSION, type NotRead, type Plan, type PlanFlags, type ValueNeeded } from './plan.ts'
import { ledgerInTarget, type PlanLedger } from './plan-ledger.ts'
import { planSections, type SectionToPlan } from './plan-sections.ts'
import { planTarget } from './plan-target.ts'
import { reachTable, settleOpen } from './reach.ts'
import type { ReachRepository } from './reach-table.ts'
import type { Rolling } from './rolling.ts'
import { ownerOf, repositoryIn } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Work } from './work.ts'

export interface PlanInput {
  readonly host: string
  /** Only sections of scopes that were read whole. */
  readonly sections: readonly SectionToPlan[]
  /** All families, to find those that the configuration does not mention. */
  readonly families: readonly Family[]
  readonly notRead: readonly NotRead[]
  /** Earlier findings: of the configuration, or of its resolution. */
  readonly diagnostics: readonly Diagnostic[]
  /** Errors of the YAML that hold also where a part of it is held back; planning may find them, too. */
  readonly contradictions?: readonly Diagnostic[]
  /**
   * Settings that were held back when the configuration was resolved; of members that are planned, `withheld` has the
   * fields.
   */
  readonly heldBack: readonly HeldBack[]
  readonly flags: PlanFlags
  /** The addresses that one had under names that its repository had before, and that mean nothing else now. */
  formerly?(address: string): readonly string[]
  /** Scopes that `--owner` and `--target` leave out unread. */
  readonly leftOut: readonly string[]
  /** Patterns of the configuration that pass over archived repositories. */
  readonly passedOver?: readonly PassedOver[]
  /** Addresses of sections that another run writes before this plan is applied. */
  readonly awaited?: readonly string[]
  /** The part of everything that was read, by a rolling run. */
  readonly rolling?: Rolling
  readonly guards: GuardSettings
  readonly approvals: Approvals
  /** Whether there is a ledger key. */
  readonly keyed: boolean
  readonly ledger?: PlanLedger
  /** SHA-256 of the pieces of a text, in lower-case hexadecimal. */
  digest(parts: Iterable<string>): string
}

export interface Planned {
  readonly plan: Plan
  /** One for each change of the plan, in the same order. */
  readonly works: readonly Work[]
  /** The readings of every address, also where nothing changes. */
  readonly observations: Observations
}

/** With these, each of a repository's secret, a run takes nearly 400 MB, and 6 s of CPU. */
const MOST_CHANGES = 100_000

/**
 * Compares the desired with the live state. The one computation behind preview and apply; pure. In which order sections
 * were read makes no difference.
 * @param most changes
 * @throws SetupError where there are more
 */
export function makePlan(input: PlanInput, most = MOST_CHANGES): Planned {
  const inTarget = planTarget(input)
  const planned = planSections(input, inTarget, most)
  const all = planned
    .flatMap(({ own }) => own.works)
    .sort((left, right) => byText(left.change.address, right.change.address))
  const works = all.filter(({ change }) => inTarget(change.address))
  const found = planned.flatMap(({ own }) => own.diagnostics)
  const diagnostics = [...input.diagnostics, ...found, ...notAmong(found, input.contradictions)].filter(
    ({ address }) => address === undefined || inTarget(address),
  )
  const body = {
    format_version: FORMAT_VERSION,
    host: input.host,
    complete: input.notRead.length === 0,
    changes: works.map(({ change }) => change),
  } as const
  const { rows, open } = settleOpen(
    planned.flatMap(({ own }) => own.reach).filter(({ address }) => inTarget(address)),
    new Set(works.flatMap(({ opens, scope }) => (opens ? ownerOf(scope) : []))),
  )
  const reach = reachTable(
    rows,
    ownRepositories(planned, works),
    works.flatMap(({ change: { address }, visibility = 'private', admits }) =>
      admits ? [{ address, visibility, ...admits }] : [],
    ),
    open,
  )
  const archived = sorted(planned.flatMap(({ own }) => own.archived)).filter(inTarget)
  const digest = input.digest(digestParts(body))
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
  const { diagnostics: notes, ...judgement } = judge(
    { works, digest, complete: body.complete, flags: input.flags, leftOut: input.leftOut, hasErrors },
    input.guards,
    input.approvals,
  )
  const alsoHeld = new Map(planned.flatMap(({ own }) => [...own.alsoHeld]))
  const ledger = ledgerInTarget(input.ledger, inTarget)
  const plan: Plan = {
    ...body,
    digest,
    not_read: [...input.notRead].sort((left, right) => byText(left.scope, right.scope)),
    diagnostics: sortDiagnostics([...notes, ...diagnostics]),
    held_back: sortHeldBack(
      [...withExplanations(input.heldBack, alsoHeld), ...planned.flatMap(({ own }) => own.heldBack)].filter(
        ({ address }) => inTarget(address),
      ),
    ),
    ...judgement,
    values_needed: valuesNeeded(works),
    secrets: {
      unknown: sorted(planned.flatMap(({ own }) => own.unknown).filter(inTarget)),
      not_compared: sorted(planned.flatMap(({ own }) => own.notCompared).filter(inTarget)),
      keyed: input.keyed,
    },
    ...(ledger ? { ledger } : {}),
    left_alone: countLeftAlone(planned, input.families, new Set(input.leftOut)),
    ...(archived.length > 0 ? { archived } : {}),
    left_out: [
      ...input.leftOut,
      ...sorted(all.map(({ change }) => change.address).filter((address) => !inTarget(address))),
    ],
    ...(input.passedOver?.length ? { passed_over: input.passedOver } : {}),
    ...(input.rolling ? { rolling: input.rolling } : {}),
    flags: input.flags,
    requests: countRequests(works),
    ...(reach ? { reach } : {}),
  }
  return { plan, works, observations: observationsOf(planned) }
}

function notAmong(found: readonly Diagnostic[], more: readonly Diagnostic[] = []): readonly Diagnostic[] {
  if (more.length === 0) return []
  const words = ({ address, message }: Diagnostic): string => `${address} ${message}`
  const told = new Set(found.map(words))
  return more.filter((each) => !told.has(words(each)))
}

/** The repositories whose own settings change. */
function ownRepositories(
  planned: readonly { readonly facts: SectionFacts }[],
  works: readonly Work[],
): readonly ReachRepository[] {
  const changed = new Set(works.map(({ scope }) => formatScope(scope)))
  const found: ReachRepository[] = []
  for (const { scope, known } of planned.map(({ facts }) => facts)) {
    const own = repositoryIn(scope)
    if (own === undefined || !changed.has(formatScope(scope))) continue
    const repository = known.repositories.byName.get(own.repo)
    if (repository) found.push({ name: `${ownerOf(scope)}/${repository.name}`, visibility: repository.visibility })
  }
  return found
}

function valuesNeeded(works: readonly Work[]): ValueNeeded[] {
  const bySource = new Map<string, string[]>()
  for (const { change, value } of works) {
    if (!value) continue
    const addresses = bySource.get(value.source)
    if (addresses === undefined) bySource.set(value.source, [change.address])
    else addresses.push(change.address)
  }
  return sorted([...bySource.keys()]).map((source) => ({ source, addresses: bySource.get(source) ?? [] }))
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort(byText)
}
