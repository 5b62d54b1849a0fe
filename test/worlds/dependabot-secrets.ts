import { secretsWorldOf } from './secrets-world-of.ts'

/** https://docs.github.com/rest/dependabot/secrets, https://docs.github.com/code-security/dependabot/working-with-dependabot */
export const dependabotSecretsWorld = secretsWorldOf('dependabot_secrets', [3, 4])
