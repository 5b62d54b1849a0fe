import type { Client } from '../github/client.ts'
import { lastCommit } from '../review/last-commit.ts'
import type { Io } from '../run/io.ts'

/** Whether the pull request has a later commit than the run's: its comments are left to the run of that one. */
export async function isOvertaken(
  io: Io,
  client: Pick<Client, 'request'>,
  { repository, number }: { readonly repository: string; readonly number: number },
  headSha: string | undefined,
): Promise<boolean> {
  if (headSha === undefined) return false
  const last = await lastCommit(client, repository, number)
  if (last === undefined || last === headSha) return false
  io.stderr(
    `This plan is of commit ${headSha}, and the last one of ${repository}#${number} is ${last}: ` +
      'its comment is left to the run of that one.\n',
  )
  return true
}
