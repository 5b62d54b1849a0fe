import { describe, expect, it } from 'vitest'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { sealed, withSandbox } from '../../support/sandbox.ts'

const FULL = `
product: ghes-3.19
enterprises:
  Acme-Inc:
    id: 5
    name: Acme Inc.
    organizations: { acme: {} }
    runner_groups:
      shared: { id: 3, visibility: selected, organizations: [ACME], allows_public_repositories: true }
      fallback: { default: true }
organizations:
  acme:
    id: 77
    plan: business
    permissions:
      enabled_repositories: selected
      repositories: [WEB]
      allowed_actions: selected
      selected_actions: &actions { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["docker/*"] }
      sha_pinning_required: true
    secrets:
      npm_token: { visibility: selected, repositories: [web], value: s3cret }
      PLAIN: { visibility: all, value: "", created_at: "2020-01-01T00:00:00Z", updated_at: "2021-01-01T00:00:00Z" }
    runners:
      gpu-01: { os: linux, status: online, busy: true, labels: [gpu], ephemeral: true }
      gpu-02:
    runner_groups:
      fallback: { default: true, allows_public_repositories: true }
      gpu: { id: 9, visibility: selected, repositories: [web], runners: [gpu-01], restricted_to_workflows: true,
             selected_workflows: ["acme/web/.github/workflows/a.yml@main"] }
      shared: { inherited: true, visibility: selected, repositories: [] }
    repositories:
      web:
        id: 101
        visibility: internal
        topics: [node]
        archived: true
        fork: true
        description: The site.
        former_names: [homepage]
        secrets: { token: { value: old } }
        environments:
          Prod: { id: 8, wait_timer: 30, secrets: { db_url: { value: postgres } } }
          eu/west: { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } }
        permissions: { enabled: false, allowed_actions: selected, sha_pinning_required: true, selected_actions: *actions }
      api: {}
repositories:
  octocat/hello: { visibility: public, secrets: { A: { value: b } } }
tokens:
  reader: { read_only: true }
  owner: {}
`

