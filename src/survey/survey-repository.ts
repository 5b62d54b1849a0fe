import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { contentsSource } from './contents-source.ts'
import { fullName, type RepositoryFiles } from './reading.ts'
import { type SurveyGap, surveyFiles } from './survey-files.ts'

/** The files of a repository; none where it could not be read, of which `not_read` tells. */
export interface SurveyedRepository {
  readonly files: readonly RepositoryFiles[]
  readonly not_read: readonly SurveyGap[]
}

/**
 * Reads the workflow files of one repository through the contents API, with the actions and workflows of its owner that they name.
 * @param name `shown` as GitHub shows it
 * @param taken the called workflows that other repositories' files have led to already
 */
export async function surveyRepository(
  client: Client,
  owner: string,
  { name, shown = name }: { readonly name: string; readonly shown?: string },
  taken: Set<string>,
): Promise<SurveyedRepository> {
  const repository = fullName(owner, { name, shown })
  const other = (repo: string, ref: string) => contentsSource(client, { owner, repo, ref })
  try {
    const own = await surveyFiles(repository, contentsSource(client, { owner, repo: shown }), other, taken)
    return { files: [{ name, ...own }], not_read: [] }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { files: [], not_read: [{ repository, file: '', reason: error.message }] }
  }
}
