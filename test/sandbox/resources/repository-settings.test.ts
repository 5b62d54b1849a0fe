import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: { id: 101, visibility: 'public' },
        api: { id: 102, visibility: 'private' },
        empty: { id: 103, branches: {} },
      },
    },
  },
  repositories: { 'octocat/hello': { id: 201 } },
}

/** Every field of GitHub's bodies, with a value other than its default. */
const FLAGS = {
  has_issues: false,
  has_projects: false,
  has_wiki: false,
  has_downloads: false,
  has_discussions: true,
  has_pull_requests: false,
  is_template: true,
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: false,
  allow_auto_merge: true,
  allow_update_branch: true,
  allow_forking: false,
  delete_branch_on_merge: true,
  web_commit_signoff_required: true,
}
const WORDS = {
  squash_merge_commit_title: 'PR_TITLE',
  squash_merge_commit_message: 'BLANK',
  merge_commit_title: 'PR_TITLE',
  merge_commit_message: 'PR_BODY',
  pull_request_creation_policy: 'collaborators_only',
}
const OTHERS = { description: 'The site.', homepage: 'https://example.com/site', private: true }
const EVERYTHING = { ...FLAGS, ...WORDS, ...OTHERS, custom_properties: { team: 'web', areas: ['a', 'b'] } }

const DEFAULTS = {
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_downloads: true,
  has_discussions: false,
  has_pull_requests: true,
  is_template: false,
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  allow_update_branch: false,
  allow_forking: true,
  delete_branch_on_merge: false,
  web_commit_signoff_required: false,
  squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
  squash_merge_commit_message: 'COMMIT_MESSAGES',
  merge_commit_title: 'MERGE_MESSAGE',
  merge_commit_message: 'PR_TITLE',
  pull_request_creation_policy: 'all',
  description: null,
  homepage: null,
  private: false,
  visibility: 'public',
  default_branch: 'main',
  archived: false,
  topics: [],
  license: null,
  custom_properties: {},
}

async function bodyAt({ call }: TestSandbox, path: string): Promise<Record<string, unknown>> {
  return (await call('GET', path)).body as Record<string, unknown>
}

