import type { Body } from '../worlds/world.ts'
import { fields, type Random } from './random.ts'

const REPOSITORY_NAMES = ['web', 'api', 'Lib', 'svc-a', 'svc-b', 'svc-c']
export const SECRET_NAMES = ['NPM', 'SHARED', 'OLD', 'PAY_1', 'PAY_2']
export const GROUP_NAMES = ['gpu', 'GPU', 'tmp-1', 'x/y z']
export const RUNNER_NAMES = ['r1', 'r2', 'R2', 'r3']
export const PATTERNS = ['docker/*', 'acme/*@v1', '!acme/bad@*']
export const WORKFLOWS = [
  'acme/web/.github/workflows/build.yml@refs/heads/main',
  'acme/api/.github/workflows/test.yaml@v1',
]
export const VISIBILITIES = ['all', 'private', 'selected']
export const ALLOWED = ['all', 'local_only', 'selected']

/** An organization with all that the families manage, in any state that GitHub can have. */
export function seedBy(random: Random, product: string): Body {
  const names = ['web', ...REPOSITORY_NAMES.slice(1).filter(() => random.chance(70))]
  const lists = (visibility: unknown): string[] | undefined => {
    return visibility === 'selected' || random.chance(20) ? random.some(names) : undefined
  }
  const repositories = Object.fromEntries(names.map((name) => [name, repositoryBy(random, product)]))
  const secrets = random.some(SECRET_NAMES).map((name) => {
    const visibility = random.oneOf(VISIBILITIES)
    return [name, fields({ visibility, repositories: lists(visibility), value: `live ${name}` })]
  })
  const enabled = random.oneOf(['all', 'all', 'none', 'selected'])
  const runners = random.some(RUNNER_NAMES)
  return {
    product,
    organizations: {
      acme: {
        permissions: fields({
          enabled_repositories: enabled,
          repositories: lists(enabled),
          ...policyBy(random, product),
        }),
        secrets: Object.fromEntries(secrets),
        runners: Object.fromEntries(runners.map((name) => [name, {}])),
        runner_groups: groupsBy(random, product, runners, lists),
        repositories,
      },
    },
  }
}

function repositoryBy(random: Random, product: string): Body {
  const visibilities = product === 'dotcom' ? ['public', 'private'] : ['public', 'private', 'internal']
  const secrets = random.some(['TOKEN', 'KEY', 'PAY_1']).map((name) => [name, { value: `live ${name}` }])
  return {
    visibility: random.oneOf(visibilities),
    topics: random.some(['java', 'go']),
    archived: random.chance(10),
    fork: random.chance(15),
    permissions: { enabled: random.chance(80), ...policyBy(random, product) },
    secrets: Object.fromEntries(secrets),
  }
}

function policyBy(random: Random, product: string): Body {
  const actions = {
    github_owned_allowed: random.chance(50),
    verified_allowed: /^ghes-(2|3\.4)/.test(product) ? false : random.chance(50),
    patterns_allowed: random.some(PATTERNS),
  }
  return fields({
    allowed_actions: random.oneOf(['all', ...ALLOWED]),
    selected_actions: random.chance(50) ? actions : undefined,
    sha_pinning_required: isNew(product) ? random.chance(30) : undefined,
  })
}

function isNew(product: string): boolean {
  return !product.startsWith('ghes-') || product === 'ghes-3.19'
}

function groupsBy(
  random: Random,
  product: string,
  runners: readonly string[],
  lists: (visibility: unknown) => string[] | undefined,
): Body {
  const homes = new Map(runners.map((name) => [name, random.oneOf(['', ...GROUP_NAMES])]))
  const groupBy = (name: string): Body => {
    const visibility = random.oneOf(VISIBILITIES)
    const own = runners.filter((runner) => homes.get(runner) === name)
    return fields({
      visibility,
      repositories: lists(visibility),
      runners: own.length > 0 ? own : undefined,
      allows_public_repositories: random.chance(30),
      ...(product === 'ghes-2.22' || product === 'ghes-3.4'
        ? {}
        : { restricted_to_workflows: random.chance(30), selected_workflows: random.some(WORKFLOWS) }),
    })
  }
  const groups = random.some(GROUP_NAMES).map((name) => [name, groupBy(name)] as const)
  return {
    [random.oneOf(['Default', 'Home'])]: { default: true, ...groupBy('none') },
    ...Object.fromEntries(groups),
    ...(random.chance(20) ? { enterprise: { inherited: true, visibility: 'all' } } : {}),
  }
}
