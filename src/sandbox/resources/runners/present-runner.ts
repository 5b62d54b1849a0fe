import type { Call } from '../../http/call.ts'
import type { Organization } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { presentNetwork } from './group-settings.ts'
import type { Runner, RunnerGroup } from './state.ts'

/** A runner. GHES 2.22 shows no labels; the group's id came with 3.8, `ephemeral` with 3.12. */
export function presentRunner(call: Call, runner: Runner): object {
  return {
    id: runner.id,
    name: runner.name,
    os: runner.os,
    status: runner.status,
    busy: runner.busy,
    ...(hasSince(call.product, [3, 4]) ? { labels: labelsOf(runner) } : {}),
    ...(hasSince(call.product, [3, 8]) && runner.groupId !== undefined ? { runner_group_id: runner.groupId } : {}),
    ...(hasSince(call.product, [3, 12]) ? { ephemeral: runner.ephemeral } : {}),
  }
}

/** The labels that the runner application sets itself come first. */
export function labelsOf(runner: Runner): { readonly id: number; readonly name: string; readonly type: string }[] {
  const own = ['self-hosted', runner.os, 'X64'].map((name, index) => ({ id: index + 1, name, type: 'read-only' }))
  const custom = runner.labels.map((name, index) => ({ id: own.length + index + 1, name, type: 'custom' }))
  return [...own, ...custom]
}

/**
 * A runner group. The description of GHES 2.22 leaves `allows_public_repositories` out, the documentation's own
 * examples of that release show it, so it is there in every product.
 */
export function presentGroup(call: Call, organization: Organization, group: RunnerGroup): object {
  const url = `${call.base}/orgs/${organization.login}/actions/runner-groups/${group.id}`
  return {
    id: group.id,
    name: group.name,
    visibility: group.visibility,
    default: group.default,
    ...(group.visibility === 'selected' ? { selected_repositories_url: `${url}/repositories` } : {}),
    runners_url: `${url}/runners`,
    ...(call.product.kind === 'ghes' ? {} : { hosted_runners_url: `${url}/hosted-runners` }),
    inherited: group.inherited,
    ...(group.inherited && hasSince(call.product, [3, 4])
      ? { inherited_allows_public_repositories: group.allowsPublicRepositories }
      : {}),
    ...presentNetwork(call, group),
    allows_public_repositories: group.allowsPublicRepositories,
    ...(hasSince(call.product, [3, 5])
      ? {
          restricted_to_workflows: group.restrictedToWorkflows,
          selected_workflows: group.selectedWorkflows,
          workflow_restrictions_read_only: group.inherited,
        }
      : {}),
  }
}
