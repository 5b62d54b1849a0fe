import pLimit from 'p-limit'
import { type Absence, type CleanupEntry, type CleanupPlan, cleanupPlan } from '../cleanup/cleanup-plan.ts'
import { logsLeft } from '../cleanup/logs-left.ts'
import { KINDS, type Rule, type RuleKind } from '../cleanup/policy.ts'
import { readLeftovers } from '../cleanup/read-leftovers.ts'
import { selectByRule } from '../cleanup/select.ts'
import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredMember } from '../core/desired.ts'
import { formatSource, hasErrors } from '../core/diagnostic.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import { sha256 } from '../engine/saved-plan.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import type { RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { ConfigurationError } from './load.ts'
import { makeRun, type Run } from './run.ts'

/** The objects that cleanup would delete, with the run that chose them. */
export interface CleanupRun {
  readonly run: Run
  readonly plan: CleanupPlan
  /** Why the run has no rule at an address of a saved plan. */
  readonly absence: (entry: CleanupEntry) => Absence
}

export interface CleanupOptions {
  /** Whether objects of the last seven days may be chosen. */
  readonly recent: 'kept' | 'chosen too'
  /** Milliseconds since 1970, by a saved plan: nothing that came later is chosen. */
  readonly cutoff?: number | undefined
}

type Section = OwnerState['sections'][number]

/** Finds the repositories that have rules, lists what they hold, and chooses by the rules. Reads only. */
export async function makeCleanup(io: Io, flags: RunFlags, { recent, cutoff }: CleanupOptions): Promise<CleanupRun> {
  const run = await makeRun(io, flags, { purpose: 'apply', values: 'resolved', about: 'policies', chosen: 'unchecked' })
  const { plan } = run.planned
  if (hasErrors(plan)) throw new ConfigurationError(plan.diagnostics.filter(({ severity }) => severity === 'error'))
  const now = run.connection.now().getTime()
  const time = { now, cutoff: Math.min(cutoff ?? now, now), recent }
  const untouched = new Set([...(plan.archived ?? []), ...plan.held_back.map(({ address }) => address)])
  const notRead = run.states.flatMap((state) => state.notRead)
  const entries: CleanupEntry[] = []
  for (const state of run.states) {
    const client = await readerOf(run, state)
    const sections = state.sections.filter(({ section }) => rulesOf(section.members).length > 0)
    const limit = pLimit(flags.parallelism)
    const read = await Promise.all(
      sections.map((section) => limit(() => entriesOf(client, section, time, (address) => !untouched.has(address)))),
    )
    for (const outcome of read) {
      if ('reason' in outcome) notRead.push(outcome)
      else append(entries, outcome.entries)
    }
  }
  const facts = {
    host: run.connection.api.host,
    cutoff: new Date(time.cutoff).toISOString(),
    recent: recent === 'chosen too',
    entries,
    not_read: notRead.map(({ scope, reason }) => ({ scope, reason: run.values.scrub(reason) })),
  }
  return { run, plan: cleanupPlan(facts, sha256), absence: absenceIn(run) }
}

function absenceIn({ states, configuration, input, planned }: Run): (entry: CleanupEntry) => Absence {
  const declared = new Set(states.flatMap((state) => state.addresses().map(({ address }) => address)))
  const held = new Set(planned.plan.held_back.map(({ address }) => address))
  return ({ address, owner, repo }) => {
    const state = states.find((each) => each.owner === owner)
    const isNarrow = (input.flags.target ?? []).length > 0
    if (state === undefined) {
      return configuration.owners.some(({ name }) => name === owner) ? 'left out' : 'changed'
    }
    if (held.has(address)) return 'gone'
    if (declared.has(address)) return isNarrow ? 'left out' : 'gone'
    const listed = state.sections[0]?.known.repositories.byName
    return listed !== undefined && state.beyond === undefined && !listed.has(repo) ? 'gone' : 'changed'
  }
}

async function readerOf({ connection }: Run, { owner, product }: OwnerState): Promise<Client> {
  return connection.reader(await connection.credential(owner), await connection.server(owner), product)
}

function rulesOf(
  members: readonly DesiredMember[],
): readonly { readonly kind: RuleKind; readonly member: DesiredMember }[] {
  return members.flatMap((member) => {
    const kind = KINDS.find((each) => each === member.key)
    return kind === undefined || member.state !== 'present' ? [] : [{ kind, member }]
  })
}

async function entriesOf(
  client: Client,
  { section, known }: Section,
  time: Parameters<typeof selectByRule>[3],
  mayTouch: (address: string) => boolean,
): Promise<{ readonly entries: readonly CleanupEntry[] } | { readonly scope: string; readonly reason: string }> {
  const { scope, members } = section
  const rules = rulesOf(members)
  try {
    const { owner = '', repo = '' } = scopeParams(scope)
    const kinds = rules.filter(({ member }) => mayTouch(member.address)).map(({ kind }) => kind)
    const found = await readLeftovers(client, { owner, repo }, kinds, time.now)
    const id = known.repositories.byName.get(repo)?.id ?? 0
    const entries: CleanupEntry[] = []
    for (const { kind, member } of rules) {
      const rule = member.spec as Rule
      const all = mayTouch(member.address) ? selectByRule(kind, rule, found, time) : []
      const chosen = kind === 'logs' ? await logsLeft(client, { owner, repo }, all) : all
      entries.push({
        address: member.address,
        kind,
        owner,
        repo,
        repository_id: id,
        rule,
        source: formatSource(member.source),
        ids: chosen.map((each) => each.id),
        sizes: chosen.map(({ bytes }) => bytes),
      })
    }
    return { entries }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { scope: formatScope(scope as Scope), reason: error.message }
  }
}