describe('a seed', () => {
  it('gives a world whose state is a seed of the same world', async () => {
    const first = await withSandbox({ seed: FULL })
    const state = first.state()
    const second = await withSandbox({ seed: state })
    expect(second.state()).toEqual(state)
    expect(second.product).toBe('ghes-3.19')
    expect((await second.call('GET', '/_sandbox/state')).body).toEqual(state)
    expect((await second.call('GET', '/repos/acme/homepage')).status).toBe(301)
    expect((await second.call('GET', '/orgs/acme', undefined, 'stranger')).status).toBe(401)
    expect(state).toMatchObject({
      organizations: {
        acme: {
          id: 77,
          plan: 'business',
          permissions: { enabled_repositories: 'selected', repositories: ['web'], sha_pinning_required: true },
          secrets: {
            NPM_TOKEN: { value: 's3cret', repositories: ['web'] },
            PLAIN: { updated_at: '2021-01-01T00:00:00Z' },
          },
          runners: { 'gpu-01': { id: 1, busy: true }, 'gpu-02': { id: 2, status: 'online' } },
          runner_groups: {
            fallback: { id: 1, default: true, runners: ['gpu-02'] },
            gpu: { id: 9, runners: ['gpu-01'] },
            shared: { id: 2, inherited: true },
          },
          repositories: {
            web: { id: 101, secrets: { TOKEN: { value: 'old' } } },
            api: { id: 1001, visibility: 'private' },
          },
        },
      },
      repositories: { 'octocat/hello': { id: 1002, visibility: 'public' } },
    })
  })

  it('keeps every setting of a repository, and what requests have set', async () => {
    const settings = {
      description: 'All of it.',
      homepage: 'https://example.com',
      topics: ['node'],
      has_issues: false,
      has_projects: false,
      has_wiki: false,
      has_downloads: false,
      has_discussions: true,
      has_pull_requests: false,
      is_template: true,
      allow_squash_merge: false,
      allow_rebase_merge: false,
      allow_auto_merge: true,
      allow_update_branch: true,
      allow_forking: false,
      delete_branch_on_merge: true,
      web_commit_signoff_required: true,
      squash_merge_commit_title: 'PR_TITLE',
      squash_merge_commit_message: 'BLANK',
      merge_commit_title: 'PR_TITLE',
      merge_commit_message: 'PR_BODY',
      pull_request_creation_policy: 'collaborators_only',
      security_and_analysis: { secret_scanning: { status: 'enabled' } },
      custom_properties: { team: 'web', areas: ['a', 'b'] },
      default_branch: 'next',
      archived: true,
    }
    const own = { vulnerability_alerts: true, license: 'mit', secrets: { TOKEN: { unreadable: true } } }
    const secrets = { NPM_TOKEN: { visibility: 'all', unreadable: true } }
    const full = { ...settings, ...own }
    const seed = { unsealed_values: true, organizations: { acme: { secrets, repositories: { full, plain: {} } } } }
    const first = await withSandbox({ seed })
    expect(first.state()).toMatchObject({ ...seed })
    const { body } = await first.call('GET', '/repos/acme/full')
    expect(body).toMatchObject({ ...settings, license: { key: 'mit' } })

    await first.call('PATCH', '/repos/acme/full', { archived: false, has_wiki: true, homepage: null })
    await first.call('PUT', '/repos/acme/plain/topics', { names: ['site'] })
    await first.call('PUT', '/repos/acme/plain/vulnerability-alerts')
    const made = { name: 'made', private: true, auto_init: true, license_template: 'isc', has_issues: false }
    await first.call('POST', '/orgs/acme/repos', made)
    await first.call('POST', '/user/repos', { ...made, allow_auto_merge: true })
    const second = await withSandbox({ seed: first.state() })
    expect(second.state()).toEqual(first.state())
    for (const name of ['acme/full', 'acme/plain', 'acme/made', 'monalisa/made']) {
      const answers = await Promise.all([first, second].map(({ call }) => call('GET', `/repos/${name}`)))
      const [was, is] = answers.map((answer) => JSON.stringify(answer.body).replaceAll(/127\.0\.0\.1:\d+/g, 'host'))
      if (name.startsWith('acme')) expect(is, name).toBe(was)
      expect(answers[1]).toMatchObject({ status: 200 })
    }
    expect((await second.call('GET', '/repos/acme/plain/vulnerability-alerts')).status).toBe(204)
  })

  it('survives what requests have changed', async () => {
    const first = await withSandbox({ seed: FULL })
    const path = '/orgs/acme/actions/secrets'
    await first.call('PUT', `${path}/NEW`, { ...(await sealed(first, path, 'v')), visibility: 'private' })
    await first.call('PATCH', '/repos/acme/api', { name: 'service' })
    await first.call('POST', '/orgs/acme/repos', { name: 'api' })
    await first.call('PATCH', '/orgs/acme/actions/runner-groups/9', { name: 'GPU', visibility: 'all' })
    await first.call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'none' })
    const state = first.state()
    expect((await withSandbox({ seed: state })).state()).toEqual(state)
    expect(state).toMatchObject({
      organizations: {
        acme: {
          secrets: { NEW: { value: 'v' } },
          permissions: { enabled_repositories: 'none', repositories: ['web'], allowed_actions: 'selected' },
          runner_groups: { GPU: { visibility: 'all', repositories: ['web'] } },
        },
      },
    })
  })

  it('can be had back, with what it scripted gone', async () => {
    const { call, state } = await withSandbox({ seed: FULL })
    const before = state()
    await call('DELETE', '/repos/acme/api')
    await call('POST', '/_sandbox/faults', { status: 500 })
    expect(state()).not.toEqual(before)
    expect((await call('POST', '/_sandbox/reset')).status).toBe(204)
    expect(state()).toEqual(before)
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
  })

  it('may be left out, and names the product unless the option does', async () => {
    expect((await withSandbox()).product).toBe('ghec')
    expect((await withSandbox({ seed: { product: 'dotcom' } })).product).toBe('dotcom')
    expect((await withSandbox({ seed: { product: 'dotcom' }, product: 'ghes-3.4' })).product).toBe('ghes-3.4')
  })

  it.each([
    ['organization: {}', 'Seed: the top level has the unknown key "organization". It takes: version, product,'],
    ['organizations: { acme: { artifacts: {} } }', 'Seed: organizations.acme has the unknown key "artifacts".'],
    [
      'organizations: { acme: { secrets: { X: { visibilty: all } } } }',
      'Seed: organizations.acme.secrets.X has the unknown key "visibilty". It takes: visibility, repositories, value,',
    ],
    ['organizations: { acme: { secrets: { X: { value: 1 } } } }', 'secrets.X.value must be text; put it in quotes.'],
    ['organizations: { acme: { secrets: { X: { visibility: some } } } }', 'must be one of all, private, selected.'],
    [
      'organizations: { acme: { secrets: { X: { visibility: selected, repositories: [web] } } } }',
      'Seed: organizations.acme.secrets.X.repositories names "web", which acme does not have.',
    ],
    ['organizations: { acme: { secrets: { X: { created_at: today } } } }', 'must be a moment such as'],
    ['organizations: { acme: { runner_groups: { g: { runners: [x] } } } }', 'names "x", which is not under runners.'],
    [
      'organizations: { acme: { runners: { x: {} }, runner_groups: { g: { runners: [x] }, h: { runners: [x] } } } }',
      'Seed: organizations.acme.runner_groups.h.runners names "x", which another group has already.',
    ],
    [
      'organizations: { acme: { runners: { x: {} }, runner_groups: { g: { inherited: true, runners: [x] } } } }',
      'the runners of an inherited group belong to the enterprise',
    ],
    [
      'organizations: { acme: { runner_groups: { g: { default: true }, h: { default: true } } } }',
      'runner_groups.h cannot be a second default group beside "g".',
    ],
    [
      'organizations: { acme: { repositories: { a: { id: 1 }, b: { id: 1 } } } }',
      'Seed: organizations.acme.repositories.b.id is 1, which something else has already.',
    ],
    ['organizations: { acme: { repositories: { a: { id: x } } } }', 'must be a whole number from 1.'],
    ['organizations: { acme: { repositories: { a: {}, A: {} } } }', 'repositories.A is there twice'],
    ['organizations: { acme: {}, ACME: {} }', 'organizations.ACME is there twice'],
    ['organizations: { acme: { repositories: { a: { archived: 1 } } } }', 'must be true or false.'],
    ['organizations: { acme: { repositories: { a: { topics: node } } } }', 'must be a list of texts.'],
    ['organizations: { acme: { repositories: { a: { has_wiki: 1 } } } }', 'a.has_wiki must be true or false.'],
    [
      'organizations: { acme: { repositories: { a: { merge_commit_title: X } } } }',
      'a.merge_commit_title must be one of PR_TITLE, MERGE_MESSAGE.',
    ],
    ['organizations: { acme: { repositories: { a: { license: none } } } }', 'a.license must be one of afl-3.0,'],
    [
      'organizations: { acme: { repositories: { a: { security_and_analysis: { scan: { status: enabled } } } } } }',
      'a.security_and_analysis has the unknown key "scan".',
    ],
    [
      'organizations: { acme: { repositories: { a: { security_and_analysis: { secret_scanning: { status: on } } } } } }',
      'secret_scanning.status must be one of enabled, disabled.',
    ],
    ['organizations: { acme: { repositories: { a: { custom_properties: { x: 1 } } } } }', 'x must be text;'],
    [
      'organizations: { acme: { secrets: { X: { value: a, unreadable: true } } } }',
      'secrets.X.value cannot be beside unreadable.',
    ],
    ['unsealed_values: 1', 'Seed: unsealed_values must be true or false.'],
    ['organizations: [acme]', 'Seed: organizations must be a map.'],
    ['repositories: { hello: {} }', 'Seed: repositories.hello must be named OWNER/NAME.'],
    ['tokens: { x: { scope: all } }', 'Seed: tokens.x has the unknown key "scope". It takes: read_only,'],
    ['organizations: { acme: { repositories: { a b: {} } } }', 'repositories.a b cannot be: the name is invalid.'],
    ['organizations: { a b: {} }', 'organizations.a b cannot be: the login is invalid.'],
    ['organizations: { acme: { secrets: { GITHUB_X: {} } } }', 'secrets.GITHUB_X cannot be: Secret names must not'],
    ['a: [', 'Seed: the top level is not readable YAML:'],
    ['product: ghae-2022', 'There is no product "ghae-2022".'],
    ['product: ghes-2.21', 'The sandbox begins with ghes-2.22'],
    ['product: gitlab', 'There is no product "gitlab". Use dotcom, ghec, ghae, ghae-2021 or ghes-X.Y'],
  ])('%s is refused', async (seed, message) => {
    await expect(startSandbox({ seed })).rejects.toThrow(message)
  })
})
