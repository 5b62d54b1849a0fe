import type { AppKey } from './app-key.ts'
import { GitHubError } from './errors.ts'

/** Signs an App in. */
export interface AppSigner {
  /** A JSON web token for the next request, good for ten minutes. */
  sign(): Promise<string>
  /**
   * Runs requests that GitHub answers to the App. Where GitHub finds the token's times wrong, because this machine's
   * clock is, they are sent once more with tokens signed by the clock of GitHub's answer.
   */
  withClock<T>(ask: () => Promise<T>): Promise<T>
}

/**
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function appSigner({ id, privateKey }: AppKey): AppSigner {
  const clock = { aheadSeconds: 0 }
  return {
    async sign() {
      // Few runs need it, and it takes a while to load.
      const { createAppAuth } = await import('@octokit/auth-app')
      const auth = createAppAuth({ appId: id, privateKey, timeDifference: clock.aheadSeconds, log: { warn: () => {} } })
      const { token } = await auth({ type: 'app' })
      return token
    },
    async withClock(ask) {
      try {
        return await ask()
      } catch (error) {
        const ahead = error instanceof GitHubError ? clockOf(error) : undefined
        if (ahead === undefined) throw error
        clock.aheadSeconds = ahead
        return await ask()
      }
    },
  }
}

/** How far the server's clock is ahead of ours, where it refused a token for its times. */
function clockOf({ status, message, date }: GitHubError): number | undefined {
  if (status !== 401 || !/'?(Issued at|Expiration time)'? claim|\('?(iat|exp)'?\)/i.test(message)) return undefined
  const theirs = Date.parse(date ?? '')
  return Number.isNaN(theirs) ? undefined : Math.round((theirs - Date.now()) / 1000)
}
