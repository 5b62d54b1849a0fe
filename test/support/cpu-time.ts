/**
 * Begins to measure; the result gives the milliseconds of a processor that this process has taken since. The clock
 * would also count the time of other processes.
 */
export function cpuTime(): () => number {
  const started = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(started)
    return (user + system) / 1000
  }
}
