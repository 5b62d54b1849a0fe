import type { FamilyWith } from '../../core/family-at.ts'
import { RENAMED_FROM } from '../../core/rename.ts'
import { accessFields, VISIBILITIES } from './selected-access.ts'
import { valueNameFault } from './value-names.ts'
import type { Variable, VariableLevel, VariableRef, VariablesAt } from './variable.ts'
import { variablesAlone } from './variables-alone.ts'
import { variablesShared } from './variables-shared.ts'

interface VariableLevels {
  readonly organization?: VariablesAt<`/${string}`>
  readonly repository?: VariablesAt
  readonly environment?: VariablesAt
}

/**
 * A family of variables. All of GitHub's have the same routes below the path of their list: `/{name}`, and at organizations
 * `/{name}/repositories`.
 * @example
 * export const agentsVariables = variablesOf('agents_variables', {
 *   organization: { path: '/orgs/{org}/agents/variables' },
 *   repository: { path: '/repos/{owner}/{repo}/agents/variables' },
 * })
 */
export function variablesOf<Levels extends VariableLevels>(
  name: string,
  levels: Levels,
): FamilyWith<keyof Levels & keyof VariableLevels, Variable, VariableRef> {
  const { organization, repository, environment } = levels
  const made: { readonly [S in keyof VariableLevels]: VariableLevel<S> } = {
    ...(organization ? { organization: variablesShared(organization) } : {}),
    ...(repository ? { repository: variablesAlone(repository) } : {}),
    ...(environment ? { environment: variablesAlone(environment) } : {}),
  }
  const each = <K extends keyof VariableLevel<never>>(part: K) =>
    Object.fromEntries(Object.entries(made).flatMap(([level, { [part]: own }]) => (own ? [[level, own]] : [])))
  const family: FamilyWith<never, Variable, VariableRef> = {
    name,
    shape: 'members',
    apart: true,
    fields: {
      ...accessFields('visibility', VISIBILITIES, each('access')),
      value: { text: true, wider: 'never', written: each('value') },
      [RENAMED_FROM]: { wider: 'never', written: each('name') },
    },
    fold: (key) => key.toUpperCase(),
    nameFault: valueNameFault('variable'),
    listed: ({ repositories }) => repositories,
    scopes: each('entry'),
  }
  return family as FamilyWith<keyof Levels & keyof VariableLevels, Variable, VariableRef>
}
