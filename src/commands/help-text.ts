import { EXIT } from '../run/exit-codes.ts'

/** The text below the help of every command. */
export const EXIT_CODES = `
Exit codes:
  ${EXIT.ok}  done, or no changes
  ${EXIT.failed}  could not run: bad configuration, a write that GitHub refused,
     a partial apply
  ${EXIT.changes}  changes or drift (plan --detailed-exitcode, drift)
  ${EXIT.guarded}  a guard refused (apply)
  ${EXIT.stale}  the plan that was reviewed does not hold any more
  ${EXIT.unread}  something could not be read

Environment:
  OCTOFORM_APP_ID, OCTOFORM_APP_PRIVATE_KEY   a GitHub App; else one of
  OCTOFORM_TOKEN, GITHUB_TOKEN, GH_TOKEN      a token
  OCTOFORM_LEDGER_KEY            32 bytes in base64 (openssl rand -base64 32),
                                 by which changed values are seen
  OCTOFORM_LEDGER_KEY_PREVIOUS   the key that it replaces, until every value has
                                 been written anew
  GITHUB_API_URL                 the API's base, where --api-url is not given`
