import { answerJson, type Reaction, serve } from './scripted-server.ts'

/** A request on its way to the sandbox. */
interface Passing {
  readonly method: string
  readonly path: string
}

/** The interference of a proxy with the traffic. */
interface Meddling {
  /** Runs before the request goes on. */
  before?(request: Passing): Promise<unknown>
  /** The body that arrives in place of the one that was answered. */
  body?(request: Passing, body: unknown): unknown
}

/** A proxy between octoform and a sandbox: for answers that no sandbox gives, and for events between two requests. */
export async function meddler(
  sandbox: { readonly url: string },
  meddling: Meddling,
): Promise<{ readonly url: string }> {
  const { origin, pathname } = new URL(sandbox.url)
  const pass = async (...[request, response]: Parameters<Reaction>): Promise<void> => {
    const { method, path, headers } = request
    await meddling.before?.({ method, path })
    const answer = await fetch(origin + path, {
      method,
      headers: { authorization: headers.authorization ?? '', 'user-agent': 'meddler', accept: headers.accept ?? '' },
      redirect: 'manual',
      ...(request.body === '' ? {} : { body: request.body }),
    })
    const text = await answer.text()
    if (text === '') {
      response.writeHead(answer.status).end()
      return
    }
    const body: unknown = JSON.parse(text)
    const version = answer.headers.get('x-github-enterprise-version')
    const location = answer.headers.get('location')?.replace(origin, between.url)
    const told = {
      ...(version === null ? {} : { 'x-github-enterprise-version': version }),
      ...(location === undefined ? {} : { location }),
    }
    answerJson(response, answer.status, meddling.body?.({ method, path }, body) ?? body, told)
  }
  const between = await serve((request, response) => void pass(request, response))
  return { url: between.url + pathname.replace(/^\/$/, '') }
}
