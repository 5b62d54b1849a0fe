import type { Client } from '../../src/github/client.ts'
import { clientFor } from '../support/client-for.ts'
import { answerJson, type ScriptedServer, serve } from '../support/scripted-server.ts'

export const SHA = 'a'.repeat(40)
export const HEAD = 'b'.repeat(40)
export const DIGEST = 'd'.repeat(64)
export const CONTEXT = { repository: 'Acme/Admin', sha: SHA }

/** The server's answers; any part may be anything, as a server may answer anything. */
export interface World {
  /** By path below the repository; `''` is the repository itself. */
  readonly [path: string]: unknown
}

/** A pull request that was merged into main of acme/admin as SHA. */
export function merged(number: number, more: object = {}): object {
  return {
    number,
    state: 'closed',
    merged_at: '2026-01-01T00:00:00Z',
    merge_commit_sha: SHA,
    base: { ref: 'main', sha: 'c'.repeat(40), repo: { full_name: 'acme/admin' } },
    head: { ref: 'topic', sha: HEAD, repo: null },
    ...more,
  }
}

/** The check run that plan publishes. */
export function check(more: object = {}): object {
  return {
    id: 1,
    name: 'octoform plan',
    head_sha: HEAD,
    status: 'completed',
    conclusion: 'success',
    external_id: DIGEST,
    app: { id: 15368, slug: 'github-actions', name: 'GitHub Actions' },
    pull_requests: [],
    ...more,
  }
}

/** A GitHub that answers lists one item a page, under every filter. */
export async function github(
  world: World,
): Promise<{ readonly client: Client; readonly server: ScriptedServer; readonly paths: () => readonly string[] }> {
  const server = await serve(({ path }, response) => {
    const url = new URL(path, 'http://127.0.0.1')
    const below = decodeURI(url.pathname).replace(/^\/repos\/acme\/admin\/?/i, '')
    const found = world[below]
    if (found === undefined) return answerJson(response, 404, { message: 'Not Found' })
    const items = Array.isArray(found) ? found : checkRunsIn(found)
    if (items === undefined) return answerJson(response, 200, found)
    const page = Number(url.searchParams.get('page') ?? 1)
    url.searchParams.set('page', String(page + 1))
    const next = `<http://${response.req.headers.host}${url.pathname}${url.search}>; rel="next"`
    const slice = items.slice(page - 1, page)
    const body = Array.isArray(found) ? slice : { total_count: items.length, check_runs: slice }
    answerJson(response, 200, body, page < items.length ? { link: next } : {})
  })
  const paths = () => server.seen.map(({ method, path }) => `${method} ${path}`)
  return { client: clientFor(server.url), server, paths }
}

function checkRunsIn(found: unknown): readonly unknown[] | undefined {
  const runs = (found as { readonly check_runs?: unknown } | null)?.check_runs
  return Array.isArray(runs) ? runs : undefined
}