describe('the settings of a repository', () => {
  it('begin with the defaults of GitHub', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('POST', '/orgs/acme/repos', { name: 'new' })).toMatchObject({ status: 201, body: DEFAULTS })
    expect((await call('GET', '/repos/acme/new')).body).toMatchObject(DEFAULTS)
  })

  it.each(['/orgs/acme/repos', '/user/repos'])('are kept as POST %s gives them', async (path) => {
    const sandbox = await withSandbox({ seed: SEED })
    const owner = path.startsWith('/user') ? 'octocat' : 'acme'
    const { custom_properties, ...others } = EVERYTHING
    const expected = owner === 'acme' ? EVERYTHING : others
    expect(await sandbox.call('POST', path, { name: 'new', ...EVERYTHING })).toMatchObject({
      status: 201,
      headers: { location: `${sandbox.url}/repos/${owner}/new` },
      body: expected,
    })
    const kept = await bodyAt(sandbox, `/repos/${owner}/new`)
    expect(kept).toMatchObject(expected)
    expect('custom_properties' in kept).toBe(owner === 'acme')
  })

  it('are kept as PATCH gives them, one by one and all at once', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const body = { ...EVERYTHING, visibility: 'internal' }
    expect(await sandbox.call('PATCH', '/repos/acme/web', body)).toMatchObject({ status: 200, body })
    expect(await bodyAt(sandbox, '/repos/acme/web')).toMatchObject(body)
    for (const [name, value] of Object.entries({ ...FLAGS, ...OTHERS })) {
      await sandbox.call('PATCH', '/repos/acme/api', { [name]: value })
      expect(await bodyAt(sandbox, '/repos/acme/api'), name).toMatchObject({ [name]: value })
    }
    expect(await bodyAt(sandbox, '/repos/acme/api')).toMatchObject({ ...FLAGS, ...OTHERS })
  })

  it('stand in the list of repositories too, as far as that form has them', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('PATCH', '/repos/acme/api', EVERYTHING)
    const { body } = await call('GET', '/orgs/acme/repos?sort=full_name')
    const [api] = body as Record<string, unknown>[]
    const shown = Object.entries(EVERYTHING).filter(([name]) => name in (api ?? {}))
    expect(api).toMatchObject(Object.fromEntries(shown))
    expect(shown.map(([name]) => name)).toEqual(
      expect.arrayContaining(['has_issues', 'homepage', 'is_template', 'custom_properties']),
    )
  })

  it('keep what a PATCH does not name, and lose what it takes away', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await sandbox.call('PATCH', '/repos/acme/api', EVERYTHING)
    await sandbox.call('PATCH', '/repos/acme/api', { has_wiki: true, homepage: null, description: null })
    const changed = { has_wiki: true, homepage: null, description: null }
    expect(await bodyAt(sandbox, '/repos/acme/api')).toMatchObject({ ...EVERYTHING, ...changed })
    await sandbox.call('PATCH', '/repos/acme/web', { homepage: 'https://example.com' })
    await sandbox.call('PATCH', '/repos/acme/web', { homepage: '' })
    expect(await bodyAt(sandbox, '/repos/acme/web')).toMatchObject({ homepage: null })
  })

  it('take the older name of one title', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('PATCH', '/repos/acme/web', { use_squash_pr_title_as_default: true })
    expect(body).toMatchObject({ squash_merge_commit_title: 'PR_TITLE', use_squash_pr_title_as_default: true })
  })

  it('hide from those who do not administer it what is off in security', async () => {
    const { call } = await withSandbox({
      seed: { ...SEED, tokens: { owner: {}, guest: { permissions: { metadata: 'read' } } } },
    })
    expect((await call('GET', '/repos/acme/web')).body).toHaveProperty('security_and_analysis')
    expect((await call('GET', '/repos/acme/web', undefined, 'guest')).body).not.toHaveProperty('security_and_analysis')
  })

  it('switch features of security, each by itself', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const on = { status: 'enabled' }
    const off = { status: 'disabled' }
    const body = { security_and_analysis: { advanced_security: on, secret_scanning: on } }
    expect(await sandbox.call('PATCH', '/repos/acme/api', body)).toMatchObject({ status: 200, body })
    await sandbox.call('PATCH', '/repos/acme/api', { security_and_analysis: { secret_scanning: off } })
    expect(await bodyAt(sandbox, '/repos/acme/api')).toMatchObject({
      security_and_analysis: { advanced_security: on, secret_scanning: off, secret_scanning_push_protection: off },
    })
    expect((await bodyAt(sandbox, '/repos/acme/web')).security_and_analysis).not.toHaveProperty('advanced_security')
  })

  it.each([
    ['ghes-2.22', ['allow_auto_merge', 'has_discussions', 'squash_merge_commit_title', 'is_template', 'visibility']],
    ['ghes-3.4', ['has_discussions', 'squash_merge_commit_title', 'web_commit_signoff_required', 'custom_properties']],
    ['ghes-3.7', ['has_pull_requests', 'pull_request_creation_policy', 'custom_properties']],
  ])('%s keeps and shows those that it has', async (product, missing) => {
    const { call } = await withSandbox({ seed: SEED, product })
    const { body } = await call('PATCH', '/repos/acme/api', EVERYTHING)
    for (const name of missing) expect(body).not.toHaveProperty(name)
    const kept = Object.entries(EVERYTHING).filter(([name]) => name in (body as object))
    expect(body).toMatchObject(Object.fromEntries(kept))
    expect(kept.length).toBeGreaterThan(9)
  })
})

const EMPTY = 'Cannot update default branch for an empty repository. Please init the repository and push first.'
const UNKNOWN = 'The branch none was not found. Please push that ref first or create it via the Git Data API.'
const NO_SQUASH =
  'Sorry, you need to allow the squash merge strategy in order to set the default squash commit message title or message. (no_squash_merge_strategy)'
const BLANK = { squash_merge_commit_title: 'COMMIT_OR_PR_TITLE', squash_merge_commit_message: 'BLANK' }
const COMBINATIONS =
  'Sorry, invalid setting combination. The following are valid combinations for the squash commit title and message: PR_TITLE and PR_BODY, PR_TITLE and BLANK, PR_TITLE and COMMIT_MESSAGES, COMMIT_OR_PR_TITLE and COMMIT_MESSAGES. (invalid_squash_commit_setting_combo)'
const NO_MERGE = { allow_squash_merge: false, allow_merge_commit: false, allow_rebase_merge: false }

