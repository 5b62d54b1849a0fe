import { describe, expect, it } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import { isPresent } from '../../src/core/family-at.ts'
import type { Field } from '../../src/core/field.ts'
import { type Document, getPath, type Json, withPath } from '../../src/core/json.ts'
import { isMadeWith, leavesOf, secretLeaf, supportsLeaf } from '../../src/core/leaves.ts'
import { type ScopeType, scopeNamed } from '../../src/core/scope.ts'
import { supportOf } from '../../src/engine/get.ts'
import { families } from '../../src/families/index.ts'
import { type Place, planAt } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { SERVED_PRODUCTS } from '../support/served-products.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

/** A switch of a family at a level, with what it brings into force. */
interface Switch {
  readonly family: Family
  readonly level: ScopeType
  readonly product: string
  readonly field: string
  readonly is: Json
  readonly lists: readonly string[]
  /** Another value that it may have. */
  readonly from: Json
}

function switchesOf(product: string): readonly Switch[] {
  const support = supportOf(product)
  return families.flatMap((family) =>
    (Object.keys(family.scopes) as ScopeType[]).flatMap((level) => {
      const scope = scopeNamed(level, ['acme', 'web', 'prod'])
      const at = family.scopes[level]
      if (!isPresent(family, scope, support) || at?.unreadable?.(support) !== undefined) return []
      const leaves = leavesOf(family, level).filter((path) => supportsLeaf(family, path, level, support))
      const fields = new Map<string, { is: Json; lists: string[] }>()
      for (const path of leaves) {
        const mode = family.fields[path]?.mode
        if (mode === undefined) continue
        const known = fields.get(mode.field) ?? { is: mode.is, lists: [] }
        fields.set(mode.field, known)
        known.lists.push(path)
      }
      return [...fields].flatMap(([field, { is, lists }]) =>
        othersOf(family.fields[field], is, level).map((from) => ({ family, level, product, field, is, lists, from })),
      )
    }),
  )
}

/** Of environments, whose policies have no order. */
const POLICIES: readonly Json[] = ['all', 'protected_branches', 'custom_branch_policies']

/** The other values of a switch: a boolean's other one, and the words of an order. */
function othersOf(field: Field | undefined, is: Json, level: ScopeType): readonly Json[] {
  if (typeof is === 'boolean') return [!is]
  const order: readonly Json[] = Array.isArray(field?.wider) ? field.wider : POLICIES
  if (!order.includes(is)) throw new Error(`write down the other values beside ${is}`)
  return order.filter((each) => each !== is && !(level === 'enterprise' && each === 'private'))
}

function placeOf({ family, level, product }: Switch): Place {
  const scope = scopeNamed(level, level === 'enterprise' ? ['acme'] : ['acme', 'web', 'prod'])
  // The level above is not known: where it has the say, nothing of the level's own comes into force.
  return { family, scope, product, repositories: ['web', 'api'], known: { mentions: () => true, live: () => [] } }
}

/** Actions is on, unless the switch is the one that turns it off: GitHub shows no allowed actions then. */
const ON: Readonly<Partial<Record<ScopeType, Document>>> = {
  enterprise: { enabled_organizations: 'all', allowed_actions: 'all' },
  organization: { enabled_repositories: 'all', allowed_actions: 'all' },
  repository: { enabled: true, allowed_actions: 'all' },
}

function liveOf({ family, level, field, from }: Switch): Document {
  const rest = family.name === 'permissions' && from !== 'none' ? (ON[level] ?? {}) : {}
  return withPath(rest, field, from)
}

/**
 * The other fields that the YAML must give with the switch: a secret's value, since GitHub takes its visibility only with it, and
 * the allowed actions where Actions was off.
 */
function beside({ family, from }: Switch): Document {
  const path = secretLeaf(family)
  if (path !== undefined) return withPath({}, path, 'env:NEW')
  return family.name === 'permissions' && from === 'none' ? { allowed_actions: 'all' } : {}
}

