// What is run. `in` says where: the check of a commit, the run of a few minutes, or `--full` alone.

const AT_ONCE = [10, 20, 100]
const PLAN = ['plan']
/** A plan has no ledger key. */
const IN_SYNC = /^No changes\.( Ledger not verified\.)?$/m

const range = (latencies, inFlight) =>
  latencies.flatMap((latency) => inFlight.map((many) => ({ latency, inFlight: many })))
const thousands = (count) => count.toLocaleString('en-US')

const WRITTEN = { sets: 'by sets', explicit: 'one by one', aliases: 'one by one by an alias' }

/** Plans of one organization, in sync or drifted. */
function settings(repositories, form, more = {}) {
  const { drift, ledger } = more
  const state = drift === undefined ? 'in sync' : `${drift * 100} % drift`
  const kept = ledger === undefined ? '' : `, ledger in a ${ledger}`
  return {
    name: `plan, ${thousands(repositories)} repositories ${WRITTEN[form]}, ${state}${kept}`,
    world: { kind: 'settings', repositories, form, ...more },
    args: PLAN,
    says:
      drift === undefined
        ? IN_SYNC
        : new RegExp(`^Plan: 0 to add, ${repositories * drift} to change, 0 to delete\\.$`, 'm'),
  }
}

const owned = (owners, repositories) => ({
  name: `plan, ${owners} organizations of ${repositories} repositories by sets`,
  world: { kind: 'settings', owners, repositories, form: 'sets' },
  args: PLAN,
  says: IN_SYNC,
})

const one = (repositories) => ({
  name: `plan, one named repository of ${thousands(repositories)}`,
  world: { kind: 'named', repositories, written: 1, at: 'organization' },
  args: PLAN,
  says: IN_SYNC,
})
const own = {
  name: 'plan, `permissions` and `secrets: {}` of an organization of 10,000',
  world: { kind: 'organization', repositories: 10_000 },
  args: PLAN,
  says: IN_SYNC,
}
const top = (repositories) => ({
  name: `plan, ${thousands(repositories)} repositories under the top-level \`repositories\``,
  world: { kind: 'named', repositories, written: repositories, at: 'top' },
  args: PLAN,
  says: IN_SYNC,
})

/** @param repositories that get five secrets each; the organization alone gets as many as they together */
const applied = (kind, ledger, repositories = 200) => ({
  name: `apply, ${thousands(5 * repositories)} secrets of ${kind === 'organizationSecrets' ? 'one organization' : `${repositories} repositories`}, ledger in a ${ledger}`,
  world: kind === 'organizationSecrets' ? { kind, secrets: 5 * repositories, ledger } : { kind, repositories, ledger },
  args: ['apply', '--auto-approve'],
  says: new RegExp(`^Applied: ${5 * repositories} added, 0 changed, 0 deleted\\.$`, 'm'),
})

const QUICK = 'quick'
const FULL = 'full'
const CHECK = 'check'

