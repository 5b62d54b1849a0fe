import { describe, expect, it } from 'vitest'
import { type CommentsRequest, type OwnerComment, publishComments } from '../../src/publish/comments.ts'
import { formatMarker, type Marker } from '../../src/render/marker.ts'
import { HOME, type Home, homeWith } from './home.ts'

const BOT = 'github-actions[bot]'
const COMMENTS = `/repos/${HOME}/issues/4/comments`

const marker = (owner: string, rest: Partial<Marker> = {}): Marker => {
  return { kind: 'plan', host: 'api.github.com', owner, configuration: 'octoform.yaml', ...rest }
}
const comment = (owner: string, text: string): OwnerComment => {
  const own = marker(owner, { digest: text })
  return { marker: own, body: `${formatMarker(own)}\n\n${text}\n` }
}
const textOf = (owner: string, text: string): string => comment(owner, text).body

interface Shown {
  readonly body: string
  readonly user: { readonly login: string }
  readonly minimized?: object | null
}

async function shown({ sandbox }: Home): Promise<readonly Shown[]> {
  return (await sandbox.call('GET', COMMENTS)).body as readonly Shown[]
}

async function bodies(home: Home): Promise<readonly string[]> {
  return (await shown(home)).map(({ body }) => body.split('\n').at(-2) ?? body)
}

function withComments(...comments: readonly object[]): Promise<Home> {
  return homeWith({ pull_requests: { 4: { comments } } })
}

function publish(home: Home, comments: readonly OwnerComment[], rest: Partial<CommentsRequest> = {}, token?: string) {
  return publishComments(home.client(token), { repository: HOME, pullRequest: 4, comments, ...rest })
}

const OUTDATED = expect.stringMatching(/^This plan is outdated/)

