import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SHA = 'c'.repeat(40)
const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: {
          branches: { main: SHA },
          files: { main: { 'README.md': 'hello\n', 'docs/a b.md': 'A', 'docs/deep/c': 'C' } },
        },
        empty: { branches: {} },
      },
    },
  },
}
const CONTENTS = '/repos/acme/web/contents'

/** The SHA that `git hash-object` gives. */
function blobSha(content: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex')
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

it.each(SERVED_PRODUCTS)('%s reads and writes files as GitHub describes it', async (product) => {
  const { call } = await withSandbox({ seed: SEED, product })
  const file = await call('GET', `${CONTENTS}/README.md`)
  expect(file).toMatchObject({
    status: 200,
    body: {
      type: 'file',
      path: 'README.md',
      sha: blobSha('hello\n'),
      size: 6,
      encoding: 'base64',
      content: 'aGVsbG8K\n',
    },
  })
  const put = { message: 'Change', content: base64('new'), sha: blobSha('hello\n') }
  expect((await call('PUT', `${CONTENTS}/README.md`, put)).status).toBe(200)
  expect((await call('PUT', `${CONTENTS}/new.txt`, { message: 'Add', content: base64('new') })).status).toBe(201)
})

describe('reading a file', () => {
  it('finds it below folders, the slashes as they are or escaped', async () => {
    const { call } = await withSandbox({ seed: SEED })
    for (const path of ['docs/deep/c', 'docs%2Fdeep%2Fc', 'docs/deep%2Fc']) {
      expect(await call('GET', `${CONTENTS}/${path}`)).toMatchObject({
        status: 200,
        body: { path: 'docs/deep/c', name: 'c' },
      })
    }
    const { body } = await call('GET', `${CONTENTS}/docs/a%20b.md`)
    expect((body as { url: string }).url).toMatch(/\/contents\/docs\/a%20b\.md\?ref=main$/)
  })

  it('gives a folder as a list', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${CONTENTS}/docs`)).body).toMatchObject([
      { type: 'file', path: 'docs/a b.md', size: 1 },
      { type: 'dir', path: 'docs/deep', download_url: null },
    ])
  })

  it.each(['main', 'heads/main', 'refs/heads/main', SHA])('takes the ref %s', async (ref) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${CONTENTS}/README.md?ref=${encodeURIComponent(ref)}`)).status).toBe(200)
  })

  it.each([
    [`${CONTENTS}/none`, 'Not Found'],
    [`${CONTENTS}/README.md/below`, 'Not Found'],
    [`${CONTENTS}/README.md?ref=none`, 'No commit found for the ref none'],
    ['/repos/acme/empty/contents/README.md', 'This repository is empty.'],
  ])('%s is not there: %s', async (path, message) => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { message } })
  })

  it('breaks Base64 after 60 characters', async () => {
    const text = 'x'.repeat(100)
    const { call } = await withSandbox({ seed: SEED })
    await call('PUT', `${CONTENTS}/long`, { message: 'm', content: base64(text) })
    const { content } = (await call('GET', `${CONTENTS}/long`)).body as { content: string }
    expect(content.split('\n').map((line) => line.length)).toEqual([60, 60, 16, 0])
    expect(Buffer.from(content, 'base64').toString()).toBe(text)
  })

  it.each([
    [1024 * 1024, 'base64'],
    [1024 * 1024 + 1, 'none'],
  ])('gives %i bytes with the encoding %s; the blob has them all', async (size, encoding) => {
    const { call } = await withSandbox({ seed: SEED })
    const text = 'y'.repeat(size)
    await call('PUT', `${CONTENTS}/large`, { message: 'm', content: base64(text) })
    const { body } = await call('GET', `${CONTENTS}/large`)
    expect(body).toMatchObject({ size, encoding })
    const { content, sha } = body as { content: string; sha: string }
    expect(content === '').toBe(encoding === 'none')
    const blob = (await call('GET', `/repos/acme/web/git/blobs/${sha}`)).body as { content: string; size: number }
    expect(blob.size).toBe(size)
    expect(Buffer.from(blob.content, 'base64').toString() === text).toBe(true)
  })
})

