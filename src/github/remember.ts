import type { Params } from '../core/send.ts'
import type { Client } from './client.ts'
import type { Expected } from './outgoing.ts'

/**
 * A client that sends each read once: for two plans against one live state, such as that of a pull request and that of
 * the commit it builds on. A failed read is sent again.
 */
export function remembering(client: Client): Client {
  const answers = new Map<string, Promise<unknown>>()
  const once = <T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> => {
    const key = JSON.stringify(question)
    const known = answers.get(key) as Promise<T> | undefined
    if (known !== undefined) return known
    const answer = ask()
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    return answer
  }
  return {
    ...client,
    request: (route, params, body, expected) => {
      if (!route.startsWith('GET ') || body !== undefined) return client.request(route, params, body, expected)
      return once([route, sorted(params), expected], () => client.request(route, params, undefined, expected))
    },
    paginate: <T>(
      route: Parameters<Client['paginate']>[0],
      params: Params,
      envelope: string | null,
      perPage: number | null,
      expected?: Expected,
    ) =>
      once([route, sorted(params), envelope, perPage, expected], () =>
        client.paginate<T>(route, params, envelope, perPage, expected),
      ),
  }
}

function sorted(params: Params): readonly (readonly [string, string | number])[] {
  return Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1))
}
