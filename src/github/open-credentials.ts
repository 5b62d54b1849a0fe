import { type AppOptions, appCredentials } from './app-credentials.ts'
import { appKey } from './app-key.ts'
import { type Credentials, tokenCredentials } from './credentials.ts'
import type { Installation } from './installation.ts'

export interface OpenedCredentials extends Credentials {
  /**
   * A GitHub App's installation on an owner, with every permission that it was granted; undefined where the credential
   * is a token.
   */
  installation(owner: string): Promise<Installation | undefined>
}

/**
 * Reads the credentials from the environment: a GitHub App, else a token.
 * @throws SetupError where neither is set, or where the value is malformed
 */
export function openCredentials(
  env: Readonly<Record<string, string | undefined>>,
  options: AppOptions,
): OpenedCredentials {
  const key = appKey(env)
  if (key !== undefined) return appCredentials(key, options)
  return { ...tokenCredentials(env), installation: async () => undefined }
}