describe('writing a file', () => {
  it('makes a commit that becomes the tip of the branch', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('PUT', `${CONTENTS}/docs/new/x`, { message: 'Add x', content: base64('X') })
    const { commit } = body as { commit: { sha: string } }
    expect(body).toMatchObject({
      content: { path: 'docs/new/x', sha: blobSha('X'), size: 1 },
      commit: { message: 'Add x', parents: [{ sha: SHA }], author: { name: 'monalisa' } },
    })
    const ref = await call('GET', '/repos/acme/web/git/ref/heads/main')
    expect(ref.body).toMatchObject({ ref: 'refs/heads/main', object: { type: 'commit', sha: commit.sha } })
    expect((await call('GET', `${CONTENTS}/docs/new/x?ref=${SHA}`)).status).toBe(404)
    expect((await call('GET', `${CONTENTS}/docs/deep/c`)).status).toBe(200)
  })

  it.each([
    ['README.md', {}, 422, 'Invalid request.\n\n"sha" wasn\'t supplied.'],
    ['README.md', { sha: SHA }, 409, `README.md does not match ${SHA}`],
    ['new', { sha: SHA }, 409, `new does not match ${SHA}`],
    ['new', { branch: 'none' }, 404, 'Branch none not found'],
    ['new', { message: undefined }, 422, 'Invalid request.\n\n"message" wasn\'t supplied.'],
    ['new', { content: undefined }, 422, 'Invalid request.\n\n"content" wasn\'t supplied.'],
    ['new', { content: '***' }, 422, 'content is not valid Base64'],
    ['a/../b', {}, 422, 'path contains a malformed path component'],
    ['.git/config', {}, 422, 'path contains a malformed path component'],
    ['docs', {}, 422, 'docs is a directory.'],
  ])('of %s with %j is refused with %i', async (path, fields, status, message) => {
    const sandbox = await withSandbox({ seed: SEED })
    const before = sandbox.state()
    const body = { message: 'm', content: base64('x'), ...fields }
    const reply = await sandbox.call('PUT', `${CONTENTS}/${path.replaceAll('/', '%2F')}`, body)
    expect(reply).toMatchObject({ status, body: { message } })
    expect(sandbox.state()).toEqual(before)
  })

  it('lets the second of two that read the same version fail', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const put = (text: string) =>
      call('PUT', `${CONTENTS}/README.md`, { message: text, content: base64(text), sha: blobSha('hello\n') })
    expect((await Promise.all([put('one'), put('two')])).map((each) => each.status).sort()).toEqual([200, 409])
  })

  it('begins the default branch of an empty repository', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const put = { message: 'First', content: base64('x') }
    const path = '/repos/acme/empty/contents/a'
    expect((await call('PUT', path, { ...put, branch: 'other' })).status).toBe(404)
    expect(await call('PUT', path, put)).toMatchObject({ status: 201, body: { commit: { parents: [] } } })
    expect((await call('GET', path)).status).toBe(200)
  })

  it('names the App or the workflow that did it, or whom the body names', async () => {
    const { call } = await withSandbox({ seed: { ...SEED, tokens: { job: { workflow: 'acme/web' } } } })
    const author = { name: 'Ada', email: 'ada@example.com', date: '2024-02-03T04:05:06Z' }
    const put = { message: 'm', content: base64('x') }
    const byJob = await call('PUT', `${CONTENTS}/a`, put, 'job')
    expect(byJob.body).toMatchObject({ commit: { committer: { name: 'github-actions[bot]' } } })
    const named = await call('PUT', `${CONTENTS}/b`, { ...put, author }, 'job')
    expect(named.body).toMatchObject({ commit: { author, committer: { name: 'github-actions[bot]' } } })
  })
})

describe('the files of a seed', () => {
  it('stay what they are when the state is seeded again', async () => {
    const first = await withSandbox({ seed: SEED })
    await first.call('PUT', `${CONTENTS}/new/ä.txt`, { message: 'm', content: base64('ä') })
    const state = first.state()
    const second = await withSandbox({ seed: state })
    expect(second.state()).toEqual(state)
    expect((await second.call('GET', `${CONTENTS}/new/%C3%A4.txt`)).body).toMatchObject({ sha: blobSha('ä') })
    expect((await second.call('GET', '/repos/acme/empty/git/ref/heads/main')).status).toBe(409)
  })

  it.each([
    ['files: { main: { a/../b: x } }', 'web.files.main.a/../b cannot be: git keeps no such path.'],
    ['files: { main: { a: 1 } }', 'web.files.main.a must be text; put it in quotes.'],
    ['branches: { main: abc }', 'web.branches.main must be a SHA: 40 hexadecimal digits.'],
  ])('%s is refused', async (fields, message) => {
    const seed = `organizations: { acme: { repositories: { web: { ${fields} } } } }`
    await expect(withSandbox({ seed })).rejects.toThrow(message)
  })
})
