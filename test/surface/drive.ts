import { instantClock } from '../support/instant-clock.ts'
import { type Ran, workplace } from '../support/octoform.ts'
import { withSandbox } from '../support/sandbox.ts'
import { LINES, SEED } from './command-lines.ts'

/** A command line, and the requests that the sandbox logged of it and answered without an error. */
export interface Driven extends Ran {
  readonly product: string
  readonly line: string
  /** Such as `runs cancel`. */
  readonly command: string
  /** By GitHub's template. */
  readonly routes: readonly string[]
}

/** Carries out every command line of the table against a sandbox, one after the other. */
export async function driveCommands(): Promise<readonly Driven[]> {
  const driven: Driven[] = []
  for (const [product, lines] of Object.entries(LINES)) {
    const { clock } = instantClock()
    let routes: string[] = []
    const sandbox = await withSandbox({
      seed: { ...SEED, product },
      clock: () => clock.now(),
      onExchange: ({ method, route, status, requestHeaders }) => {
        const isOurs = requestHeaders['user-agent']?.startsWith('octoform/') === true
        if (isOurs && route !== undefined && status < 400) routes.push(`${method} ${route}`)
      },
    })
    const place = await workplace(sandbox, {}, { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' })
    for (const line of lines) {
      routes = []
      const isAnswered = line.startsWith('yes ')
      const words = line.replace(/^yes /, '').split(' ')
      const ran = isAnswered
        ? await place.run(words, { clock, answer: 'yes' })
        : await place.run([...words, '--yes'], { clock })
      driven.push({ ...ran, product, line, command: words.slice(0, 2).join(' '), routes })
    }
  }
  return driven
}
