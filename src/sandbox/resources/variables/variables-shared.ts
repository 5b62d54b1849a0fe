import { type Body, choice, integers, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, organizationOf, type Route } from '../../http/call.ts'
import type { Organization } from '../../world/owners.ts'
import { byName, type Part } from '../../world/part.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { wordAt } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import { timestamp } from '../../world/store.ts'
import { ACCESS_VISIBILITIES, type AccessVisibility, memberIds } from '../members.ts'
import { minimalRepository } from '../repositories/present-repository.ts'
import { selectedRepositories } from '../selected-members.ts'
import {
  changeVariable,
  dumpVariable,
  newVariable,
  presentVariable,
  seedVariables,
  type Variable,
  type Variables,
  variableIn,
} from './values.ts'
import { variableRoutes } from './variable-routes.ts'

interface Shared extends Variable {
  visibility: AccessVisibility
  /** Kept, unused, while `visibility` is not `selected`. */
  repositories: Set<number>
}

interface VariablesShared {
  /** The key in a seed. */
  readonly key: string
  readonly most: number
  readonly template: string
  /** Without its access. */
  readonly permission: string
  readonly on: Partial<Route>
}

/** The variables of an organization (https://docs.github.com/rest/actions/variables). */
export function variablesShared({ key, most, template, permission, on }: VariablesShared): {
  readonly routes: readonly Route[]
  readonly part: Part<Organization>
} {
  const variablesOf = slot<Organization, Variables<Shared>>(
    () => new Map(),
    (variables, repositoryId) => {
      for (const { repositories } of variables.values()) repositories.delete(repositoryId)
    },
  )
  const all = (call: Call): Variables<Shared> => variablesOf(organizationOf(call))
  const one = (call: Call): Shared => variableIn(call, all(call))
  const present = (call: Call, variable: Shared): object => {
    const list = `${call.base}${template.replace('{org}', organizationOf(call).login)}/${variable.name}/repositories`
    const isSelected = variable.visibility === 'selected'
    return {
      ...presentVariable(variable),
      visibility: variable.visibility,
      ...(isSelected ? { selected_repositories_url: list } : {}),
    }
  }
  const create = (call: Call): Answer => {
    const body = bodyOf(call)
    const visibility = required(choice(body, 'visibility', ACCESS_VISIBILITIES), 'visibility')
    const repositories = repositoriesIn(call, body) ?? new Set<number>()
    const variable = newVariable(body, all(call), timestamp(call.now), most)
    all(call).set(variable.name.toUpperCase(), { ...variable, visibility, repositories })
    return { status: 201, body: {} }
  }
  const change = (call: Call): Answer => {
    const [body, found] = [bodyOf(call), one(call)]
    const visibility = choice(body, 'visibility', ACCESS_VISIBILITIES) ?? found.visibility
    const repositories = repositoriesIn(call, body) ?? found.repositories
    changeVariable(body, all(call), found, timestamp(call.now))
    Object.assign(found, { visibility, repositories })
    return NO_CONTENT
  }
  const read = { ...on, permission: `${permission}=read`, scope: 'admin:org' }
  const write = { ...on, permission: `${permission}=write`, scope: 'admin:org' }
  const routes: readonly Route[] = [
    ...variableRoutes({ template, read, write, all, present, create, change }),
    ...selectedRepositories({
      template: `${template}/{name}`,
      read,
      write,
      idsOf: (call) => one(call).repositories,
      unselected: (call) =>
        one(call).visibility === 'selected' ? undefined : 'The visibility of the variable is not set to selected',
      // All four document 409.
      refuses: ['GET', 'PUT'],
      present: minimalRepository,
      changed(call) {
        one(call).updatedAt = timestamp(call.now)
      },
    }),
  ]
  const part: Part<Organization> = {
    keys: [key],
    seed(organization, given, world) {
      for (const [variable, entry] of seedVariables(given, key, ['visibility', 'repositories'])) {
        variablesOf(organization).set(variable.name.toUpperCase(), {
          ...variable,
          visibility: wordAt(entry, 'visibility', ACCESS_VISIBILITIES) ?? 'private',
          repositories: repositoryIdsAt(world, organization, entry),
        })
      }
    },
    dump: (organization, world) => ({
      [key]: byName(variablesOf(organization).values(), (variable) => ({
        visibility: variable.visibility,
        ...dumpRepositoryIds(world, variable.repositories, variable.visibility === 'selected'),
        ...dumpVariable(variable),
      })),
    }),
  }
  return { routes, part }
}

function repositoriesIn(call: Call, body: Body): Set<number> | undefined {
  const ids = integers(body, 'selected_repository_ids')
  return ids && memberIds(call, organizationOf(call), ids)
}
