import { GitHubError } from '../github/errors.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import type { OwnerReading } from '../survey/reading.ts'
import type { Taken } from './report-run.ts'

/**
 * Reads one owner after the other. One that cannot be read has a reading with the reason alone, and all others are read.
 * @param unread the parts of a reading in which nothing was found
 * @throws GitHubError of the first, where none could be read; the reasons of the others are printed
 */
export async function readOwners<Part extends Pick<OwnerReading, 'owner' | 'names' | 'globs'>>(
  io: Io,
  connection: Connection,
  parts: readonly Part[],
  {
    read,
    unread,
  }: {
    read(part: Part): Promise<OwnerReading>
    readonly unread: Pick<OwnerReading, 'settings' | 'files' | 'lists' | 'people'>
  },
): Promise<Taken> {
  const readings: OwnerReading[] = []
  const faults: GitHubError[] = []
  let begun: Date | undefined
  for (const part of parts) {
    const { owner, names, globs } = part
    try {
      readings.push(await read(part))
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      faults.push(error)
      const nothing = { credential: '', names, globs, chosen: [], repositories: [] }
      const gap = { repository: owner, file: '', reason: error.message }
      readings.push({ owner, ...nothing, ...unread, not_read: [gap] })
    }
    begun ??= connection.now()
  }
  const [first, ...others] = faults
  if (first !== undefined && faults.length === parts.length) {
    for (const message of new Set(others.map((each) => each.message))) {
      if (message !== first.message) io.stderr(`${message}\n`)
    }
    throw first
  }
  return { host: connection.api.host, read_at: begun ?? connection.now(), owners: readings }
}
