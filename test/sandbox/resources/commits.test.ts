import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SHA = 'c'.repeat(40)
const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: { branches: { main: SHA }, files: { main: { 'README.md': 'one\ntwo\nthree\n', 'docs/a': 'A' } } },
        empty: { branches: {} },
      },
    },
  },
}
const WEB = '/repos/acme/web'
const INITIAL = { message: 'Initial commit', author: { name: 'monalisa' } }

interface Commit {
  readonly sha: string
  readonly parents: readonly { readonly sha: string }[]
  readonly files: readonly object[]
}

async function commitAt({ call }: TestSandbox, path: string): Promise<Commit> {
  return (await call('GET', path)).body as Commit
}

async function put({ call }: TestSandbox, path: string, text: string): Promise<{ sha: string; file: string }> {
  const current = (await call('GET', `${WEB}/contents/${path}`)).body as { sha?: string }
  const content = Buffer.from(text).toString('base64')
  const body = { message: `Write ${path}`, content, ...(current.sha ? { sha: current.sha } : {}) }
  const reply = (await call('PUT', `${WEB}/contents/${path}`, body)).body as {
    commit: { sha: string }
    content: { sha: string }
  }
  return { sha: reply.commit.sha, file: reply.content.sha }
}

async function textOf({ call }: TestSandbox, path: string): Promise<string> {
  const { content = '' } = (await call('GET', path)).body as { content?: string }
  return Buffer.from(content, 'base64').toString()
}

