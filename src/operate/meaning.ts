import type { GitHubError } from '../github/errors.ts'
import { property } from '../github/shape.ts'
import type { Operation } from '../operations/operation.ts'

/** The meaning of a refusal that GitHub gives for many things, as a sentence. */
const COMMON: Readonly<Record<number, string>> = {
  409: 'its state does not allow this now, or something else is being done with it: look at it, then try again.',
  410: 'GitHub does not have it any more.',
}

/** GitHub's words where the credential may not do something, in any state of the thing. */
const OF_CREDENTIAL =
  /not accessible by|admin rights|must (?:be|have)|SAML|single sign-on|scope|authenticat|credentials/i

/**
 * The meaning of a refusal beside GitHub's words, where it is one of the thing: neither a limit, nor for what the credential lacks,
 * which the error itself explains.
 */
export function meaningOf({ means }: Operation, { status = 0, limited, body }: GitHubError): string | undefined {
  if (limited) return undefined
  const said = property(body, 'message')
  if (status === 403 && typeof said === 'string' && OF_CREDENTIAL.test(said)) return undefined
  return means?.[status] ?? COMMON[status]
}