describe('a PATCH that is refused changes nothing', () => {
  it.each([
    [{ has_wiki: 'no' }, `For 'properties/has_wiki', "no" is not a boolean.`],
    [{ homepage: 7 }, `For 'properties/homepage', 7 is not a string.`],
    [{ name: null }, `For 'properties/name', nil is not a string.`],
    [{ visibility: 'secret' }, 'secret is not a member of ["public", "private", "internal"].'],
    [{ merge_commit_title: 'X' }, 'X is not a member of ["PR_TITLE", "MERGE_MESSAGE"].'],
    [{ merge_commit_message: 'X' }, 'X is not a member of ["PR_BODY", "PR_TITLE", "BLANK"].'],
    [{ squash_merge_commit_title: 'X' }, 'X is not a member of ["PR_TITLE", "COMMIT_OR_PR_TITLE"].'],
    [{ squash_merge_commit_message: 'X' }, 'X is not a member of ["PR_BODY", "COMMIT_MESSAGES", "BLANK"].'],
    [{ pull_request_creation_policy: 'X' }, 'X is not a member of ["all", "collaborators_only"].'],
    [
      { security_and_analysis: { secret_scanning: { status: 'on' } } },
      'on is not a member of ["enabled", "disabled"].',
    ],
    [{ security_and_analysis: 'on' }, '"on" is not an object.'],
    [
      { custom_properties: { team: 7 } },
      `For 'custom_properties/team', the value is neither text nor a list of texts.`,
    ],
  ])('%j is no request', async (body, problem) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    expect(await call('PATCH', '/repos/acme/web', { description: 'x', ...body })).toMatchObject({
      status: 422,
      body: { message: `Invalid request.\n\n${problem}`, status: '422' },
    })
    expect(state()).toEqual(before)
  })

  it.each([
    ['web', { default_branch: 'none' }, 'default_branch', UNKNOWN],
    ['empty', { default_branch: 'main' }, 'default_branch', EMPTY],
    ['web', NO_MERGE, 'merge_commit_allowed', /at least one merge strategy. \(no_merge_method\)/],
    ['web', { ...BLANK, allow_squash_merge: false }, 'merge_commit_allowed', NO_SQUASH],
    ['web', BLANK, 'merge_commit_allowed', COMBINATIONS],
    ['web', { merge_commit_message: 'BLANK' }, 'merge_commit_allowed', /MERGE_MESSAGE and PR_TITLE/],
    [
      'web',
      { merge_commit_title: 'PR_TITLE', allow_merge_commit: false },
      'merge_commit_allowed',
      /allow the merge commit strategy/,
    ],
  ])('of %s: %j is refused for %s', async (name, body, field, message) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    expect(await call('PATCH', `/repos/acme/${name}`, { description: 'x', ...body })).toMatchObject({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'Repository', code: 'invalid', field, message: expect.stringMatching(escaped(message)) }],
        status: '422',
      },
    })
    expect(state()).toEqual(before)
  })

  it('of a public repository that names advanced security', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const body = { security_and_analysis: { advanced_security: { status: 'enabled' } } }
    expect(await call('PATCH', '/repos/acme/web', body)).toMatchObject({
      status: 422,
      body: { message: 'Advanced security is always available for public repos.' },
    })
    expect((await call('PATCH', '/repos/acme/web', { ...body, private: true })).status).toBe(200)
  })

  it('makes a branch the default one that is there', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { sha } = ((await call('GET', '/repos/acme/web/git/ref/heads/main')).body as { object: { sha: string } })
      .object
    await call('POST', '/repos/acme/web/git/refs', { ref: 'refs/heads/next', sha })
    const reply = await call('PATCH', '/repos/acme/web', { default_branch: 'next' })
    expect(reply).toMatchObject({ status: 200, body: { default_branch: 'next' } })
  })
})

it('GHES 2.22 has templates in a preview, and no word about the status', async () => {
  const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
  const preview = { accept: 'application/vnd.github.baptiste-preview+json' }
  await call('PATCH', '/repos/acme/web', { is_template: true })
  expect((await call('GET', '/repos/acme/web', undefined, 'owner', preview)).body).toMatchObject({ is_template: false })
  await call('PATCH', '/repos/acme/web', { is_template: true }, 'owner', preview)
  expect((await call('GET', '/repos/acme/web', undefined, 'owner', preview)).body).toMatchObject({ is_template: true })
  expect((await call('PATCH', '/repos/acme/web', { has_wiki: 1 })).body).not.toHaveProperty('status')
})

it('a personal account has no internal repositories', async () => {
  const { call } = await withSandbox({ seed: SEED })
  expect((await call('POST', '/user/repos', { name: 'x', visibility: 'internal' })).status).toBe(422)
  expect((await call('PATCH', '/repos/octocat/hello', { visibility: 'internal' })).status).toBe(422)
  expect((await call('POST', '/user/repos', { name: 'HELLO' })).body).toMatchObject({
    errors: [{ message: 'name already exists on this account' }],
  })
})

it('whoever is behind the tokens owns what POST /user/repos makes, without a personal account in the seed', async () => {
  const sandbox = await withSandbox({ seed: { organizations: { acme: {} } } })
  expect((await sandbox.call('POST', '/user/repos', { name: 'mine' })).body).toMatchObject({
    full_name: 'monalisa/mine',
  })
  expect((await sandbox.call('GET', '/users/monalisa')).body).toMatchObject({ public_repos: 1 })
  expect(sandbox.state()).toMatchObject({ repositories: { 'monalisa/mine': { visibility: 'public' } } })
  expect((await withSandbox({ seed: sandbox.state() })).state()).toEqual(sandbox.state())
})

function escaped(message: string | RegExp): RegExp {
  return message instanceof RegExp ? message : new RegExp(`^${message.replaceAll(/[.()]/g, '\\$&')}$`)
}
