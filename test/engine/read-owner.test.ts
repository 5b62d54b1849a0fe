import { describe, expect, it } from 'vitest'
import { listingNeeds } from '../../src/config/listing.ts'
import { loadConfiguration } from '../../src/config/load.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import { layersOfOwner, namedRepositories } from '../../src/config/scopes.ts'
import { makePlan } from '../../src/core/make-plan.ts'
import type { Plan } from '../../src/core/plan.ts'
import { listOwner } from '../../src/engine/list-owner.ts'
import { type OwnerState, unreadOwner } from '../../src/engine/owner-state.ts'
import { readDesired } from '../../src/engine/read-owner.ts'
import { sha256Of } from '../../src/engine/saved-plan.ts'
import { families } from '../../src/families/index.ts'
import { GitHubError } from '../../src/github/errors.ts'
import { serverProduct } from '../../src/github/product.ts'
import { buildApprovals, buildGuards } from '../support/build-guards.ts'
import { clientFor } from '../support/client-for.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    Acme: {
      repositories: {
        Web: { visibility: 'public', secrets: { own: { value: 'planted' } } },
        api: { former_names: ['service-api'] },
        ml: {},
      },
      permissions: { enabled_repositories: 'selected', repositories: ['Web', 'ml'] },
      secrets: {
        KEPT: { visibility: 'selected', repositories: ['Web', 'ml'], value: 'planted' },
        PAY_OLD: { visibility: 'all', value: 'planted' },
      },
      runner_groups: { gpu: { visibility: 'selected', repositories: ['ml'] } },
    },
  },
  repositories: { 'Octocat/Hello': {} },
}

interface Read {
  readonly state: OwnerState
  readonly plan: Plan
}

