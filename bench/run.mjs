// `npm run bench`: a few minutes; `--full`: everything. Writes the table and the plots of bench/README.md.
import { parseArgs } from 'node:util'
import { writeBaseline } from './check.mjs'
import { writePage } from './page.mjs'
import { runScenarios } from './run-scenarios.mjs'
import { scenariosOf } from './scenarios.mjs'
import { tableOf, unmetLines } from './table.mjs'

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    routes: { type: 'boolean', default: false },
    naive: { type: 'boolean', default: true },
    baseline: { type: 'boolean', default: false },
  },
  allowNegative: true,
})
const say = (line) => console.error(line)

if (values.baseline) console.log(JSON.stringify(await writeBaseline(say), null, 2))
else await bench()

async function bench() {
  const scenarios = scenariosOf(values.full ? 'full' : 'quick').filter(({ id }) => id.includes(values.only))
  const measured = await runScenarios(scenarios, { say, naive: values.naive })
  if (values.only === '' && values.naive) writePage(measured, `npm run bench${values.full ? ' -- --full' : ''}`)
  console.log(tableOf(measured.rows))
  if (values.routes) for (const { scenario, routes } of measured.rows) console.log(scenario.id, routes)
  const lines = unmetLines(measured)
  console.log(`\n${scenarios.length} scenarios, ${lines.length} limits not met`)
  for (const line of lines) console.log(line)
  if (measured.failures.length > 0) process.exitCode = 1
}
