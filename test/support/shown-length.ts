import type { Transport } from '../../src/github/transport.ts'
import { transportInProcess } from './in-process.ts'

/** The length of an organization's list of repositories, as its answer shows it. */
export type ShownLength = 'long' | 'short' | 'unshown'

/** Connections to a sandbox whose organizations show another number of repositories than they have. */
export function showingLength(length: ShownLength): Transport {
  return async (departure) => {
    const arrival = await transportInProcess(departure)
    if (!/\/orgs\/[^/]+$/.test(departure.url.pathname) || arrival.status !== 200) return arrival
    return { ...arrival, body: shown(arrival.body, length) }
  }
}

async function* shown(body: AsyncIterable<Uint8Array>, length: ShownLength): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  const { total_private_repos: _, ...organization } = JSON.parse(Buffer.concat(chunks).toString())
  const counts = { long: { total_private_repos: 1_000_000 }, short: { public_repos: 0, total_private_repos: 0 } }
  yield Buffer.from(JSON.stringify({ ...organization, ...(length === 'unshown' ? {} : counts[length]) }))
}
