import { selectedList } from '../common/selected-list.ts'

/** The routes of the runner groups of one level, below `…/actions`. */
function groupRoutes<Lists extends 'organizations' | 'repositories'>(
  actions: `/${string}`,
  lists: Lists,
  networks: `GET /${string}`,
) {
  const groups = `${actions}/runner-groups` as const
  const group = `${groups}/{runner_group_id}` as const
  const runner = `${group}/runners/{runner_id}` as const
  return {
    list: `GET ${groups}`,
    create: `POST ${groups}`,
    get: `GET ${group}`,
    update: `PATCH ${group}`,
    remove: `DELETE ${group}`,
    selected: selectedList(group, lists),
    runners: `GET ${group}/runners`,
    /** The runners in a group; its list is read by `runners`. */
    held: {
      field: 'runners',
      as: 'runners',
      item: 'runner_id',
      replace: `PUT ${group}/runners`,
      add: `PUT ${runner}`,
      remove: `DELETE ${runner}`,
    },
    allRunners: `GET ${actions}/runners`,
    hosted: `GET ${actions}/hosted-runners`,
    networks,
  } as const
}

export const ROUTES = {
  enterprise: groupRoutes(
    '/enterprises/{enterprise}/actions',
    'organizations',
    'GET /enterprises/{enterprise}/network-configurations',
  ),
  organization: groupRoutes('/orgs/{org}/actions', 'repositories', 'GET /orgs/{org}/settings/network-configurations'),
} as const

/** The levels that have runner groups. */
export type GroupLevel = keyof typeof ROUTES