describe('a commit', () => {
  it('tells what it changed against the one before', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { sha } = await put(sandbox, 'README.md', 'one\n2\nthree\nfour\n')
    expect(await commitAt(sandbox, `${WEB}/commits/main`)).toMatchObject({
      sha,
      commit: { message: 'Write README.md', author: { name: 'monalisa' } },
      parents: [{ sha: SHA }],
      stats: { additions: 3, deletions: 2, total: 5 },
      files: [{ filename: 'README.md', status: 'modified', additions: 3, deletions: 2, changes: 5 }],
    })
    const added = await put(sandbox, 'docs/b c', 'B\n')
    expect((await commitAt(sandbox, `${WEB}/commits/${added.sha}`)).files).toMatchObject([
      { filename: 'docs/b c', sha: added.file, status: 'added', additions: 1, deletions: 0 },
    ])
    expect((await commitAt(sandbox, `${WEB}/commits/${SHA}`)).files).toMatchObject([
      { filename: 'README.md', status: 'added', additions: 3 },
      { filename: 'docs/a', status: 'added', additions: 1 },
    ])
  })

  it.each(['main', 'heads/main', 'heads%2Fmain', 'refs/heads/main', SHA])('is found by %s', async (ref) => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('GET', `${WEB}/commits/${ref}`)).toMatchObject({ status: 200, body: { sha: SHA } })
  })

  it('does not hide what else stands below commits', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${WEB}/commits/main/check-runs`)).body).toMatchObject({ total_count: 0 })
    expect((await call('GET', `${WEB}/commits/${SHA}/pulls`)).body).toEqual([])
  })

  it.each(['application/vnd.github.sha', 'application/vnd.github.v3.sha'])(
    'is its SHA alone for %s',
    async (accept) => {
      const { origin } = await withSandbox({ seed: SEED, product: 'ghes-3.19' })
      const headers = { accept, authorization: 'Bearer owner', 'user-agent': 'sandbox-test' }
      const response = await fetch(`${origin}/api/v3${WEB}/commits/main`, { headers })
      expect(response.headers.get('content-type')).toMatch(/^application\/vnd\.github\.sha/)
      expect(await response.text()).toBe(SHA)
    },
  )

  it.each([
    [`${WEB}/commits/none`, 422, 'No commit found for SHA: none'],
    [`${WEB}/commits/${'d'.repeat(40)}`, 422, `No commit found for SHA: ${'d'.repeat(40)}`],
    ['/repos/acme/empty/commits/main', 409, 'Git Repository is empty.'],
    ['/repos/acme/none/commits/main', 404, 'Not Found'],
    [`${WEB}/git/commits/${'d'.repeat(40)}`, 404, 'Not Found'],
    [`${WEB}/git/commits/main`, 422, 'The sha parameter must be exactly 40 characters and contain only [0-9a-f].'],
    [`${WEB}/git/blobs/main`, 422, 'The sha parameter must be exactly 40 characters and contain only [0-9a-f].'],
    [`/repos/acme/empty/git/commits/${SHA}`, 409, 'Git Repository is empty.'],
    [`/repos/acme/none/git/commits/${SHA}`, 404, 'Not Found'],
  ])('%s answers %i: %s', async (path, status, message) => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('GET', path)).toMatchObject({ status, body: { message, status: String(status) } })
  })

  it('as git keeps it has its tree and its parents', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { sha } = await put(sandbox, 'new', 'x')
    expect(await commitAt(sandbox, `${WEB}/git/commits/${sha}`)).toMatchObject({
      sha,
      message: 'Write new',
      parents: [{ sha: SHA }],
      tree: { sha: expect.stringMatching(/^[\da-f]{40}$/) },
    })
  })
})

describe('the first commit', () => {
  it('of auto_init has a README, on main', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await sandbox.call('POST', '/orgs/acme/repos', { name: 'new', description: 'New here.', auto_init: true })
    const commit = await commitAt(sandbox, '/repos/acme/new/commits/main')
    expect(commit).toMatchObject({ commit: INITIAL, parents: [], files: [{ filename: 'README.md', status: 'added' }] })
    expect(await textOf(sandbox, '/repos/acme/new/contents/README.md')).toBe('# new\nNew here.\n')
    expect((await sandbox.call('GET', '/repos/acme/new/branches/main')).status).toBe(200)
    expect((await sandbox.call('PATCH', '/repos/acme/new', { default_branch: 'main' })).status).toBe(200)
  })

  it('has the files of templates, and the repository its license', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const templates = { gitignore_template: 'Node', license_template: 'MIT' }
    const { body } = await sandbox.call('POST', '/orgs/acme/repos', { name: 'new', ...templates })
    expect(body).toMatchObject({ license: { key: 'mit', name: 'MIT License', spdx_id: 'MIT' } })
    const { files } = await commitAt(sandbox, '/repos/acme/new/commits/main')
    expect(files).toMatchObject([{ filename: '.gitignore' }, { filename: 'LICENSE' }])
  })

  it.each([{}, { auto_init: false }, { auto_init: false, gitignore_template: '', license_template: '' }])(
    'is not made by %j',
    async (fields) => {
      const { call } = await withSandbox({ seed: SEED })
      const { body } = await call('POST', '/orgs/acme/repos', { name: 'new', ...fields })
      expect(body).toMatchObject({ default_branch: 'main', license: null })
      expect((await call('GET', '/repos/acme/new/commits/main')).status).toBe(409)
      expect(await call('GET', '/repos/acme/new/contents/README.md')).toMatchObject({
        status: 404,
        body: { message: 'This repository is empty.' },
      })
    },
  )

  it.each([{ auto_init: 'yes' }, { license_template: 'none' }, { license_template: 7 }, { gitignore_template: 7 }])(
    'is refused with %j, and the repository with it',
    async (fields) => {
      const { call, state } = await withSandbox({ seed: SEED })
      const before = state()
      expect((await call('POST', '/orgs/acme/repos', { name: 'new', ...fields })).status).toBe(422)
      expect(state()).toEqual(before)
    },
  )
})

describe('a file that is deleted', () => {
  it('is gone with a commit of its own; its folder goes with the last file', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { call } = sandbox
    const { sha } = (await call('GET', `${WEB}/contents/docs/a`)).body as { sha: string }
    const author = { name: 'Hubot', email: 'hubot@example.com' }
    const reply = await call('DELETE', `${WEB}/contents/docs/a`, { message: 'Gone', sha, branch: 'main', author })
    expect(reply).toMatchObject({
      status: 200,
      body: { content: null, commit: { message: 'Gone', parents: [{ sha: SHA }], author } },
    })
    expect((await call('GET', `${WEB}/contents/docs`)).status).toBe(404)
    expect((await call('GET', `${WEB}/contents/docs/a?ref=${SHA}`)).status).toBe(200)
    expect((await commitAt(sandbox, `${WEB}/commits/main`)).files).toMatchObject([
      { filename: 'docs/a', status: 'removed', deletions: 1 },
    ])
  })

  it.each([
    ['README.md', { message: undefined }, 422, 'Invalid request.\n\n"message" wasn\'t supplied.'],
    ['README.md', { sha: undefined }, 422, 'Invalid request.\n\n"sha" wasn\'t supplied.'],
    ['README.md', {}, 409, `README.md does not match ${SHA}`],
    ['none', {}, 404, 'Not Found'],
    ['docs', {}, 422, 'docs is a directory.'],
    ['README.md', { branch: 'none' }, 404, 'Branch none not found'],
    ['README.md', { committer: { name: 'x' } }, 409, `README.md does not match ${SHA}`],
  ])('cannot be %s with %j: %i', async (path, fields, status, message) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    const reply = await call('DELETE', `${WEB}/contents/${path}`, { message: 'm', sha: SHA, ...fields })
    expect(reply).toMatchObject({ status, body: { message } })
    expect(state()).toEqual(before)
  })
})
