// Runs scenarios, those of one world and latency on one sandbox.
import { leastOf } from './least.mjs'
import { unmet, wallBound } from './limits.mjs'
import { leastOfRuns, measure } from './measure.mjs'
import { readNaively } from './naive.mjs'
import { serveWorld } from './sandbox.mjs'

/** Short runs are repeated, since other load on the machine counts most in them. */
const MOST_RUNS = 3
const PATIENCE_MS = 8000
/** GitHub takes 100 requests at once; octoform keeps one of them for the token of an App. */
const MOST_PARALLELISM = 99

/**
 * @param say is told of each scenario before it runs
 * @param naive whether a naive reader is measured beside it
 * @param validate whether to measure what is taken off wall and CPU; where not, nothing is
 * @returns a row for each scenario, in their order, and why others could not be run
 */
export async function runScenarios(scenarios, { say, naive = true, validate = true, runs = MOST_RUNS }) {
  const found = { rows: [], failures: [] }
  const validated = new Map()
  for (const group of grouped(scenarios)) {
    const [{ world, latency }] = group
    say(`world: ${JSON.stringify(world)}, ${latency} ms`)
    const sandbox = await serveWorld(world, latency)
    try {
      const key = JSON.stringify(world)
      if (!validated.has(key)) validated.set(key, await alone(sandbox, validate ? runs : 0))
      const beside = naive ? await besides(sandbox, latency) : undefined
      for (const scenario of group) {
        say(`  ${scenario.id}`)
        const row = (measured) => rowOf(scenario, measured, validated.get(key), beside)
        found.rows.push(row(await repeat(scenario, sandbox, runs, (measured) => row(measured).unmet.length > 0)))
      }
    } catch (error) {
      for (const { id } of group) {
        if (!found.rows.some(({ scenario }) => scenario.id === id)) found.failures.push({ id, why: error.message })
      }
      say(error.message)
    } finally {
      await sandbox.stop()
    }
  }
  const order = scenarios.map(({ id }) => id)
  found.rows.sort((left, right) => order.indexOf(left.scenario.id) - order.indexOf(right.scenario.id))
  return found
}

function grouped(scenarios) {
  const groups = new Map()
  for (const scenario of scenarios) {
    const key = JSON.stringify([scenario.world, scenario.latency])
    groups.set(key, [...(groups.get(key) ?? []), scenario])
  }
  return groups.values()
}

async function alone(sandbox, runs) {
  if (runs === 0) return { wall: 0, cpu: 0 }
  return leastOfRuns(
    await several(runs, async () => expectSuccess(await measure(sandbox.files, ['validate']), /valid/)),
  )
}

async function besides(sandbox, latency) {
  const found = {}
  for (const how of ['serial', 'ten']) {
    found[how] = await readNaively(sandbox.url, sandbox.items, latency, how)
    await sandbox.reset()
  }
  sandbox.log()
  return { requests: found.ten.requests, ...found }
}

/** @param isUnmet whether what was measured so far is above a limit */
async function repeat({ args, says, inFlight }, sandbox, runs, isUnmet) {
  const parallelism = String(Math.min(inFlight, MOST_PARALLELISM))
  const run = async () => {
    const measured = await measure(sandbox.files, [...args, '--parallelism', parallelism, '--api-url', sandbox.url])
    expectSuccess(measured, says)
    if (args[0] === 'apply') await sandbox.reset()
    return { ...measured, routes: countRoutes(sandbox.log()) }
  }
  return summed(await several(runs, run, (measured) => isUnmet(summed(measured))))
}

function summed(measured) {
  const counts = measured.map(({ routes }) => routes)
  const [most] = counts.toSorted((left, right) => total(right) - total(left))
  return { ...leastOfRuns(measured), requests: total(most), routes: most }
}

/** So many runs, or as many as fit into the patience, and more of them where a limit is not met. */
async function several(runs, run, isUnmet = () => false) {
  const measured = [await run()]
  let spent = measured[0].wall
  while (measured.length < runs && (spent < PATIENCE_MS || isUnmet(measured))) {
    measured.push(await run())
    spent += measured.at(-1).wall
  }
  return measured
}

/** @throws Error where the run did something else than what was to be measured */
function expectSuccess(run, says) {
  if (run.code === 0 && says.test(run.said)) return run
  throw new Error(`exit code ${run.code}, and not ${says}\n${run.said.slice(-2000)}`)
}

function countRoutes(log) {
  const counts = {}
  for (const { method, route, status } of log) {
    const key = `${method} ${route ?? 'of no route'} ${status}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0)

function rowOf(scenario, measured, validated, naive) {
  const { latency, inFlight, world } = scenario
  const least = leastOf(world)
  const bound = wallBound({ least, inFlight, latency })
  const row = {
    scenario,
    ...measured,
    least,
    bound,
    validated,
    naive,
    wallRatio: bound === 0 ? undefined : (measured.wall - validated.wall) / bound,
    cpuOfRequest: (measured.cpu - validated.cpu) / measured.requests,
  }
  return { ...row, unmet: unmet(row) }
}