/** The state of one owner, and the plan that follows, with a credential that sees all or only some. */
async function readOwner(
  sandbox: WatchedSandbox,
  yaml: string,
  sees: 'all' | 'selected' = 'all',
  owner = 'acme',
): Promise<Read> {
  const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\n${yaml}` })
  const { configuration, problems } = await loadConfiguration(['octoform.yaml'], place.folder, families)
  if (!configuration) throw new Error(JSON.stringify(problems))
  const client = () => clientFor(sandbox.url, { mode: 'read-only' })
  const by = configuration.owners.find(({ name }) => name === owner)?.by
  const of = { name: owner, by: by === 'organization' ? 'organization' : 'repository' } as const
  const identities = { recorded: new Map(), holders: new Set<string>(), accepted: new Map() }
  const read = async (): Promise<OwnerState> => {
    const listing = await listOwner({
      owner: { name: owner, declared: of.by },
      server: serverProduct(await client().request('GET /meta', {})),
      configuredProduct: undefined,
      client,
      listing: listingNeeds(configuration, owner, families),
      lookups: { teams: [], properties: false },
      written: namedRepositories(layersOfOwner(configuration, owner), owner, families, 'with negations'),
      excluded: [],
      sees,
      identities,
    })
    if ('captured' in listing) throw new Error('the owner is who it was')
    const resolved = resolveOwner(configuration, owner, listing.repositories, families)
    const desired = { ...resolved, leftOut: [], passedOver: [], addresses: () => [], claims: [] }
    return readDesired({ owner, listing, desired, identities, above: [], families, client, inRun: () => true })
  }
  const state = await read().catch((error: unknown) => {
    if (!(error instanceof GitHubError)) throw error
    return unreadOwner(of, error)
  })
  const { plan } = makePlan({
    host: 'host',
    families,
    sections: state.sections.map(({ section, family, known, live, ids }) => ({
      section,
      live,
      facts: { scope: section.scope, family, known, ids, facts: () => undefined, rotates: () => false },
    })),
    notRead: state.notRead,
    diagnostics: state.diagnostics,
    heldBack: state.heldBack,
    flags: { owner: [], target: [], rotate: [] },
    leftOut: [],
    guards: buildGuards(),
    approvals: buildApprovals(),
    keyed: true,
    digest: sha256Of,
  })
  return { state, plan }
}

const changes = ({ plan }: Read): string[] => plan.changes.map(({ action, address }) => `${action} ${address}`)
const told = ({ plan }: Read): string[] => plan.diagnostics.map(({ severity, message }) => `${severity}: ${message}`)

describe('a credential that does not see every repository', () => {
  const EXACT = `organizations:
  acme:
    permissions: { repositories: [api] }
    secrets: { KEPT: { repositories: [api] } }
    runner_groups: { gpu: { repositories: [api], allows_public_repositories: true } }
    prune: ["secrets/PAY_*"]
`
  it('exact lists and prune are held back with a warning, the rest is planned', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    expect(changes(await readOwner(sandbox, EXACT))).toEqual([
      'update orgs/acme/permissions',
      'update orgs/acme/runner_groups/gpu',
      'update orgs/acme/secrets/KEPT',
      'delete orgs/acme/secrets/PAY_OLD',
    ])
    const some = await readOwner(sandbox, EXACT, 'selected')
    expect(changes(some)).toEqual(['update orgs/acme/runner_groups/gpu'])
    expect(some.plan.changes[0]?.after).toEqual({ allows_public_repositories: true })
    const held = 'warning: repositories is held back: the credential does not see every repository of the owner'
    expect(told(some).sort()).toEqual([
      'warning: prune is held back in orgs/acme: the credential does not see every repository of the owner',
      held,
      held,
      held,
    ])
    expect(some.plan.diagnostics.map(({ source }) => source?.line).sort()).toEqual([4, 5, 6, 7])
  })

  it('add_ and remove_ work', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const some = await readOwner(
      sandbox,
      'organizations: { acme: { secrets: { KEPT: { add_repositories: [api], remove_repositories: [web] } } } }',
      'selected',
    )
    expect(some.plan.changes.map(({ before, after }) => [before, after])).toEqual([
      [{ repositories: ['ml', 'web'] }, { repositories: ['api', 'ml'] }],
    ])
    expect(told(some)).toEqual([])
  })
})

describe('owners', () => {
  it('and all below them are found whatever the case of their letters', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const found = await readOwner(
      sandbox,
      `organizations:
  aCME:
    secrets: { kept: { repositories: [WEB, ML] } }
    repositories: { wEB: { secrets: { OWN: {} } } }
`,
    )
    expect(changes(found)).toEqual([])
    expect(told(found)).toEqual([])
    expect(found.state.sections.map(({ section, ids }) => [section.scope, ids.repository_id])).toEqual([
      [{ type: 'organization', org: 'acme' }, null],
      [{ type: 'repository', owner: 'acme', repo: 'web' }, expect.any(Number)],
    ])
  })

  it('a personal account has repositories, and none of an organization is asked for', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = 'repositories: { octocat/hello: { permissions: { enabled: false } } }'
    const found = await readOwner(sandbox, yaml, 'all', 'octocat')
    expect(found.state.product).toBe('dotcom')
    expect(changes(found)).toEqual(['update repos/octocat/hello/permissions'])
    expect(sandbox.asked.map(({ path }) => path)).toEqual([
      '/meta',
      '/orgs/octocat',
      '/users/octocat',
      '/repos/octocat/hello',
      '/repos/octocat/hello/actions/permissions',
    ])
  })

  it('a personal account that is called an organization is not there', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const found = await readOwner(sandbox, 'organizations: { octocat: { secrets: {} } }', 'all', 'octocat')
    expect(found.plan).toMatchObject({ complete: false, not_read: [{ scope: 'orgs/octocat' }] })
  })

  it('a few repositories of an organization, without its settings: each is asked for by itself', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const found = await readOwner(sandbox, 'repositories: { acme/web: { permissions: { enabled: false } } }')
    expect(changes(found)).toEqual(['update repos/acme/web/permissions'])
    expect(sandbox.asked.map(({ path }) => path)).toEqual([
      '/meta',
      '/orgs/acme',
      '/repos/acme/web',
      '/repos/acme/web/actions/permissions',
    ])
  })
})

describe('what could not be read', () => {
  const YAML = `organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets: { KEPT: absent }
    repositories:
      web: { secrets: { OWN: absent } }
      ml: { permissions: { enabled: false } }
`
  it.each<[string, object, string[], string[]]>([
    [
      'one family of the organization, on which a repository hangs',
      { route: '/orgs/{org}/actions/permissions', status: 403, body: { message: 'no' } },
      ['orgs/acme', 'repos/acme/ml'],
      ['delete repos/acme/web/secrets/OWN'],
    ],
    [
      'one family of the organization, on which nothing hangs',
      { route: '/orgs/{org}/actions/secrets', status: 403, body: { message: 'no' } },
      ['orgs/acme'],
      ['update repos/acme/ml/permissions', 'delete repos/acme/web/secrets/OWN'],
    ],
    [
      'one repository',
      { route: '/repos/acme/web/actions/secrets', status: 404, body: { message: 'Not Found' } },
      ['repos/acme/web'],
      ['update orgs/acme/permissions', 'delete orgs/acme/secrets/KEPT', 'update repos/acme/ml/permissions'],
    ],
    [
      'the organization itself',
      { route: '/orgs/{org}', status: 404, body: { message: 'Not Found' } },
      ['orgs/acme'],
      [],
    ],
    [
      'the list of repositories',
      { route: '/orgs/{org}/repos', status: 404, body: { message: 'Not Found' } },
      ['orgs/acme'],
      [],
    ],
    [
      'a list that ends before its total_count',
      { route: '/orgs/{org}/actions/secrets', status: 200, body: { total_count: 3, secrets: [] } },
      ['orgs/acme'],
      ['update repos/acme/ml/permissions', 'delete repos/acme/web/secrets/OWN'],
    ],
    [
      'the repositories of one secret',
      { route: '/orgs/{org}/actions/secrets/{secret_name}/repositories', status: 500, body: { message: 'no' } },
      ['orgs/acme'],
      ['update repos/acme/ml/permissions', 'delete repos/acme/web/secrets/OWN'],
    ],
  ])('%s', async (_, fault, scopes, planned) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ method: 'GET', times: 99, ...fault })
    const found = await readOwner(sandbox, YAML)
    expect(found.plan.not_read.map(({ scope }) => scope).sort()).toEqual(scopes)
    expect(changes(found)).toEqual(planned)
    expect(found.plan.complete).toBe(false)
  })

  it('a repository that was renamed is told of by its line, and what takes something from it goes on', async () => {
    const acme = { ...SEED.organizations.Acme, permissions: {} }
    const sandbox = await watchedSandbox({ seed: { ...SEED, organizations: { Acme: acme } } })
    const listedOnes = await readOwner(
      sandbox,
      'organizations: { acme: { repositories: { service-api: { permissions: { enabled: false } } } } }',
    )
    const warning = 'warning: acme/service-api is called acme/api now: write api'
    expect(changes(listedOnes)).toEqual(['update repos/acme/api/permissions'])
    expect(told(listedOnes)).toEqual([warning])
    const named = await readOwner(sandbox, 'repositories: { acme/service-api: { permissions: { enabled: false } } }')
    expect(changes(named)).toEqual(['update repos/acme/api/permissions'])
    expect(told(named)).toEqual([warning])
    expect(named.plan.not_read).toEqual([])
  })
})

it('lists of more than a page are compared whole', async () => {
  const names = Array.from({ length: 230 }, (_, index) => `r${index}`)
  const secrets = Array.from({ length: 130 }, (_, index) => `S${index}`)
  const all = { visibility: 'selected', repositories: names, value: 'planted' }
  const sandbox = await watchedSandbox({
    seed: {
      organizations: {
        acme: {
          repositories: Object.fromEntries(names.map((name) => [name, {}])),
          secrets: {
            ...Object.fromEntries(secrets.map((name) => [name, { visibility: 'all', value: 'planted' }])),
            WIDE: all,
          },
          runner_groups: { wide: { visibility: 'selected', repositories: names.slice(0, 101) } },
          permissions: { enabled_repositories: 'selected', repositories: names.slice(0, 201) },
        },
      },
    },
  })
  const yaml = (extra: string): string => `organizations:
  acme:
    secrets: { ${secrets.map((name) => `${name}: {}`).join(', ')}, WIDE: { repositories: ["*"${extra}] } }
    runner_groups: { wide: { repositories: [${names.slice(0, 101).join(', ')}] } }
    permissions: { repositories: [${names.slice(0, 201).join(', ')}] }
    prune: ["secrets/*"]
`
  expect(changes(await readOwner(sandbox, yaml('')))).toEqual([])
  const without = await readOwner(sandbox, yaml(', "!r229"'))
  expect(changes(without)).toEqual(['update orgs/acme/secrets/WIDE'])
  expect(without.plan.changes[0]?.access.loses).toMatchObject([{ repository: 'r229' }])
})