function wantedOf({ family }: Switch, path: string): Json {
  const field = family.fields[path]
  if (field?.list === 'names') return family.name === 'permissions' ? ['actions/*'] : ['main']
  if (field?.list !== undefined) return ['web']
  return true
}

const ALL = SERVED_PRODUCTS.flatMap(switchesOf)
const ROWS = ALL.map((each) => {
  return [`${each.product} ${each.level} ${each.family.name}.${each.field} from ${each.from}`, each] as const
})

it('knows every switch', () => {
  const found = new Set(ALL.map(({ level, family, field }) => `${level} ${family.name}.${field}`))
  expect([...found].sort()).toMatchInlineSnapshot(`
    [
      "enterprise permissions.allowed_actions",
      "enterprise permissions.enabled_organizations",
      "enterprise runner_groups.restricted_to_workflows",
      "enterprise runner_groups.visibility",
      "organization agents_secrets.visibility",
      "organization agents_variables.visibility",
      "organization codespaces_secrets.visibility",
      "organization dependabot_secrets.visibility",
      "organization permissions.allowed_actions",
      "organization permissions.enabled_repositories",
      "organization runner_groups.restricted_to_workflows",
      "organization runner_groups.visibility",
      "organization secrets.visibility",
      "organization self_hosted_runners.enabled_repositories",
      "organization variables.visibility",
      "repository environments.deployment_branch_policy",
      "repository permissions.allowed_actions",
    ]
  `)
})

describe.each(ROWS)('%s', (_, each) => {
  const { field, is, lists } = each
  const place = placeOf(each)
  const madeWith = lists.some((path) => isMadeWith(each.family, path, each.level, supportOf(each.product)))
  const key = each.family.shape === 'settings' ? '' : 'X'
  const plan = (wants: Document, edits: Readonly<Record<string, { add?: readonly string[] }>> = {}) => {
    return planAt(place, { key, wants: { ...beside(each), ...wants }, live: liveOf(each), rest: { edits } })
  }
  const switches = ({ work }: ReturnType<typeof planAt>): boolean => getPath(work?.change.after ?? {}, field) === is

  it('is held back where the YAML does not give what comes into force', () => {
    const planned = plan(withPath({}, field, is))
    expect(planned.heldBack?.map((held) => held.field)).toEqual([field])
    expect(switches(planned)).toBe(false)
  })

  it('is held back where the YAML only adds to it', () => {
    const edited = lists.filter((path) => each.family.fields[path]?.list !== undefined)
    const edits = Object.fromEntries(edited.map((path) => [path, { add: wantedOf(each, path) as readonly string[] }]))
    for (const wants of [withPath({}, field, is), {}]) {
      const planned = plan(wants, edits)
      const held = planned.heldBack?.map((each) => each.field)
      // A list that is taken with a create alone is itself held back: then nothing asks for the switch.
      if (madeWith && getPath(wants, field) === undefined) expect(held).toEqual(lists)
      else expect(held, JSON.stringify(planned.work?.change)).toContain(field)
      expect(switches(planned)).toBe(false)
    }
  })

  it('is planned where the YAML gives all of it', () => {
    let wants = withPath({}, field, is)
    for (const path of lists) wants = withPath(wants, path, wantedOf(each, path))
    const planned = plan(wants)
    if (madeWith) {
      expect(planned.heldBack?.map((held) => held.field).sort()).toEqual([...lists, field].sort())
      expect(switches(planned)).toBe(false)
      return
    }
    expect(planned.heldBack ?? []).toEqual([])
    expect(switches(planned)).toBe(true)
    for (const path of lists) expect(getPath(planned.work?.change.after ?? {}, path)).toEqual(wantedOf(each, path))
  })
})

