import type { Family } from '../../core/family.ts'
import { runnerFault } from '../common/list-entries.ts'
import { type LabelledRunner, labelFault, MOST_LABELS, type RunnerRef } from './labels.ts'
import { runnerRoutes, runnersAt } from './level.ts'

const ROUTES = {
  enterprise: runnerRoutes('/enterprises/{enterprise}/actions'),
  organization: runnerRoutes('/orgs/{org}/actions'),
  repository: runnerRoutes('/repos/{owner}/{repo}/actions'),
}

/**
 * Self-hosted runners, by name. They register themselves; GitHub drops one that was offline for 14 days.
 * https://docs.github.com/rest/actions/self-hosted-runners
 */
export const runners = {
  name: 'runners',
  shape: 'members',
  fields: {
    labels: {
      list: 'names',
      entryFault: labelFault,
      most: MOST_LABELS,
      // Jobs go to the runners that have their labels: any change of these may bring other jobs to one.
      wider: () => true,
      written: {
        enterprise: { route: ROUTES.enterprise.put },
        organization: { route: ROUTES.organization.put },
        repository: { route: ROUTES.repository.put },
      },
    },
  },
  fold: (key) => key,
  nameFault: runnerFault,
  notCreated: (key) =>
    `GitHub has no runner ${key}: one registers itself, and GitHub drops those that were offline for 14 days`,
  unpruned: 'of which only `absent` removes one',
  scopes: {
    enterprise: runnersAt<'enterprise'>(ROUTES.enterprise),
    organization: runnersAt<'organization'>(ROUTES.organization),
    repository: runnersAt<'repository'>(ROUTES.repository),
  },
} satisfies Family<LabelledRunner, RunnerRef>
