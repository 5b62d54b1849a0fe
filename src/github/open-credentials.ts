import { type AppOptions, appCredentials } from './app-credentials.ts'
import { appKey } from './app-key.ts'
import { type Credentials, tokenCredentials } from './credentials.ts'
import type { Installation } from './installation.ts'

export interface OpenedCredentials extends Credentials {
  /** A GitHub App's installation on an owner, whatever it was granted; undefined where the credential is a token. */
  installation(owner: string): Promise<Installation | undefined>
}

/**
 * What the environment gives: a GitHub App, else a token.
 * @throws SetupError where there is neither, or it cannot be what it is said to be
 */
export function openCredentials(
  env: Readonly<Record<string, string | undefined>>,
  options: AppOptions,
): OpenedCredentials {
  const key = appKey(env)
  if (key !== undefined) return appCredentials(key, options)
  return { ...tokenCredentials(env), installation: async () => undefined }
}
