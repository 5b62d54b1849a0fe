import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORIES = '{ web: { visibility: private }, api: { visibility: public } }'
const ACTIONS =
  'selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [docker/*] }'
const OFF = 'permissions: { enabled_repositories: none, allowed_actions: all }'
const NETWORKS = 'network_configurations: { old: { id: N1 }, new: { id: N2 } }'

/** Changes that GitHub takes in several requests, between which a field has neither its former value nor its final one. */
const CASES: readonly (readonly [name: string, before: string, after: string])[] = [
  ['Actions for all', OFF, 'permissions: { enabled_repositories: all, allowed_actions: all }'],
  ['Actions for all, with a list of actions', OFF, `permissions: { enabled_repositories: all, ${ACTIONS} }`],
  ['Actions for a list', OFF, 'permissions: { repositories: [web], allowed_actions: all }'],
  [
    'Actions for a list, with a list of actions',
    OFF,
    `permissions: { repositories: [web], allowed_actions: selected, ${ACTIONS} }`,
  ],
  [
    'from all to a list, while the actions are chosen',
    'permissions: { enabled_repositories: all, allowed_actions: all }',
    `permissions: { repositories: [web], allowed_actions: selected, ${ACTIONS} }`,
  ],
  [
    'from all to a list, while the list of actions ends',
    `permissions: { enabled_repositories: all, allowed_actions: selected, ${ACTIONS} }`,
    'permissions: { repositories: [web], allowed_actions: all }',
  ],
  [
    'a private group, to a list with a public repository',
    'runner_groups: { gpu: { visibility: private, allows_public_repositories: true } }',
    'runner_groups: { gpu: { visibility: selected, repositories: [api], allows_public_repositories: true } }',
  ],
  [
    'a group whose list is only edited, and which another takes a runner from',
    'runners: { r1: {}, r2: {} }, runner_groups: { old: { visibility: selected, runners: [r1] }, new: { visibility: all } }',
    'runner_groups: { old: { visibility: all, add_runners: [r2] }, new: { add_runners: [r1] } }',
  ],
  [
    'a group, to another network',
    `${NETWORKS}, runner_groups: { gpu: { visibility: all, network_configuration_id: N1 } }`,
    'runner_groups: { gpu: { visibility: selected, repositories: [web], network_configuration_id: N2 } }',
  ],
]

describe('a saved plan is applied again after each request of it', () => {
  it.each(CASES)('%s', async (_, before, after) => {
    const seed = `{ organizations: { acme: { repositories: ${REPOSITORIES}, ${before} } } }`
    const yaml = `version: 1\norganizations: { acme: { ${after} } }\n`
    const begin = async () => {
      const sandbox = await watchedSandbox({ seed })
      const place = await workplace(sandbox, { 'octoform.yaml': yaml })
      expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
      return {
        sandbox,
        apply: () => place.run(['apply', 'plan.json', '--auto-approve']),
        plan: () => place.run(['plan']),
      }
    }
    const { sandbox, apply } = await begin()
    const whole = await apply()
    expect(whole, whole.stdout + whole.stderr).toMatchObject({ code: 0 })
    const writes = sandbox.asked.filter(({ method }) => method !== 'GET')
    expect(writes.length).toBeGreaterThan(1)
    for (const [index, { method }] of writes.entries()) {
      const again = await begin()
      const nth = writes.slice(0, index + 1).filter((write) => write.method === method).length
      await again.sandbox.fault({ method, nth, times: 3, drop: true, after: true })
      expect(await again.apply()).toMatchObject({ code: 1 })
      const finished = await again.apply()
      expect(finished, finished.stdout + finished.stderr).toMatchObject({ code: 0 })
      expect((await again.plan()).stdout).toMatch(/(^|\n)No changes\.\n$/)
    }
  })
})
