import { describe, expect, it } from 'vitest'
import { blobSha } from '../../src/github/blob-sha.ts'
import { type RepositoryFile, repositoryFile } from '../../src/github/repository-file.ts'
import { clientFor } from '../support/client-for.ts'
import { type Reaction, serve } from '../support/scripted-server.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORY = 'acme/admin'
const CONTENTS = '/repos/{owner}/{repo}/contents/{path}'

/** A repository with these files by branch; `branches: {}` is one to which nothing was pushed. */
function world(files: Readonly<Record<string, object>> = {}, repository: object = {}, product = 'ghec') {
  return watchedSandbox({
    seed: { product, organizations: { acme: { repositories: { admin: { files, ...repository } } } } },
  })
}

function fileIn(sandbox: { readonly url: string }, path = 'state/ledger.json', branch = 'octoform'): RepositoryFile {
  const client = clientFor(sandbox.url)
  return repositoryFile({
    at: { repository: REPOSITORY, branch, path },
    reader: clientFor(sandbox.url, { mode: { home: REPOSITORY, admits: [] } }),
    writer: () => client,
    message: 'Update the ledger',
    retryDelaysMs: [1, 1],
  })
}

/** Another process's change of the file. */
async function meddle(sandbox: WatchedSandbox, text: string, path = 'state/ledger.json'): Promise<void> {
  const url = `/repos/${REPOSITORY}/contents/${path}`
  const { body } = await sandbox.call('GET', `${url}?ref=octoform`)
  const { sha } = body as { sha?: string }
  const content = Buffer.from(text).toString('base64')
  const put = { message: 'x', content, branch: 'octoform', ...(sha === undefined ? {} : { sha }) }
  const { status } = await sandbox.call('PUT', url, put)
  expect([200, 201]).toContain(status)
}

function filesOf(sandbox: WatchedSandbox): Record<string, Record<string, string>> {
  const { organizations } = sandbox.state() as unknown as {
    organizations: { acme: { repositories: { admin: { files: Record<string, Record<string, string>> } } } }
  }
  return organizations.acme.repositories.admin.files
}

it("has git's own id of a text", () => {
  // `git hash-object` says so of an empty file and of "hello\n".
  expect(blobSha(Buffer.from(''))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')
  expect(blobSha(Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a')
})

describe.each(['ghes-2.22', 'ghae-2021', 'ghae', 'ghes-3.19', 'ghec'])('on %s', (product) => {
  it('begins a branch that shares no history with the code', async () => {
    const sandbox = await world({ main: { 'README.md': 'code' } }, {}, product)
    const file = fileIn(sandbox)
    const { text, version } = await file.load()
    expect(text).toBeUndefined()
    expect(sandbox.writes()).toEqual([])
    const saved = await file.save('öne\n', version)
    expect(saved).toEqual({ ok: true, version: blobSha(Buffer.from('öne\n')) })
    expect(await file.load()).toEqual({ text: 'öne\n', version: blobSha(Buffer.from('öne\n')) })
    expect(filesOf(sandbox)).toEqual({ main: { 'README.md': 'code' }, octoform: { 'state/ledger.json': 'öne\n' } })
  })

  it('makes the file, then replaces it, beside others on the branch', async () => {
    const sandbox = await world({ octoform: { 'other.json': '{}' } }, {}, product)
    const file = fileIn(sandbox, 'ledger.json')
    const { text, version } = await file.load()
    expect(text).toBeUndefined()
    const first = await file.save('one', version)
    if (!first.ok) throw new Error('it was not saved')
    expect(await file.save('two', first.version)).toMatchObject({ ok: true })
    expect(filesOf(sandbox).octoform).toEqual({ 'other.json': '{}', 'ledger.json': 'two' })
  })

  it('never writes over another version', async () => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } }, {}, product)
    const file = fileIn(sandbox)
    const { version } = await file.load()
    await meddle(sandbox, 'theirs')
    expect(await file.save('ours', version)).toEqual({ ok: false })
    expect((await file.load()).text).toBe('theirs')
  })

  it('reads a file of more than 1 MB', async () => {
    const text = 'ü'.repeat(600_000)
    const sandbox = await world({ octoform: { 'state/ledger.json': text } }, {}, product)
    const loaded = await fileIn(sandbox).load()
    expect(loaded).toEqual({ text, version: blobSha(Buffer.from(text)) })
  })
})

