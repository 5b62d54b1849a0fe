import { type Client, createClient } from '../../src/github/client.ts'
import { LABEL_ROUTES, REPORT_ROUTES } from '../../src/github/home-client.ts'
import { GRAPHQL_DOCUMENTS } from '../../src/publish/graphql-documents.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

export const HOME = 'acme/config'
export const HEAD = 'a'.repeat(40)

/** The repository that is written to, as a sandbox has it. */
export interface Home {
  readonly sandbox: WatchedSandbox
  /** A client of the repository alone, with one of the seed's tokens; `workflow` when left out. */
  client(token?: string): Client
}

/** A sandbox with a repository that a workflow's token may write comments, issues and check runs to. */
export async function homeWith(repository: object, product = 'ghec'): Promise<Home> {
  const sandbox = await watchedSandbox({
    product,
    seed: {
      organizations: { acme: { repositories: { config: repository } } },
      tokens: {
        owner: {},
        workflow: { workflow: HOME },
        reader: { workflow: HOME, permissions: { contents: 'read', issues: 'read', checks: 'read' } },
      },
    },
  })
  return {
    sandbox,
    client: (token = 'workflow') =>
      createClient({
        baseUrl: sandbox.url,
        credential: () => Promise.resolve(token),
        tokenFrom: 'GITHUB_TOKEN',
        mode: { home: HOME, admits: [...REPORT_ROUTES, ...LABEL_ROUTES], admitsGraphql: GRAPHQL_DOCUMENTS },
        userAgent: 'octoform/0.0.0-test',
        retryDelaysMs: [1],
        previews: (route) => (product === 'ghes-2.22' && route.includes('check-runs') ? ['antiope'] : []),
      }),
  }
}
