import { expect, it } from 'vitest'
import type { DesiredSection } from '../../src/core/desired.ts'
import type { Scope } from '../../src/core/scope.ts'
import { inGroups } from '../../src/engine/section-groups.ts'
import { ACME, line, stubFamily, WEB } from '../support/stub-family.ts'

const API: Scope = { type: 'repository', owner: 'acme', repo: 'api' }
const PROD: Scope = { ...API, type: 'environment', environment_name: 'prod' }

function section(scope: Scope): DesiredSection {
  return { scope, family: 'boxes', members: [], prune: [], source: line(1) }
}

it('puts each repository with its environments, and the policies that bound these, in one group', () => {
  const sections = [PROD, ACME, WEB, API].map(section)
  const above = (scope: Scope) => ({ scope, family: stubFamily(), fields: new Set<string>(), for: section(PROD) })
  const { ofOwner, ofRepositories } = inGroups(sections, [above(API), above(ACME)])
  expect([ofOwner.sections, ofOwner.aboves].map((each) => each.map(({ scope }) => scope))).toEqual([[ACME], [ACME]])
  expect(
    ofRepositories.map((group) => [group.sections, group.aboves].map((each) => each.map(({ scope }) => scope))),
  ).toEqual([
    [[PROD, API], [API]],
    [[WEB], []],
  ])
})
