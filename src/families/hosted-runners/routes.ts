import { selectedList } from '../common/selected-list.ts'

/** The routes of the hosted runners of one level, below `…/actions`, and of what they can be made of. */
export function hostedRoutes<Lists extends 'organizations' | 'repositories'>(actions: `/${string}`, lists: Lists) {
  const all = `${actions}/hosted-runners` as const
  const one = `${all}/{hosted_runner_id}` as const
  return {
    list: `GET ${all}`,
    create: `POST ${all}`,
    get: `GET ${one}`,
    update: `PATCH ${one}`,
    remove: `DELETE ${one}`,
    groups: `GET ${actions}/runner-groups`,
    /** The list of a group. */
    selected: selectedList(`${actions}/runner-groups/{runner_group_id}`, lists),
    images: {
      github: `GET ${all}/images/github-owned`,
      partner: `GET ${all}/images/partner`,
      custom: `GET ${all}/images/custom`,
    },
    /** Of a custom image. */
    versions: `GET ${all}/images/custom/{image_definition_id}/versions`,
    sizes: `GET ${all}/machine-sizes`,
    limits: `GET ${all}/limits`,
  } as const
}

export type HostedRoutes = ReturnType<typeof hostedRoutes>
