type Release = `ghes-${number}.${number}`

/** The first release of Enterprise Server that has something, which the clouds have too; or those that have it, one by one. */
type Since = Release | readonly ('ghec' | 'dotcom' | Release)[]

const CLOUD = ['ghec', 'dotcom'] as const

/**
 * What of the example came to GitHub's API after GHES 2.22, or to one cloud alone: by level and family, and by field
 * where a product has the family. From GitHub's description of each product, and not taken from octoform.
 */
const SINCE: Readonly<Record<string, Since>> = {
  'enterprise permissions': 'ghes-3.4',
  'enterprise permissions.sha_pinning_required': 'ghes-3.19',
  'enterprise permissions.selected_actions.verified_allowed': 'ghes-3.13',
  'enterprise workflow_permissions': 'ghes-3.6',
  'enterprise artifact_and_log_retention': 'ghes-3.19',
  'enterprise cache_limits': 'ghes-3.5',
  'enterprise cache_limits.max_cache_retention_days': CLOUD,
  'enterprise cache_limits.max_cache_size_gb': CLOUD,
  'enterprise fork_pr_contributor_approval': 'ghes-3.19',
  'enterprise fork_pr_workflows_private_repos': 'ghes-3.19',
  'enterprise oidc_issuer': ['ghec'],
  'enterprise oidc_custom_properties': CLOUD,
  'enterprise self_hosted_runners': 'ghes-3.19',
  'enterprise runners.labels': 'ghes-3.4',
  'enterprise runner_groups.allows_public_repositories': 'ghes-3.4',
  'enterprise hosted_runners': ['ghec'],
  'organization permissions': 'ghes-3.4',
  'organization workflow_permissions': 'ghes-3.5',
  'organization artifact_and_log_retention': 'ghes-3.19',
  'organization cache_limits': CLOUD,
  'organization fork_pr_contributor_approval': 'ghes-3.19',
  'organization fork_pr_workflows_private_repos': 'ghes-3.19',
  'organization oidc_subject_claim': 'ghes-3.7',
  'organization oidc_custom_properties': CLOUD,
  'organization dependabot_secrets': 'ghes-3.4',
  'organization codespaces_secrets': CLOUD,
  'organization agents_secrets': CLOUD,
  'organization variables': 'ghes-3.8',
  'organization agents_variables': CLOUD,
  'organization self_hosted_runners': 'ghes-3.19',
  'organization runners.labels': 'ghes-3.4',
  'organization runner_groups.allows_public_repositories': 'ghes-3.4',
  'organization runner_groups.restricted_to_workflows': 'ghes-3.5',
  'organization runner_groups.selected_workflows': 'ghes-3.5',
  'organization hosted_runners': CLOUD,
  'repository permissions': 'ghes-3.4',
  'repository workflow_permissions': 'ghes-3.6',
  'repository workflow_access': 'ghes-3.5',
  'repository workflow_access.access_level: enterprise': ['ghes-3.5', 'ghec'],
  'repository artifact_and_log_retention': 'ghes-3.19',
  'repository cache_limits': 'ghes-3.5',
  'repository cache_limits.max_cache_retention_days': CLOUD,
  'repository cache_limits.max_cache_size_gb': CLOUD,
  'repository fork_pr_contributor_approval': 'ghes-3.19',
  'repository fork_pr_workflows_private_repos': 'ghes-3.19',
  'repository oidc_subject_claim': 'ghes-3.7',
  'repository dependabot_secrets': 'ghes-3.4',
  'repository codespaces_secrets': CLOUD,
  'repository agents_secrets': CLOUD,
  'repository variables': 'ghes-3.8',
  'repository agents_variables': CLOUD,
  'repository workflows': 'ghes-3.4',
  'repository runners.labels': 'ghes-3.4',
  'repository environments': 'ghes-3.4',
  'repository environments.prevent_self_review': 'ghes-3.11',
  'repository environments.can_admins_bypass': 'ghes-3.9',
  'repository environments.deployment_branch_policies: tag': 'ghes-3.16',
  'repository environments.deployment_protection_rules': 'ghes-3.10',
  'environment secrets': 'ghes-3.4',
  'environment variables': 'ghes-3.8',
}

interface OnAe {
  /** Those of the above that it has. */
  readonly has: readonly string[]
  /** All else that it lacks, though GHES 2.22 has it. */
  readonly lacks: readonly string[]
}

/** GitHub AE is no release of Enterprise Server: it got things in another order, and some never. */
const ON_AE: Readonly<Record<string, OnAe>> = {
  'ghae-2021': {
    has: [...['organization permissions', 'repository permissions', 'repository workflows']],
    // It shows no runners of an organization, and takes no list of a group but with its create.
    lacks: [
      ...['enterprise runners', 'enterprise runner_groups', 'organization runners'],
      ...['organization runner_groups.inherited', 'organization runner_groups.runners'],
    ],
  },
  ghae: {
    has: [
      ...['enterprise permissions', 'organization permissions', 'repository permissions'],
      'enterprise permissions.selected_actions.verified_allowed',
      'enterprise runner_groups.allows_public_repositories',
      'organization runner_groups.allows_public_repositories',
      ...['repository workflows', 'repository environments'],
    ],
    // It shows groups without what they hold, and takes a list of it with the create of an organization's alone.
    lacks: ['enterprise runner_groups.organizations', 'organization runner_groups.inherited'],
  },
}

/** What of the example a product lacks; of a family that it lacks, no field. */
export function lackedBy(product: string, levels: readonly string[]): readonly string[] {
  const ae = ON_AE[product]
  const all = Object.keys(SINCE).filter((name) => (ae ? !ae.has.includes(name) : !has(product, SINCE[name] ?? [])))
  const lacked = [...all, ...(ae?.lacks ?? [])].filter((name) => levels.includes(name.split(' ')[0] ?? ''))
  return lacked.filter((name) => !lacked.some((other) => name.startsWith(`${other}.`))).sort()
}

function has(product: string, since: Since): boolean {
  const those: readonly string[] = typeof since === 'string' ? [since, ...CLOUD] : since
  const first = those.find((name) => name.startsWith('ghes-'))
  const isLater = first !== undefined && product.startsWith('ghes-') && minor(product) >= minor(first)
  return isLater || those.includes(product)
}

/** Of GHES 2.22 it is before all of 3. */
function minor(release: string): number {
  return release === 'ghes-2.22' ? -1 : Number(release.split('.')[1])
}
