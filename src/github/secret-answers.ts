import type { AnswerTable } from './answer-row.ts'
import { ACCESS, BY_NAME, REPOSITORIES } from './common-answers.ts'
import type { Fields } from './shape.ts'

const ORGANIZATION_SECRET: Fields = { name: 'secret name', visibility: ACCESS, updated_at: 'time' }
const SECRET: Fields = { name: 'secret name', updated_at: 'time' }
const PUBLIC_KEY: Fields = { key_id: 'words', key: 'public key' }

/** The answers about secrets of every kind. */
export const SECRET_ANSWERS: AnswerTable = {
  'GET /orgs/{org}/actions/secrets': { items: ORGANIZATION_SECRET, in: 'secrets', alone: BY_NAME },
  'GET /orgs/{org}/actions/secrets/{secret_name}': { fields: ORGANIZATION_SECRET },
  'GET /repos/{owner}/{repo}/actions/secrets/{secret_name}': { fields: SECRET },
  'GET /orgs/{org}/actions/secrets/{secret_name}/repositories': REPOSITORIES,
  'GET /orgs/{org}/actions/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repos/{owner}/{repo}/actions/secrets': { items: SECRET, in: 'secrets', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/actions/secrets/public-key': { fields: PUBLIC_KEY },

  'GET /orgs/{org}/dependabot/secrets': { items: ORGANIZATION_SECRET, in: 'secrets', alone: BY_NAME },
  'GET /orgs/{org}/dependabot/secrets/{secret_name}': { fields: ORGANIZATION_SECRET },
  'GET /orgs/{org}/dependabot/secrets/{secret_name}/repositories': REPOSITORIES,
  'GET /orgs/{org}/dependabot/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repos/{owner}/{repo}/dependabot/secrets': { items: SECRET, in: 'secrets', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/dependabot/secrets/{secret_name}': { fields: SECRET },
  'GET /repos/{owner}/{repo}/dependabot/secrets/public-key': { fields: PUBLIC_KEY },

  'GET /orgs/{org}/agents/secrets': { items: ORGANIZATION_SECRET, in: 'secrets', alone: BY_NAME },
  'GET /orgs/{org}/agents/secrets/{secret_name}': { fields: ORGANIZATION_SECRET },
  'GET /orgs/{org}/agents/secrets/{secret_name}/repositories': REPOSITORIES,
  'GET /orgs/{org}/agents/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repos/{owner}/{repo}/agents/secrets': { items: SECRET, in: 'secrets', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/agents/secrets/{secret_name}': { fields: SECRET },
  'GET /repos/{owner}/{repo}/agents/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets': { items: SECRET, in: 'secrets', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}': { fields: SECRET },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repositories/{repository_id}/environments/{environment_name}/secrets': {
    items: SECRET,
    in: 'secrets',
    alone: BY_NAME,
  },
  'GET /repositories/{repository_id}/environments/{environment_name}/secrets/{secret_name}': { fields: SECRET },
  'GET /repositories/{repository_id}/environments/{environment_name}/secrets/public-key': { fields: PUBLIC_KEY },

  'GET /orgs/{org}/codespaces/secrets': { items: ORGANIZATION_SECRET, in: 'secrets', alone: BY_NAME },
  'GET /orgs/{org}/codespaces/secrets/{secret_name}': { fields: ORGANIZATION_SECRET },
  'GET /orgs/{org}/codespaces/secrets/{secret_name}/repositories': REPOSITORIES,
  'GET /orgs/{org}/codespaces/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repos/{owner}/{repo}/codespaces/secrets': { items: SECRET, in: 'secrets', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/codespaces/secrets/{secret_name}': { fields: SECRET },
  'GET /repos/{owner}/{repo}/codespaces/secrets/public-key': { fields: PUBLIC_KEY },
}
