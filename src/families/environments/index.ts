import type { Family } from '../../core/family.ts'
import { segmentFault, shownName, textFault } from '../../core/github-names.ts'
import { alternativesOf } from '../../core/routes.ts'
import { alignEnvironment, checkEnvironment } from './check.ts'
import { admittedTo, consequencesOf, exposedBy, takenAlong } from './consequences.ts'
import type { Environment, EnvironmentRef } from './document.ts'
import { fields } from './fields.ts'
import { readEnvironments } from './read.ts'
import { CONTENTS, ROUTES } from './routes.ts'
import { type EnvironmentEdit, writeEnvironment } from './write.ts'

const { list, patterns, rules, team, user, app, get, put, remove, addPattern, removePattern, addRule, removeRule } =
  ROUTES

/** https://docs.github.com/rest/deployments/environments */
export const environments = {
  name: 'environments',
  shape: 'members',
  fields,
  fold: (key) => key.toLowerCase(),
  nameFault(name) {
    const fault = name.trim() === '' ? 'a name must not be blank' : (segmentFault(name) ?? textFault(name, 255))
    return fault && `\`${shownName(name)}\` cannot be the name of an environment: ${fault}`
  },
  listed: ({ ids }) => ids,
  takesAlong: (edit) => takenAlong(edit as EnvironmentEdit),
  beside: (edit) => exposedBy(edit as EnvironmentEdit),
  admits: admittedTo,
  consequences: (edit) => consequencesOf(edit as EnvironmentEdit),
  scopes: {
    repository: {
      presence: list,
      reads: [
        list,
        patterns,
        rules,
        team,
        user,
        app,
        ...alternativesOf(CONTENTS.secrets),
        ...alternativesOf(CONTENTS.variables),
      ],
      readsFor: [
        { field: 'reviewers', routes: [team, user] },
        { field: 'deployment_branch_policies', routes: [patterns] },
        { field: 'deployment_protection_rules', routes: [rules, app] },
      ],
      writes: [get, put, remove, addPattern, removePattern, addRule, removeRule],
      read: readEnvironments,
      align: alignEnvironment,
      check: checkEnvironment,
      write: writeEnvironment,
    },
  },
} satisfies Family<Environment, EnvironmentRef>
