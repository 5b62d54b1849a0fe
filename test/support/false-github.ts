import type { IncomingHttpHeaders } from 'node:http'
import type { TestSandbox } from './sandbox.ts'
import { type ScriptedServer, serve } from './scripted-server.ts'

/** How the server in between leads astray; as it is, it changes nothing. */
export interface Astray {
  /** Where each URL in an answer leads instead, and each `url` that is put into it. */
  readonly fields?: string
  /** The `Link` header of each answer to a GET. */
  readonly link?: string
  /** A redirect in place of the answer. */
  redirect?(request: { readonly method: string; readonly path: string }): Redirect | undefined
}

interface Redirect {
  readonly status: number
  readonly location: string
}

export interface FalseGitHub {
  /** The API's base. */
  readonly url: string
  /** Its requests, in order. */
  readonly seen: ScriptedServer['seen']
  /** The part of it since the last change of its script. */
  since(): ScriptedServer['seen']
  /** How many URLs it has put into answers. */
  planted(): number
  /** From now on. */
  lead(astray: Astray): void
}

/** Fields of GitHub's answers that a client might follow. */
const FOLLOWED = [
  'url',
  'next',
  'upload_url',
  'comments_url',
  'repository_url',
  'download_url',
  'git_url',
  'access_tokens_url',
  'repositories_url',
]

const NOT_PASSED = ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive', 'link']

/** A proxy before a sandbox: it passes everything on, and puts other places into the answers. */
export async function falseGitHub(sandbox: TestSandbox): Promise<FalseGitHub> {
  const state: { astray: Astray; from: number; planted: number } = { astray: {}, from: 0, planted: 0 }
  const pathname = new URL(sandbox.url).pathname.replace(/\/$/, '')

  const plant = (value: unknown, place: string): unknown => {
    if (typeof value === 'string') {
      if (!/^(?:https?|git):\/\//.test(value)) return value
      state.planted += 1
      return place + new URL(value).pathname
    }
    if (Array.isArray(value)) return value.map((each) => plant(each, place))
    if (typeof value !== 'object' || value === null) return value
    const planted = Object.entries(value).map(([key, each]) => [key, plant(each, place)] as const)
    const known = ['id', 'sha', 'number', 'total_count', 'token', 'object', 'key_id'].some((key) => key in value)
    if (known) state.planted += 1
    return {
      ...(known ? Object.fromEntries(FOLLOWED.map((key) => [key, `${place}/${key}`])) : {}),
      ...Object.fromEntries(planted),
    }
  }

  const server = await serve((request, response) => {
    const { method, path, headers, body } = request
    const { astray } = state
    const redirect = astray.redirect?.({ method, path })
    if (redirect !== undefined) {
      response.writeHead(redirect.status, { location: redirect.location }).end()
      return
    }
    const answered = fetch(sandbox.origin + path, {
      method,
      headers: passed(headers),
      redirect: 'manual',
      ...(body === '' ? {} : { body }),
    })
    void answered.then(async (answer) => {
      const text = await answer.text()
      const own = (url: string): string => url.replaceAll(sandbox.origin, server.url)
      const link = (method === 'GET' ? astray.link : undefined) ?? own(answer.headers.get('link') ?? '')
      const kept = [...answer.headers].filter(([name]) => !NOT_PASSED.includes(name))
      response.writeHead(answer.status, { ...Object.fromEntries(kept), ...(link === '' ? {} : { link }) })
      const { fields } = astray
      response.end(fields === undefined || text === '' ? own(text) : JSON.stringify(plant(JSON.parse(text), fields)))
    })
  })
  return {
    url: server.url + pathname,
    seen: server.seen,
    since: () => server.seen.slice(state.from),
    planted: () => state.planted,
    lead(astray) {
      Object.assign(state, { astray, from: server.seen.length })
    },
  }
}

function passed(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
