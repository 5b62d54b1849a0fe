// `npm run bench:check`: the smallest scenarios beside bench/baseline.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.mjs'
import { runScenarios } from './run-scenarios.mjs'
import { scenariosOf } from './scenarios.mjs'

const BASELINE = join(import.meta.dirname, 'baseline.json')
const MORE_MEMORY = 1.2

/** Runs them, and keeps what they take as the baseline. */
export async function writeBaseline(say) {
  const { empty, rows } = await smallest(say)
  const scenarios = Object.fromEntries(
    rows.map(({ scenario, requests, megabytes }) => [scenario.id, { requests, megabytes: Math.round(megabytes) }]),
  )
  const baseline = { node: process.version, empty_megabytes: Math.round(empty), scenarios }
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`)
  return baseline
}

async function smallest(say) {
  const rows = await runScenarios(scenariosOf('check'), { say, naive: false, validate: false, runs: 2 })
  const empties = []
  for (let run = 0; run < 3; run += 1) empties.push((await measure({}, [])).megabytes)
  return { empty: Math.min(...empties), rows }
}

/** What is worse than the baseline: a line each. */
function worse({ empty, rows }, { empty_megabytes, scenarios }) {
  // Another release of Node may take more by itself.
  const more = Math.max(0, empty - empty_megabytes)
  return rows.flatMap(({ scenario: { id }, requests, megabytes }) => {
    const before = scenarios[id]
    if (before === undefined) return [`${id}: no baseline; write it with: npm run bench -- --baseline`]
    const most = before.megabytes * MORE_MEMORY + more
    return [
      ...(requests > before.requests ? [`${id}: ${requests} requests, and ${before.requests} before`] : []),
      ...(megabytes > most ? [`${id}: ${megabytes.toFixed(0)} MB, and at most ${most.toFixed(0)}`] : []),
    ]
  })
}

if (import.meta.filename === process.argv[1]) {
  const seen = await smallest(() => undefined)
  for (const { scenario, requests, megabytes } of seen.rows) {
    console.log(`${scenario.id}: ${requests} requests, ${megabytes.toFixed(0)} MB`)
  }
  const lines = worse(seen, JSON.parse(readFileSync(BASELINE, 'utf8')))
  for (const line of lines) console.error(`worse than bench/baseline.json: ${line}`)
  process.exitCode = lines.length === 0 ? 0 : 1
}
