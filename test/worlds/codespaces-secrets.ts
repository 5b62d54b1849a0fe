import { secretsWorldOf } from './secrets-world-of.ts'

/** https://docs.github.com/rest/codespaces/organization-secrets, https://docs.github.com/rest/codespaces/repository-secrets */
export const codespacesSecretsWorld = secretsWorldOf('codespaces_secrets', ['ghec', 'dotcom'])
