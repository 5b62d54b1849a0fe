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
    write: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
  },
  allowNegative: true,
})
const say = (line) => console.error(line)

if (values.baseline) console.log(JSON.stringify(await writeBaseline(say), null, 2))
else await bench()

/** The arguments, as a shell takes them. */
function given() {
  const args = process.argv.slice(2).map((arg) => (/^[\w-]+$/.test(arg) ? arg : `'${arg}'`))
  return args.length === 0 ? [] : ['--', ...args]
}

async function bench() {
  const scenarios = scenariosOf(values.full ? 'full' : 'quick').filter(({ id }) => id.includes(values.only))
  const measured = await runScenarios(scenarios, { say, naive: values.naive, runs: Number(values.runs) })
  const isWhole = values.only === '' && values.naive
  if (isWhole || values.write) writePage(measured, ['npm run bench', ...given()].join(' '))
  console.log(tableOf(measured.rows))
  if (values.routes) for (const { scenario, routes } of measured.rows) console.log(scenario.id, routes)
  const lines = unmetLines(measured)
  console.log(`\n${scenarios.length} scenarios, ${lines.length} limits not met`)
  for (const line of lines) console.log(line)
  if (measured.failures.length > 0) process.exitCode = 1
}
