// `npm run bench:check`: the smallest scenarios beside bench/baseline.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.mjs'
import { runScenarios } from './run-scenarios.mjs'
import { scenariosOf } from './scenarios.mjs'

const BASELINE = join(import.meta.dirname, 'baseline.json')
const MORE_MEMORY = 1.2

/** Runs the smallest scenarios, and keeps what they take as the baseline. */
export async function writeBaseline(say) {
  const { empty, rows } = await smallest(say, scenariosOf('check'), 3)
  const scenarios = Object.fromEntries(
    rows.map(({ scenario, requests, megabytes }) => [scenario.id, { requests, megabytes: Math.round(megabytes) }]),
  )
  const baseline = { node: process.version, empty_megabytes: Math.round(empty), scenarios }
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`)
  return baseline
}

async function smallest(say, scenarios, runs) {
  const { rows, failures } = await runScenarios(scenarios, { say, naive: false, validate: false, runs })
  if (failures.length > 0) throw new Error(failures.map(({ id, why }) => `${id}: ${why}`).join('\n'))
  const empties = []
  for (let run = 0; run < runs; run += 1) empties.push((await measure({}, [])).megabytes)
  return { empty: Math.min(...empties), rows }
}

/** What is worse than the baseline, each with its scenario. */
function worse({ empty, rows }, { empty_megabytes, scenarios }) {
  // Another release of Node may take more by itself.
  const more = Math.max(0, empty - empty_megabytes)
  return rows.flatMap(({ scenario, requests, megabytes }) => {
    const before = scenarios[scenario.id]
    if (before === undefined) return [{ scenario, what: 'no baseline; write it with: npm run bench -- --baseline' }]
    const most = before.megabytes * MORE_MEMORY + more
    return [
      ...(requests > before.requests
        ? [{ scenario, what: `${requests} requests, and ${before.requests} before` }]
        : []),
      ...(megabytes > most ? [{ scenario, what: `${megabytes.toFixed(0)} MB, and at most ${most.toFixed(0)}` }] : []),
    ]
  })
}

if (import.meta.filename === process.argv[1]) {
  const baseline = JSON.parse(readFileSync(BASELINE, 'utf8'))
  const seen = await smallest(() => undefined, scenariosOf('check'), 1)
  for (const { scenario, requests, megabytes } of seen.rows) {
    console.log(`${scenario.id}: ${requests} requests, ${megabytes.toFixed(0)} MB`)
  }
  const doubtful = new Set(worse(seen, baseline).map(({ scenario }) => scenario))
  // Once more: how much memory is taken before it is collected depends on what else the machine does.
  const found = doubtful.size === 0 ? [] : worse(await smallest(() => undefined, [...doubtful], 3), baseline)
  for (const { scenario, what } of found) console.error(`worse than bench/baseline.json: ${scenario.id}: ${what}`)
  process.exitCode = found.length === 0 ? 0 : 1
}
