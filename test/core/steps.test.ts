import { expect, it } from 'vitest'
import { stepsOf } from '../../src/core/steps.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { ACME, WEB } from '../support/stub-family.ts'

it.each([
  ['repositories', 'enabled_repositories', permissions, ACME, true],
  ['selected_actions', 'allowed_actions', permissions, ACME, true],
  ['selected_actions', 'allowed_actions', permissions, WEB, true],
  ['allowed_actions', 'enabled_repositories', permissions, ACME, false],
  ['allowed_actions', 'enabled', permissions, WEB, false],
  ['repositories', 'visibility', runnerGroups, ACME, true],
  ['selected_workflows', 'restricted_to_workflows', runnerGroups, ACME, false],
  ['repositories', 'visibility', secrets, ACME, false],
  ['repositories', 'repositories', permissions, ACME, false],
  ['repositories', 'nothing', permissions, ACME, false],
  ['nothing', 'enabled_repositories', permissions, ACME, false],
  ['constructor', '__proto__', permissions, ACME, false],
])('whether %s follows %s in a request of its own', (field, switched, family, scope, follows) => {
  expect(stepsOf({ family, scope }).follows(field, switched)).toBe(follows)
})

it('a create starts as its family says', () => {
  expect(stepsOf({ family: runnerGroups, scope: ACME }).beginning).toMatchObject({
    visibility: 'selected',
    runners: [],
  })
  expect(stepsOf({ family: secrets, scope: ACME }).beginning).toEqual({})
})
