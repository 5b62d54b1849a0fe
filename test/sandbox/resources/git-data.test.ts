import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  organizations: {
    acme: { repositories: { web: { files: { main: { a: 'A', 'd/b': 'B' } } }, empty: { branches: {} } } },
  },
}
const GIT = '/repos/acme/web/git'
const NOWHERE = '0'.repeat(40)

async function post(sandbox: TestSandbox, path: string, body: object): Promise<string> {
  const reply = await sandbox.call('POST', `${GIT}/${path}`, body)
  expect(reply.status).toBe(201)
  return (reply.body as { sha: string }).sha
}

it.each(SERVED_PRODUCTS)('%s makes a branch with a history of its own', async (product) => {
  const sandbox = await withSandbox({ seed: SEED, product })
  const { call } = sandbox
  const tree = await post(sandbox, 'trees', {
    tree: [{ path: 'led/ger.json', mode: '100644', type: 'blob', content: '{}' }],
  })
  const commit = await post(sandbox, 'commits', { message: 'Begin', tree, parents: [] })
  const ref = { ref: 'refs/heads/octoform/state', sha: commit }
  expect((await call('POST', `${GIT}/refs`, ref)).status).toBe(201)
  expect(await call('POST', `${GIT}/refs`, ref)).toMatchObject({
    status: 422,
    body: { message: 'Reference already exists' },
  })
  expect((await call('GET', `${GIT}/ref/heads/octoform/state`)).body).toMatchObject({ object: { sha: commit } })
  const file = await call('GET', '/repos/acme/web/contents/led/ger.json?ref=octoform/state')
  expect(file).toMatchObject({ status: 200, body: { content: 'e30=\n' } })
  expect((await call('GET', '/repos/acme/web/contents/a?ref=octoform/state')).status).toBe(404)
  const { sha } = file.body as { sha: string }
  expect((await call('GET', `${GIT}/blobs/${sha}`)).body).toMatchObject({
    content: 'e30=\n',
    encoding: 'base64',
    size: 2,
  })
})

it('gives objects the SHAs that git gives them', async () => {
  const sandbox = await withSandbox({ seed: SEED })
  const files = { ab: 'ab', 'a1/y': 'y', 'a.c/x': 'x', 'a.b': 'a.b', a: 'a' }
  const tree = await post(sandbox, 'trees', {
    tree: Object.entries(files).map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
  })
  // As `git write-tree` and `git commit-tree` print them for the same files, names and times.
  expect(tree).toBe('b101a9a3b544730a2c575db85fdb5779b571fb6c')
  const commit = await post(sandbox, 'commits', {
    message: 'Begin\n',
    tree,
    author: { name: 'Ada', email: 'ada@example.com', date: '2024-02-03T04:05:06Z' },
    committer: { name: 'Bob', email: 'bob@example.com', date: '2024-02-03T04:05:07Z' },
  })
  expect(commit).toBe('381b7c9e6c89a5775aa41229b0b53a175e814c78')
})

describe('a tree', () => {
  it('takes over what base_tree has, but for what is replaced or taken out', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    // A base may be named by its commit.
    const base = await headCommit(sandbox)
    const reply = await sandbox.call('POST', `${GIT}/trees`, {
      base_tree: base,
      tree: [
        { path: 'a', mode: '100644', type: 'blob', content: 'AA' },
        { path: 'd/b', mode: '100644', type: 'blob', sha: null },
        { path: 'z', mode: '100755', type: 'blob', content: 'Z' },
      ],
    })
    expect(reply.body).toMatchObject({
      truncated: false,
      tree: [
        { path: 'a', mode: '100644', type: 'blob', size: 2 },
        { path: 'z', mode: '100755' },
      ],
    })
  })

  it.each([
    [{}, 'Invalid request.\n\n"tree" wasn\'t supplied.'],
    [{ tree: {} }, "Invalid request.\n\nFor 'properties/tree', the value is not an array."],
    [{ tree: [], base_tree: NOWHERE }, `base_tree ${NOWHERE} is not a valid tree`],
    [{ tree: [{ path: '../x', content: '' }] }, 'tree.path contains a malformed path component'],
    [{ tree: [{ path: 'x', mode: '777', content: '' }] }, 'Must supply a valid tree.mode'],
    [{ tree: [{ path: 'x', mode: '100644' }] }, 'Must supply either tree.sha or tree.content'],
    [{ tree: [{ path: 'x', mode: '100644', sha: NOWHERE }] }, `tree.sha ${NOWHERE} is not a valid blob`],
  ])('%j is refused', async (body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('POST', `${GIT}/trees`, body)).toMatchObject({ status: 422, body: { message } })
  })
})

describe('commits and refs', () => {
  it.each([
    ['commits', { message: 'm', tree: NOWHERE }, 'Tree SHA does not exist'],
    ['refs', { ref: 'refs/heads/x', sha: NOWHERE }, 'Object does not exist'],
    ['refs', { ref: 'heads/x', sha: NOWHERE }, 'heads/x is not a valid ref name.'],
    ['refs', { ref: 'refs/heads/a..b', sha: NOWHERE }, 'refs/heads/a..b is not a valid ref name.'],
  ])('%s %j is refused', async (path, body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('POST', `${GIT}/${path}`, body)).toMatchObject({ status: 422, body: { message } })
  })

  it('a parent must be there', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const tree = await post(sandbox, 'trees', { tree: [{ path: 'x', mode: '100644', type: 'blob', content: '' }] })
    const body = { message: 'm', tree, parents: [NOWHERE] }
    expect((await sandbox.call('POST', `${GIT}/commits`, body)).status).toBe(422)
    const head = await headCommit(sandbox)
    const reply = await sandbox.call('POST', `${GIT}/commits`, { ...body, parents: [head] })
    expect(reply.body).toMatchObject({ parents: [{ sha: head }], tree: { sha: tree } })
  })

  it.each(['heads/none', 'tags/v1', 'main'])('there is no ref %s', async (ref) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${GIT}/ref/${ref}`)).status).toBe(404)
  })

  it('there is no blob that nobody wrote', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${GIT}/blobs/${NOWHERE}`)).status).toBe(404)
  })
})

it.each([
  ['GET', 'ref/heads/main'],
  ['GET', `blobs/${NOWHERE}`],
  ['POST', 'refs'],
  ['POST', 'trees'],
  ['POST', 'commits'],
])('an empty repository answers %s git/%s with 409', async (method, path) => {
  const { call } = await withSandbox({ seed: SEED })
  const reply = await call(method, `/repos/acme/empty/git/${path}`, method === 'POST' ? {} : undefined)
  expect(reply).toMatchObject({ status: 409, body: { message: 'Git Repository is empty.' } })
})

async function headCommit(sandbox: TestSandbox): Promise<string> {
  const { body } = await sandbox.call('GET', `${GIT}/ref/heads/main`)
  return (body as { object: { sha: string } }).object.sha
}