describe('two who write at once', () => {
  it('only one begins the branch', async () => {
    const sandbox = await world({ main: { 'README.md': 'code' } })
    const files = [1, 2, 3].map(() => fileIn(sandbox))
    const { version } = await fileIn(sandbox).load()
    const saves = await Promise.all(files.map((file, index) => file.save(`of ${index}`, version)))
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1)
    const winner = saves.findIndex(({ ok }) => ok)
    expect((await fileIn(sandbox).load()).text).toBe(`of ${winner}`)
  })

  it('only one makes the file', async () => {
    const sandbox = await world({ octoform: { 'x.json': '' } })
    const files = [1, 2, 3].map(() => fileIn(sandbox))
    const { version } = await fileIn(sandbox).load()
    const saves = await Promise.all(files.map((file, index) => file.save(`of ${index}`, version)))
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('finds that the branch was begun meanwhile', async () => {
    const sandbox = await world({ main: { 'README.md': 'code' } })
    const [ours, theirs] = [fileIn(sandbox), fileIn(sandbox)]
    const { version } = await ours.load()
    await theirs.save('theirs', version)
    expect(await ours.save('ours', version)).toEqual({ ok: false })
  })
})

describe('an answer that says nothing of this file', () => {
  it.each([
    ['409, because another file of the branch was written', { status: 409 }],
    ['no answer, the request not done', { drop: true }],
    ['500', { status: 500 }],
  ])('%s: is tried again', async (_what, fault) => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } })
    const file = fileIn(sandbox)
    const { version } = await file.load()
    await sandbox.fault({ method: 'PUT', route: CONTENTS, times: 2, ...fault })
    expect(await file.save('two', version)).toMatchObject({ ok: true })
    expect((await file.load()).text).toBe('two')
  })

  it('no answer, though the request was done: it counts as saved, and is not done twice', async () => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } })
    const file = fileIn(sandbox)
    const { version } = await file.load()
    await sandbox.fault({ method: 'PUT', route: CONTENTS, drop: true, after: true })
    expect(await file.save('two', version)).toEqual({ ok: true, version: blobSha(Buffer.from('two')) })
    expect(sandbox.writes()).toHaveLength(1)
  })

  it('the same where the branch was begun', async () => {
    const sandbox = await world({ main: { 'README.md': 'code' } })
    const file = fileIn(sandbox)
    const { version } = await file.load()
    await sandbox.fault({ method: 'POST', route: '/repos/{owner}/{repo}/git/refs', drop: true, after: true })
    expect(await file.save('two', version)).toMatchObject({ ok: true })
    expect(sandbox.writes()).toHaveLength(3)
  })

  it('for ever: it gives up after a few attempts', async () => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } })
    const file = fileIn(sandbox)
    const { version } = await file.load()
    await sandbox.fault({ method: 'PUT', route: CONTENTS, times: 100, status: 409 })
    await expect(file.save('two', version)).rejects.toMatchObject({ name: 'GitHubError', status: 409 })
    expect(sandbox.writes()).toHaveLength(3)
  })

  it.each([403, 401, 422])('%i: is not tried again', async (status) => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } })
    const file = fileIn(sandbox)
    const { version } = await file.load()
    await sandbox.fault({ method: 'PUT', route: CONTENTS, times: 100, status })
    await expect(file.save('two', version)).rejects.toMatchObject({ name: 'GitHubError', status })
    expect(sandbox.writes()).toHaveLength(1)
    expect((await file.load()).text).toBe('one')
  })
})

describe('what is no absent file', () => {
  it('a repository that the token may not see', async () => {
    const sandbox = await world()
    await sandbox.fault({ method: 'GET', times: 100, status: 404 })
    await expect(fileIn(sandbox).load()).rejects.toMatchObject({ status: 404, kind: 'forbidden' })
  })

  it('content that the token may not read, of a repository that it sees', async () => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } })
    await sandbox.fault({ method: 'GET', route: CONTENTS, times: 100, status: 404 })
    await sandbox.fault({ method: 'GET', route: '/repos/{owner}/{repo}/git/ref/{ref}', times: 100, status: 404 })
    await expect(fileIn(sandbox).load()).rejects.toMatchObject({ status: 404, kind: 'forbidden' })
  })

  it('an empty repository', async () => {
    const sandbox = await world({}, { branches: {} })
    await expect(fileIn(sandbox).load()).rejects.toThrow('acme/admin is empty: make a first commit there')
  })

  it('a folder', async () => {
    const sandbox = await world({ octoform: { 'state/ledger.json': 'one' } })
    await expect(fileIn(sandbox, 'state').load()).rejects.toThrow('is a folder, a link or a submodule')
  })

  it('what is not text', async () => {
    const sandbox = await world({ octoform: { 'x.json': '' } })
    const url = `/repos/${REPOSITORY}/contents/state/ledger.json`
    await sandbox.call('PUT', url, { message: 'x', content: '//79', branch: 'octoform' })
    await expect(fileIn(sandbox).load()).rejects.toThrow(
      'state/ledger.json on branch octoform of acme/admin is not UTF-8',
    )
  })
})

describe('older servers, which refuse more than 1 MB', () => {
  const tooLarge: Reaction = (request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    const path = decodeURIComponent(request.path.split('?')[0] ?? '')
    if (path.endsWith('/contents/state')) return answer(200, [{ path: 'state/ledger.json', sha: 'abc', type: 'file' }])
    if (path.includes('/contents/')) {
      return answer(403, { message: 'This API returns blobs up to 1 MB in size.', errors: [{ code: 'too_large' }] })
    }
    if (path.endsWith('/git/blobs/abc')) return answer(200, { encoding: 'base64', content: 'b25l\n', sha: 'abc' })
    return answer(404, { message: 'Not Found' })
  }

  it("find the file's id in its folder", async () => {
    const server = await serve(tooLarge)
    expect(await fileIn(server).load()).toEqual({ text: 'one', version: 'abc' })
  })

  it('have no folder to look in at the root, which the message tells', async () => {
    const server = await serve(tooLarge)
    await expect(fileIn(server, 'ledger.json').load()).rejects.toThrow('move it into one')
  })
})
