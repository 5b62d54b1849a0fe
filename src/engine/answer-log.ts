import type { Work } from '../core/work.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'

/** The facts about one write that auditors and GitHub's support need. */
export interface NotedAnswer {
  /** `X-GitHub-Request-Id`. */
  readonly requestId: string | undefined
  /** The `Date` of the answer. */
  readonly date: string | undefined
}

/** The answers to the writes of one run, taken or refused, by the change that they belong to. */
export interface AnswerLog {
  /** The same client, whose writes are noted down for this change. */
  through(work: Work, client: Client): Client
  /** In order. A write that no answer came to is not among them. */
  of(work: Work): readonly NotedAnswer[]
}

export function createAnswerLog(): AnswerLog {
  const answers = new Map<Work, NotedAnswer[]>()
  const note = (work: Work, answer: NotedAnswer): void => {
    const noted = answers.get(work)
    if (noted === undefined) answers.set(work, [answer])
    else noted.push(answer)
  }
  return {
    through: (work, client) => ({
      ...client,
      async request(route, params, body, expected, afterWait) {
        const reads = route.startsWith('GET ')
        try {
          const answer = await client.request(route, params, body, expected, afterWait)
          if (!reads) note(work, { requestId: answer.headers['x-github-request-id'], date: answer.date })
          return answer
        } catch (error) {
          const refused = error instanceof GitHubError && error.status !== undefined ? error : undefined
          if (refused && !reads) note(work, { requestId: refused.requestId, date: refused.date })
          throw error
        }
      },
    }),
    of: (work) => answers.get(work) ?? [],
  }
}
