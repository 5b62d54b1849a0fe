/**
 * Begins to measure; what it gives tells the milliseconds of a processor that this process has taken since. By the clock a
 * test would measure what runs beside it, too.
 */
export function cpuTime(): () => number {
  const started = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(started)
    return (user + system) / 1000
  }
}