describe('the comments on a pull request', () => {
  it('are one for each owner, edited in place, and left alone where nothing changes', async () => {
    const home = await withComments()
    expect(await publish(home, [comment('acme', 'one'), comment('beta', 'two')])).toEqual([])
    expect(await publish(home, [comment('acme', 'three'), comment('beta', 'two')])).toEqual([])
    expect(home.sandbox.asked.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
    expect(await bodies(home)).toEqual(['three', 'two'])
    const before = home.sandbox.writes().filter((write) => !write.endsWith('/graphql')).length
    await publish(home, [comment('acme', 'three'), comment('beta', 'two')])
    expect(home.sandbox.writes().filter((write) => !write.endsWith('/graphql'))).toHaveLength(before)
  })

  it.each([
    ['made, and its answer lost', { drop: true, after: true }],
    ['not made', { status: 502 }],
  ])('are looked for before one is made again that was %s', async (_, fault) => {
    const home = await withComments()
    await home.sandbox.fault({
      method: 'POST',
      route: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
      ...fault,
    })
    expect(await publish(home, [comment('acme', 'one'), comment('beta', 'two')])).toEqual([])
    expect(await bodies(home)).toEqual(['one', 'two'])
  })

  it('that imitate ours are neither edited nor hidden', async () => {
    const theirs = [
      { user: 'mallory', body: textOf('acme', 'mallory') },
      { user: 'github-actions', body: textOf('acme', 'a person of that name') },
      { user: 'evil[bot]', body: textOf('gone', 'another App') },
      { user: BOT, body: `Look:\n${textOf('acme', 'the marker not in the first line')}` },
      { user: BOT, body: `${formatMarker(marker('acme', { configuration: 'other.yaml' }))}\nanother configuration\n` },
      { user: BOT, body: `${formatMarker(marker('acme', { host: 'ghe.example.com' }))}\nanother host\n` },
      { user: BOT, body: `${formatMarker(marker('acme', { kind: 'drift' }))}\nanother kind\n` },
    ]
    const home = await withComments(...theirs)
    expect(await publish(home, [comment('acme', 'ours')])).toEqual([])
    expect((await shown(home)).map(({ body, user }) => ({ body, user: user.login }))).toEqual([
      ...theirs.map(({ user, body }) => ({ body, user })),
      { user: BOT, body: textOf('acme', 'ours') },
    ])
  })

  it('of ours that are too many, or of an owner that is gone, are hidden and not found again', async () => {
    const ours = ['acme', 'acme', 'gone', 'left-out'].map((owner, index) => ({
      user: BOT,
      body: textOf(owner, `${index}`),
    }))
    const home = await withComments(...ours)
    const again = { owners: ['acme', 'LEFT-OUT'] }
    expect(await publish(home, [comment('acme', 'new')], again)).toEqual([])
    expect(await bodies(home)).toEqual(['new', OUTDATED, OUTDATED, '3'])
    expect((await shown(home)).map(({ minimized }) => minimized)).toEqual([
      null,
      { reason: 'outdated' },
      { reason: 'outdated' },
      null,
    ])
    const asked = home.sandbox.asked.length
    await publish(home, [comment('acme', 'new')], again)
    expect(home.sandbox.asked.slice(asked).map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  it('are found on every page', async () => {
    const others = Array.from({ length: 150 }, (_, index) => ({ user: 'octocat', body: `${index}` }))
    const home = await withComments(...others, { user: BOT, body: textOf('acme', 'old') })
    await publish(home, [comment('acme', 'new')])
    const { body: last } = await home.sandbox.call('GET', `${COMMENTS}?per_page=50&page=4`)
    expect(last).toEqual([expect.objectContaining({ body: textOf('acme', 'new') })])
  })

  it('are made shorter once where GitHub finds them too long', async () => {
    const home = await withComments()
    const long = { ...comment('acme', 'x'.repeat(70_000)), shorter: (bytes: number) => textOf('acme', `in ${bytes}`) }
    expect(await publish(home, [long])).toEqual([])
    expect(await bodies(home)).toEqual(['in 30000'])
    expect(await publish(home, [long])).toEqual([])
    expect(await bodies(home)).toEqual(['in 30000'])
    await expect(publish(home, [comment('acme', 'x'.repeat(70_000))])).rejects.toThrow(/too long/)
  })

  it('that cannot be hidden are told of', async () => {
    const home = await withComments(...['acme', 'acme'].map((owner) => ({ user: BOT, body: textOf(owner, 'x') })))
    await home.sandbox.fault({
      method: 'POST',
      route: '/graphql',
      nth: 2,
      status: 200,
      body: { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
    })
    expect(await publish(home, [comment('acme', 'new')])).toEqual([
      expect.stringMatching(/^the outdated comment of acme on acme\/config#4 could not be hidden: .*not accessible/),
    ])
    expect(await bodies(home)).toEqual(['new', OUTDATED])
  })

  it('are made anew where nobody tells whose the token is, and those of the same author taken out of use', async () => {
    const home = await withComments(
      { user: BOT, body: textOf('acme', 'old') },
      { user: 'mallory', body: textOf('acme', 'mallory') },
    )
    await home.sandbox.fault({
      method: 'POST',
      route: '/graphql',
      times: 9,
      status: 404,
      body: { message: 'Not Found' },
    })
    const warnings = await publish(home, [comment('acme', 'new')])
    expect(warnings).toEqual([expect.stringContaining('in place'), expect.stringContaining('could not be hidden')])
    expect(await bodies(home)).toEqual([OUTDATED, 'mallory', 'new'])
  })

  it('of a person are those of that person', async () => {
    const home = await withComments({ user: BOT, body: textOf('acme', 'by the workflow') })
    await publish(home, [comment('acme', 'one')], {}, 'owner')
    await publish(home, [comment('acme', 'two')], {}, 'owner')
    expect(await bodies(home)).toEqual(['by the workflow', 'two'])
  })

  it('fail where the token may not write them, with what to grant', async () => {
    const home = await withComments()
    await expect(publish(home, [comment('acme', 'x')], {}, 'reader')).rejects.toThrow(/permission|GITHUB_TOKEN/)
  })
})
