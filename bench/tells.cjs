// Preloaded into the process that is measured: at its end it writes its CPU, in microseconds, and the most memory that was
// resident, in KiB, to the file that BENCH_TELLS names.
const { readFileSync, writeFileSync } = require('node:fs')

const file = process.env.BENCH_TELLS
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeFileSync(file, JSON.stringify({ cpu: userCPUTime + systemCPUTime, memory: mostResident() ?? maxRSS }))
})

/** On Linux `maxRSS` counts what the parent had before the child's program began, and this does not. */
function mostResident() {
  try {
    const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
    return Number(kibibytes)
  } catch {
    return undefined
  }
}