describe('on GitHub, which keeps a list that it does not show', () => {
  interface Kept {
    readonly seed: object
    /** The requests by which a person hides the list behind another mode. */
    readonly hide: readonly (readonly [method: string, path: string, body: object])[]
    /** The switch in the YAML, with and without what it brings into force. */
    readonly alone: string
    readonly whole: string
    /** The list that is in force then, and how it is read. */
    readonly read: string
    readonly after: object
  }
  const ENVIRONMENT = '/repos/acme/web/environments/prod'
  const KEPT: Readonly<Record<string, Kept>> = {
    'the patterns of an environment': {
      seed: { repositories: { web: { environments: { prod: { deployment_branch_policies: ['kept/*'] } } } } },
      hide: [['PUT', ENVIRONMENT, { deployment_branch_policy: null }]],
      alone: 'repositories: { web: { environments: { prod: { deployment_branch_policy: custom_branch_policies } } } }',
      whole:
        'repositories: { web: { environments: { prod: { deployment_branch_policy: custom_branch_policies, deployment_branch_policies: [main] } } } }',
      read: `${ENVIRONMENT}/deployment-branch-policies`,
      after: { branch_policies: [{ name: 'main' }] },
    },
    'the repositories that may run Actions': {
      seed: {
        repositories: { web: {}, api: {} },
        permissions: { enabled_repositories: 'selected', repositories: ['web'] },
      },
      hide: [['PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all', allowed_actions: 'all' }]],
      alone: 'permissions: { enabled_repositories: selected }',
      whole: 'permissions: { enabled_repositories: selected, repositories: [api] }',
      read: '/orgs/acme/actions/permissions/repositories',
      after: { repositories: [{ name: 'api' }] },
    },
    'the repositories that may have runners': {
      seed: {
        repositories: { web: {}, api: {} },
        self_hosted_runners: { enabled_repositories: 'selected', repositories: ['web'] },
      },
      hide: [['PUT', '/orgs/acme/actions/permissions/self-hosted-runners', { enabled_repositories: 'all' }]],
      alone: 'self_hosted_runners: { enabled_repositories: selected }',
      whole: 'self_hosted_runners: { enabled_repositories: selected, repositories: [api] }',
      read: '/orgs/acme/actions/permissions/self-hosted-runners/repositories',
      after: { repositories: [{ name: 'api' }] },
    },
    'the repositories of a variable': {
      seed: {
        repositories: { web: {}, api: {} },
        variables: { REGION: { visibility: 'selected', repositories: ['web'], value: 'eu' } },
      },
      hide: [['PATCH', '/orgs/acme/actions/variables/REGION', { visibility: 'all' }]],
      alone: 'variables: { REGION: { visibility: selected } }',
      whole: 'variables: { REGION: { visibility: selected, repositories: [api] } }',
      read: '/orgs/acme/actions/variables/REGION/repositories',
      after: { repositories: [{ name: 'api' }] },
    },
  }

  it.each(Object.entries(KEPT))(
    '%s: not in force again without the YAML, and then what the YAML has',
    async (_, kept) => {
      const sandbox = await watchedSandbox({ product: 'ghec', seed: { organizations: { acme: kept.seed } } })
      for (const [method, path, body] of kept.hide) {
        expect((await sandbox.call(method, path, body)).status, path).toBeLessThan(300)
      }
      const yaml = (body: string): string => `version: 1\norganizations:\n  acme: { ${body} }\n`
      const place = await workplace(sandbox, { 'octoform.yaml': yaml(kept.alone) })
      const [held] = (await place.plan()).held_back
      expect(held?.reason).toContain('the list that GitHub kept cannot be seen, and would come into force')
      expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 2 })
      expect(sandbox.writes()).toEqual([])
      await place.write('octoform.yaml', yaml(kept.whole))
      const applied = await place.run(['apply', '--auto-approve'])
      expect(applied.code, applied.stdout + applied.stderr).toBe(0)
      const { body } = await sandbox.call('GET', kept.read)
      expect(body).toMatchObject({ total_count: 1, ...kept.after })
      expect((await place.run(['plan'])).stdout).toMatch(/(^|\n)No changes\.\n$/)
    },
  )
})
