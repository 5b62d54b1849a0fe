import { APP_KEY_VARIABLE, appKeyText } from '../github/app-key.ts'
import { KEY_VARIABLE, PREVIOUS_KEY_VARIABLE } from '../secrets/key-variables.ts'
import { makeScrubber } from '../secrets/scrub.ts'

/** The variables with a run's own credentials. */
const TOKENS = ['OCTOFORM_TOKEN', 'OCTOFORM_ENTERPRISE_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'] as const
const LEDGER_KEYS = [KEY_VARIABLE, PREVIOUS_KEY_VARIABLE] as const

/** Nothing that GitHub or `openssl` makes is this short; a sandbox takes `x` for a token, and not every `x` is to go. */
const SHORTEST = 8

/** Takes the credentials of an environment out of a text, used or not, in every form that values are looked for in. */
export function credentialScrubber(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const scrubber = makeScrubber()
  const add = (text: string): void => {
    if (text.length >= SHORTEST) scrubber.add(text)
  }
  for (const name of [...TOKENS, APP_KEY_VARIABLE]) add(env[name]?.trim() ?? '')
  const pem = appKeyText(env)
  if (pem !== undefined) add(pem)
  return scrubber.scrub
}

/** The same of the ledger keys, which are looked at only where they may be used. */
export function ledgerKeyScrubber(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const scrubber = makeScrubber()
  const add = (text: string): void => {
    if (text.length >= SHORTEST) scrubber.add(text)
  }
  for (const name of LEDGER_KEYS) {
    const key = env[name]?.trim() ?? ''
    add(key)
    // The same 32 bytes otherwise.
    add(key.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
    add(Buffer.from(key, 'base64').toString('hex'))
  }
  return scrubber.scrub
}
