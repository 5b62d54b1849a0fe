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
    putRunners: `PUT ${group}/runners`,
    addRunner: `PUT ${runner}`,
    removeRunner: `DELETE ${runner}`,
    allRunners: `GET ${actions}/runners`,
  } as const
}

export const ROUTES = groupRoutes('/orgs/{org}/actions')
