import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cleanup } from '../../src/cleanup/policy.ts'
import { loadConfiguration } from '../../src/config/load.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import { LADDER, type ScopeType } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import { bundledSchema } from '../../src/shipped/bundled-schema.ts'
import { KNOWN_MAPS } from '../../src/shipped/validators.js'
import { listing, problemsOf, resolved } from './load-files.ts'

const EXAMPLES = join(dirname(fileURLToPath(import.meta.url)), '../../examples')

/** A folder with a seed for the sandbox has its configuration beside it in one file. */
const CONFIGURATIONS = readdirSync(EXAMPLES)
  .filter((name) => name !== 'workflows')
  .map((name) => (existsSync(join(EXAMPLES, name, 'github.yaml')) ? join(name, 'octoform.yaml') : name))

describe('examples', () => {
  it.each(CONFIGURATIONS)('%s is a valid configuration', async (name) => {
    const { configuration, problems } = await loadConfiguration([name], EXAMPLES, families)
    expect(problems).toEqual([])
    expect(configuration?.owners).not.toEqual([])
    for (const owner of configuration?.owners ?? []) {
      if (configuration === undefined) continue
      const { sections, diagnostics } = resolveOwner(configuration, owner.name, undefined, families)
      expect(diagnostics).toEqual([])
      expect(sections).not.toEqual([])
    }
  })

  it('one of everything validates and resolves', async () => {
    const yaml = `version: 1
github: { api_url: https://github.example.com/api/v3, product: ghes-3.19 }
ledger: { path: .octoform/ledger.json }
guards: { max_deletions: 10, protect: ["orgs/acme/secrets/DEPLOY_*"] }
x-ci: &ci { visibility: selected, repositories: [web, "service-*", "!service-legacy"] }
organizations:
  acme:
    permissions:
      enabled_repositories: selected
      repositories: [web, api, "service-*"]
      allowed_actions: selected
      selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["docker/*"] }
    secrets:
      NPM_TOKEN: { <<: *ci, value: { env: NPM_TOKEN } }
      SONAR: { visibility: selected, repositories: [{ topic: java, fork: false }] }
      OLD_TOKEN: absent
    runner_groups:
      gpu: { visibility: selected, repositories: ["ml-*"], allows_public_repositories: false, runners: [gpu-01, gpu-02] }
    prune: ["runner_groups/*", "secrets/PAY_*"]
    repositories:
      web:
        permissions: { enabled: true }
        secrets: { DEPLOY_KEY: { value: { file: deploy.key } } }
    repository_sets:
      - match: { name: "service-*", visibility: [private, internal], topic: backend }
        secrets: { QUEUE: { value: { env: QUEUE } } }
organization_sets: []
repositories: {}
enterprises: {}
`
    const repositories = listing({
      web: {},
      api: {},
      'service-a': { topics: ['backend'] },
      'service-legacy': { visibility: 'public', topics: ['backend'] },
      billing: { topics: ['java'] },
      'ml-1': {},
    })
    const { sections, messages, member } = await resolved(yaml, repositories)
    expect(messages).toEqual([])
    expect(sections.flatMap(({ members }) => members.map(({ address }) => address))).toEqual([
      'orgs/acme/permissions',
      'orgs/acme/runner_groups/gpu',
      'orgs/acme/secrets/NPM_TOKEN',
      'orgs/acme/secrets/OLD_TOKEN',
      'orgs/acme/secrets/SONAR',
      'repos/acme/service-a/secrets/QUEUE',
      'repos/acme/web/permissions',
      'repos/acme/web/secrets/DEPLOY_KEY',
    ])
    expect(member('orgs/acme/secrets/NPM_TOKEN')).toMatchObject({
      spec: { visibility: 'selected', repositories: ['service-a', 'web'], value: 'env:NPM_TOKEN' },
      source: { line: 14, col: 7 },
      sources: { repositories: { line: 5, col: 35 }, value: { line: 14, col: 29 } },
      matched: { repositories: ['service-a'] },
      fromSet: false,
    })
    expect(await problemsOf({ 'octoform.yaml': yaml })).toEqual([])
  })
})

describe('schemas and families are in step', () => {
  const scopes: Readonly<Record<ScopeType, readonly string[]>> = {
    enterprise: ['enterprises', '*'],
    organization: ['organizations', '*'],
    repository: ['repositories', '*'],
    environment: ['repositories', '*', 'environments', '*'],
  }

  it('every family has its schema file, and every schema file its family', async () => {
    const { $defs }: { $defs: object } = JSON.parse(await bundledSchema())
    const files = Object.keys($defs).filter((name) => name.endsWith('.json') && name !== 'common.json')
    expect(files.sort()).toEqual([...families, cleanup].map(({ name }) => `${name}.json`).sort())
  })

  it.each(families.map((family) => [family.name, family] as const))('%s has the same fields in both', (_, family) => {
    const described = new Set<string>()
    for (const [scope, path] of Object.entries(scopes)) {
      const root = [...path, family.name, ...(family.shape === 'members' ? ['*'] : [])]
      const fields = leavesBelow(root)
      expect(keysAt(path).includes(family.name), `${scope} in the schema`).toBe(
        family.scopes[scope as ScopeType] !== undefined,
      )
      for (const field of fields) described.add(field)
    }
    const lists = Object.entries(family.fields).filter(([, field]) => field.list !== undefined)
    const beside = lists.flatMap(([leaf]) => ['add_', 'remove_'].map((prefix) => leaf.replace(/[^.]+$/, `${prefix}$&`)))
    // An environment has families of its own beside its fields.
    if (family.name === LADDER.environment.key) {
      const inside = families.filter((each) => each.scopes.environment !== undefined).map(({ name }) => name)
      for (const key of ['prune', ...inside]) described.delete(key)
    }
    expect([...described].sort()).toEqual([...Object.keys(family.fields), ...beside].sort())
  })

  function keysAt(place: readonly string[]): readonly string[] {
    return KNOWN_MAPS.find(({ path }) => path.join('.') === place.join('.'))?.keys ?? []
  }

  /** Dotted paths below a place; keys below a list or a `value` are no fields of their own. */
  function leavesBelow(root: readonly string[]): readonly string[] {
    return keysAt(root).flatMap((key) => {
      const inner = key === 'value' ? [] : leavesBelow([...root, key])
      return inner.length === 0 ? [key] : inner.map((leaf) => `${key}.${leaf}`)
    })
  }
})
