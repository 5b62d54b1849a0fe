import type { Family } from '../../core/family.ts'
import { type HostedRunner, type HostedRunnerRef, nameFault } from './document.ts'
import { hostedRunnersAt } from './level.ts'
import { besideHosted, comingNotes } from './reach.ts'
import { hostedRoutes } from './routes.ts'

const ROUTES = {
  enterprise: hostedRoutes('/enterprises/{enterprise}/actions', 'organizations'),
  organization: hostedRoutes('/orgs/{org}/actions', 'repositories'),
}

/** The two levels write by the same fields. */
function writtenAs(as?: string) {
  const more = as === undefined ? {} : { as }
  return {
    enterprise: { route: ROUTES.enterprise.update, ...more },
    organization: { route: ROUTES.organization.update, ...more },
  }
}

/**
 * Larger runners that GitHub hosts, by name. Neither machine nor image gives access; the group says who may use one.
 * https://docs.github.com/rest/actions/hosted-runners
 */
export const hostedRunners = {
  name: 'hosted_runners',
  shape: 'members',
  fields: {
    'image.id': { wider: 'never', written: writtenAs('image_id') },
    'image.source': { wider: 'never', written: writtenAs('image_source') },
    'image.version': { wider: 'never', written: writtenAs('image_version') },
    size: { wider: 'never', written: writtenAs() },
    runner_group: { wider: () => true, written: writtenAs('runner_group_id') },
    maximum_runners: { wider: 'never', written: writtenAs() },
    enable_static_ip: { wider: 'never', written: writtenAs() },
    image_gen: { wider: 'never', written: writtenAs() },
  },
  fold: (key) => key,
  nameFault,
  leavesGroup: ({ action, changed }) => action === 'update' && changed.has('runner_group'),
  beside: (edit) => ({ runner_groups: besideHosted(edit) }),
  consequences: comingNotes,
  needs: [{ family: 'runner_groups', from: 'here' }],
  scopes: {
    enterprise: hostedRunnersAt<'enterprise'>(ROUTES.enterprise),
    organization: hostedRunnersAt<'organization'>(ROUTES.organization),
  },
} satisfies Family<HostedRunner, HostedRunnerRef>