/** Each scenario with the latencies and numbers in flight that it is run with. */
const TABLE = [
  [QUICK, settings(100, 'sets'), range([0, 50], AT_ONCE)],
  [QUICK, settings(100, 'explicit'), range([50], [20])],
  [QUICK, settings(100, 'sets', { drift: 0.01 }), range([50], [20])],
  [QUICK, settings(1000, 'sets'), range([50], AT_ONCE)],
  [QUICK, settings(1000, 'sets'), range([0], [20])],
  [QUICK, settings(1000, 'sets', { drift: 0.01 }), range([50], [20, 100])],
  [QUICK, settings(1000, 'explicit'), range([50], [20, 100])],
  [QUICK, settings(1000, 'sets', { ledger: 'file' }), range([50], [20])],
  [QUICK, settings(1000, 'sets', { ledger: 'repository' }), range([50], [20])],
  [QUICK, settings(10_000, 'sets'), range([50], [100])],
  [QUICK, settings(10_000, 'explicit'), range([50], [100])],
  [QUICK, settings(10_000, 'aliases'), range([50], [100])],
  [QUICK, owned(50, 10), range([50], [20, 100])],
  [QUICK, owned(50, 20), range([50], [20, 100])],
  [QUICK, one(10_000), range([50], [20])],
  [QUICK, own, range([50], [20])],
  [QUICK, top(1000), range([50], [20, 100])],
  [QUICK, applied('organizationSecrets', 'file'), range([50], [20])],
  [QUICK, applied('repositorySecrets', 'file'), range([50], [20])],
  [QUICK, applied('organizationSecrets', 'repository'), range([50], [20])],
  [QUICK, applied('repositorySecrets', 'repository'), range([50], [20])],
  [FULL, settings(100, 'explicit'), range([0, 50], AT_ONCE)],
  [FULL, settings(100, 'sets', { drift: 0.01 }), range([0, 50], AT_ONCE)],
  [FULL, settings(100, 'explicit', { drift: 0.01 }), range([0, 50], AT_ONCE)],
  [FULL, settings(1000, 'sets'), range([0, 50], AT_ONCE)],
  [FULL, settings(1000, 'explicit'), range([0, 50], AT_ONCE)],
  [FULL, settings(1000, 'sets', { drift: 0.01 }), range([0, 50], AT_ONCE)],
  [FULL, settings(1000, 'explicit', { drift: 0.01 }), range([0, 50], AT_ONCE)],
  [FULL, settings(10_000, 'sets'), range([0, 50], AT_ONCE)],
  [FULL, settings(10_000, 'explicit'), range([0, 50], AT_ONCE)],
  [FULL, settings(10_000, 'aliases'), range([0, 50], AT_ONCE)],
  [FULL, settings(10_000, 'sets', { drift: 0.01 }), range([0, 50], AT_ONCE)],
  [FULL, settings(10_000, 'explicit', { drift: 0.01 }), range([0, 50], AT_ONCE)],
  [FULL, settings(10_000, 'sets', { ledger: 'file' }), range([0, 50], [20, 100])],
  [FULL, owned(50, 10), range([0, 50], AT_ONCE)],
  [FULL, owned(50, 20), range([0, 50], AT_ONCE)],
  [FULL, one(10_000), range([0, 50], [10, 20, 100])],
  [FULL, own, range([0, 50], [10, 20, 100])],
  [FULL, top(1000), range([0, 50], AT_ONCE)],
  [FULL, applied('organizationSecrets', 'file'), range([0, 50], AT_ONCE)],
  [FULL, applied('repositorySecrets', 'file'), range([0, 50], AT_ONCE)],
  [FULL, applied('organizationSecrets', 'repository'), range([0, 50], AT_ONCE)],
  [FULL, applied('repositorySecrets', 'repository'), range([0, 50], AT_ONCE)],
  [CHECK, settings(100, 'sets'), range([0], [20])],
  [CHECK, settings(100, 'explicit', { drift: 0.01 }), range([0], [20])],
  [CHECK, owned(10, 10), range([0], [20])],
  [CHECK, one(300), range([0], [20])],
  [CHECK, top(100), range([0], [20])],
  [CHECK, applied('organizationSecrets', 'file', 10), range([0], [20])],
  [CHECK, applied('repositorySecrets', 'file', 10), range([0], [20])],
]

/** The scenarios of `quick`, `full` (which has those of `quick` too) or `check`, each once. */
export function scenariosOf(extent) {
  const found = new Map()
  for (const [where, scenario, runs] of TABLE) {
    if (where !== extent && !(extent === FULL && where === QUICK)) continue
    for (const { latency, inFlight } of runs) {
      const id = `${scenario.name}, ${latency} ms, ${inFlight} in flight`
      found.set(id, { ...scenario, id, latency, inFlight, plotted: found.get(id)?.plotted || where === QUICK })
    }
  }
  return [...found.values()]
}
