import { secretsWorldOf } from './secrets-world-of.ts'

/** https://docs.github.com/rest/agents/secrets */
export const agentsSecretsWorld = secretsWorldOf('agents_secrets', ['ghec', 'dotcom'])
