import type { FamilyWith } from '../../core/family-at.ts'
import type { Secret, SecretLevel, SecretRef, SecretsAt, SharedSecretsAt } from './secret.ts'
import { secretsAlone } from './secrets-alone.ts'
import { secretsShared } from './secrets-shared.ts'
import { accessFields, VISIBILITIES } from './selected-access.ts'
import { valueNameFault } from './value-names.ts'

interface SecretLevels {
  readonly organization?: SharedSecretsAt
  readonly repository?: SecretsAt
  readonly environment?: SecretsAt
}

/**
 * A family of secrets. All of GitHub's have the same routes below the path of their list: `/public-key`, `/{secret_name}`,
 * and at organizations `/{secret_name}/repositories`.
 * @example
 * export const dependabotSecrets = secretsOf('dependabot_secrets', {
 *   organization: { path: '/orgs/{org}/dependabot/secrets' },
 *   repository: { path: '/repos/{owner}/{repo}/dependabot/secrets' },
 * })
 */
export function secretsOf<Levels extends SecretLevels>(
  name: string,
  levels: Levels,
): FamilyWith<keyof Levels & keyof SecretLevels, Secret, SecretRef> {
  const { organization, repository, environment } = levels
  const made: { readonly [S in keyof SecretLevels]: SecretLevel<S> } = {
    ...(organization ? { organization: secretsShared(organization) } : {}),
    ...(repository ? { repository: secretsAlone(repository) } : {}),
    ...(environment ? { environment: secretsAlone(environment) } : {}),
  }
  const each = <K extends keyof SecretLevel<never>>(part: K) =>
    Object.fromEntries(Object.entries(made).flatMap(([level, { [part]: own }]) => (own ? [[level, own]] : [])))
  const family: FamilyWith<never, Secret, SecretRef> = {
    name,
    shape: 'members',
    apart: true,
    fields: {
      ...accessFields('visibility', VISIBILITIES, each('access')),
      value: { secret: true, wider: 'never', written: each('value') },
    },
    fold: (key) => key.toUpperCase(),
    nameFault: valueNameFault('secret'),
    listed: ({ repositories }) => repositories,
    scopes: each('entry'),
  }
  return family as FamilyWith<keyof Levels & keyof SecretLevels, Secret, SecretRef>
}
