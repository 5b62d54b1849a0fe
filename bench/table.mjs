// The rows as a table: ratios first, since absolute times are those of one machine.

const COLUMNS = [
  ['what is run', ({ scenario }) => scenario.name],
  ['latency, in flight', ({ scenario }) => `${scenario.latency} ms, ${scenario.inFlight}`],
  ['requests ÷ least', (row) => `${ratio(row.requests / row.least, 3)} (${whole(row.requests)} ÷ ${whole(row.least)})`],
  ['wall ÷ bound', (row) => (row.wallRatio === undefined ? '' : `${ratio(row.wallRatio)} (${seconds(row.bound)})`)],
  ['naive ÷ octoform: requests', (row) => times(row, ({ requests }) => requests / row.requests)],
  ['wall, serial', (row) => times(row, ({ serial }) => serial.wall / row.wall, 'serial')],
  ['wall, ten at a time', (row) => times(row, ({ ten }) => ten.wall / row.wall, 'ten')],
  ['CPU, ms a request', ({ cpuOfRequest }) => ratio(cpuOfRequest)],
  ['memory, MB', ({ megabytes }) => whole(megabytes)],
  ['wall', ({ wall }) => seconds(wall)],
  ['CPU', ({ cpu }) => seconds(cpu)],
  ['`validate`: wall, CPU', ({ validated }) => `${seconds(validated.wall)}, ${seconds(validated.cpu)}`],
  ['limits', ({ unmet }) => (unmet.length === 0 ? 'met' : `**not met**: ${unmet.join('; ')}`)],
]

/** The rows as a table in Markdown. */
export function tableOf(rows) {
  const lines = [COLUMNS.map(([title]) => title), COLUMNS.map(() => '---'), ...rows.map(cellsOf)]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** What is not met, or could not be run: a line each. */
export function unmetLines({ rows, failures }) {
  const failed = failures.map(({ id, why }) => `${id}: not run: ${why.split('\n')[0]}`)
  return [...failed, ...rows.flatMap(({ scenario, unmet }) => unmet.map((line) => `${scenario.id}: ${line}`))]
}

function cellsOf(row) {
  return COLUMNS.map(([, of]) => of(row))
}

const ratio = (value, digits = 2) => value.toFixed(digits)
const whole = (value) => Math.round(value).toLocaleString('en-US')
const seconds = (milliseconds) => `${(milliseconds / 1e3).toFixed(2)} s`

/** `≈` before what a sample was extrapolated to. */
function times({ naive }, of, how) {
  if (naive === undefined) return ''
  return `${how !== undefined && naive[how].extrapolated ? '≈ ' : ''}${ratio(of(naive), 1)} ×`
}
