import type { Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Variable } from './variable.ts'

/** 48 KB, in bytes (https://docs.github.com/actions/reference/workflows-and-actions/variables#limits-for-configuration-variables). */
const MOST_BYTES = 48 * 1024

/** The beginnings, and the forms, by which well-known issuers mark what is to be kept secret. */
const SECRET_FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a token of GitHub', /\bgh[pousr]_\w{20}|\bgithub_pat_\w{20}/],
  ['a private key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a token of GitLab', /\bglpat-[\w-]{20}/],
  ['a token of Slack', /\bxox[abeoprs]-[\w-]{10}/],
  ['a token of npm', /\bnpm_\w{36}\b/],
  ['a token of PyPI', /\bpypi-[\w-]{40}/],
  ['a key of Stripe', /\b[rs]k_live_\w{16}/],
  ['a key of Google', /\bAIza[\w-]{35}/],
  ['a JSON web token', /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\./],
]

/** The problems of a variable's text, which is never in the message. */
export function checkText({ key, spec: { value } }: Wanted<Variable>): readonly Finding[] {
  if (value === undefined) return []
  const bytes = Buffer.byteLength(value)
  if (bytes > MOST_BYTES) {
    const message = `the value of ${key} has ${bytes} bytes, and GitHub takes at most ${MOST_BYTES} (48 KB)`
    return [{ severity: 'error', field: 'value', message }]
  }
  const [what] = SECRET_FORMS.find(([, form]) => form.test(value)) ?? []
  if (what === undefined) return []
  const message = `the value of ${key} looks like ${what}: variables are shown to all who can read; make it a secret, and revoke it where it was published`
  return [{ severity: 'warning', field: 'value', message }]
}
