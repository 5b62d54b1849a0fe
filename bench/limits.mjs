// The limits that each row is held to.

/** Requests in whole, from the least possible. */
const mostRequests = (least) => Math.max(1.02 * least, least + 1)

/** Round trips that must follow one another whatever is in flight. */
const ROUND_TRIPS = 4

/** Milliseconds below which no run can stay whose requests wait for `latency` each. */
export const wallBound = ({ least, inFlight, latency }) => (least / inFlight + ROUND_TRIPS) * latency

/** Wall by the bound, less `validate`, by what is in flight: from 1,000 repositories on, at 50 ms. */
const WALL = { repositories: 1000, latency: 50, most: { 20: 1.3, 100: 1.6 } }
/** CPU of a request in milliseconds, less `validate`, for 10,000 repositories that sets reach. */
const CPU = { repositories: 10_000, form: 'sets', most: 0.3 }
/** MB (10^6 bytes) resident, for 10,000 repositories. */
const MEMORY = { repositories: 10_000, most: { sets: 300, explicit: 450, aliases: 450 } }

/** What a row was to be and is not: a line each. */
export function unmet({ scenario, requests, least, wallRatio, cpuOfRequest, megabytes }) {
  const { world, latency, inFlight, args } = scenario
  const found = []
  const hold = (what, is, most) => {
    if (most !== undefined && !(is <= most)) found.push(`${what} ${is.toFixed(2)}, at most ${most.toFixed(2)}`)
  }
  hold('requests by the least', requests / least, mostRequests(least) / least)
  if (args[0] !== 'plan') return found
  const reached = world.kind === 'organization' ? 0 : (world.owners ?? 1) * (world.written ?? world.repositories)
  if (reached >= WALL.repositories && latency === WALL.latency)
    hold('wall by the bound', wallRatio, WALL.most[inFlight])
  if (world.repositories === CPU.repositories && world.form === CPU.form) {
    hold('ms of CPU a request', cpuOfRequest, CPU.most)
  }
  if (world.repositories === MEMORY.repositories) hold('MB resident', megabytes, MEMORY.most[world.form])
  return found
}
