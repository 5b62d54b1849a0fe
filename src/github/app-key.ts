import { createPrivateKey } from 'node:crypto'
import { SetupError } from '../core/setup-error.ts'
import { APP_VARIABLE } from './credentials.ts'

const ABOUT = { about: 'the credential' } as const

/** The id and private key that authenticate a GitHub App. */
export interface AppKey {
  /** Numeric id, or client id such as `Iv23…`: GitHub takes both. */
  readonly id: number | string
  /** PEM with real line ends, PKCS#1 (as GitHub hands it out) or PKCS#8. */
  readonly privateKey: string
}

export const APP_KEY_VARIABLE = 'OCTOFORM_APP_PRIVATE_KEY'

/**
 * The App in the environment: `OCTOFORM_APP_ID` with `OCTOFORM_APP_PRIVATE_KEY`, a PEM with its line breaks, with them
 * written out as `\n`, or in base64.
 * @returns undefined where neither variable is set; an empty one counts as unset
 * @throws SetupError where one is missing or malformed; never with any part of the key
 */
export function appKey(env: Readonly<Record<string, string | undefined>>): AppKey | undefined {
  const id = env[APP_VARIABLE]?.trim() ?? ''
  const key = env[APP_KEY_VARIABLE]?.trim() ?? ''
  if (id === '' && key === '') return undefined
  if (key === '')
    throw new SetupError(`${APP_VARIABLE} is set, but not ${APP_KEY_VARIABLE}: set both, or neither.`, ABOUT)
  if (id === '')
    throw new SetupError(`${APP_KEY_VARIABLE} is set, but not ${APP_VARIABLE}: set both, or neither.`, ABOUT)
  if (!/^[A-Za-z0-9.]{1,64}$/.test(id)) {
    throw new SetupError(`${APP_VARIABLE} is not the id of a GitHub App: its settings page shows it, a number.`, ABOUT)
  }
  return { id: /^\d{1,15}$/.test(id) ? Number(id) : id, privateKey: checkedKey(pemOf(key)) }
}

/** The key as a PEM with real line ends, whether or not it is one; undefined where none is set. */
export function appKeyText(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = env[APP_KEY_VARIABLE]?.trim() ?? ''
  return key === '' ? undefined : pemOf(key)
}

function pemOf(text: string): string {
  const plain = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('latin1')
  return plain.replaceAll('\\r', '').replaceAll('\\n', '\n').replaceAll('\r\n', '\n').trim()
}

function checkedKey(pem: string): string {
  try {
    // The kinds of key that GitHub signs Apps in with: https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return pem
  } catch {
    // The parser's message may quote the key, so it is dropped.
  }
  throw new SetupError(
    `${APP_KEY_VARIABLE} holds no RSA private key. Give the whole .pem file that GitHub made for the App: with its line ` +
      'breaks, with \\n in their place, or in base64 (base64 < app.pem).',
    ABOUT,
  )
}
