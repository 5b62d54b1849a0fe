import { selectedList } from '../common/selected-list.ts'

/** The routes of the runner groups of one level, below `…/actions`. */
function groupRoutes(actions: `/${string}`) {
  const groups = `${actions}/runner-groups` as const
  const group = `${groups}/{runner_group_id}` as const
  const runner = `${group}/runners/{runner_id}` as const
  return {
    list: `GET ${groups}`,
    create: `POST ${groups}`,
    get: `GET ${group}`,
    update: `PATCH ${group}`,
    remove: `DELETE ${group}`,
    selected: selectedList(group),
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
  } as const
}

export const ROUTES = groupRoutes('/orgs/{org}/actions')
