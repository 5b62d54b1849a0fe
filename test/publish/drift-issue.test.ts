import { describe, expect, it } from 'vitest'
import { publishDriftIssue } from '../../src/publish/drift-issue.ts'
import type { IssueToWrite } from '../../src/publish/issue.ts'
import { formatMarker, type Marker } from '../../src/render/marker.ts'
import { HOME, type Home, homeWith } from './home.ts'

const BOT = 'github-actions[bot]'

const marker = (kind: Marker['kind'], rest: Partial<Marker> = {}): Marker => {
  return { kind, host: 'api.github.com', owner: 'acme', configuration: 'octoform.yaml', ...rest }
}
const issue = (kind: Marker['kind'], text: string, rest: Partial<Marker> = {}): IssueToWrite => {
  return { title: `octoform: ${kind} in acme`, body: `${formatMarker(marker(kind, rest))}\n\n${text}\n` }
}

interface Shown {
  readonly number: number
  readonly state: string
  readonly title: string
  readonly body: string
}

/** Number, state and last line of each issue, the oldest first. */
async function shown({ sandbox }: Home): Promise<readonly (readonly [number, string, string | undefined])[]> {
  const { body } = await sandbox.call('GET', `/repos/${HOME}/issues?state=all&per_page=100&direction=asc`)
  return (body as Shown[])
    .map((each) => [each.number, each.state, each.body.trimEnd().split('\n').at(-1)] as const)
    .sort((left, right) => left[0] - right[0])
}

type Text = IssueToWrite | 'none'

function publish(home: Home, drift: Text, unread: Text = 'none', token?: string): Promise<string[]> {
  return publishDriftIssue(home.client(token), {
    repository: HOME,
    drift: { marker: marker('drift'), text: drift },
    unread: { marker: marker('unread'), text: unread },
  })
}

function writes({ sandbox }: Home): readonly string[] {
  return sandbox.writes().filter((write) => !write.endsWith('/graphql'))
}

describe('the issue about drift', () => {
  it('is opened, rewritten, closed and opened again as drift comes and goes', async () => {
    const home = await homeWith({})
    await publish(home, 'none')
    expect(writes(home)).toEqual([])
    await publish(home, issue('drift', 'one'))
    await publish(home, issue('drift', 'one'))
    expect(writes(home)).toHaveLength(1)
    await publish(home, issue('drift', 'two'))
    expect(await shown(home)).toEqual([[1, 'open', 'two']])
    await publish(home, 'none')
    await publish(home, 'none')
    expect(await shown(home)).toEqual([[1, 'closed', 'two']])
    expect(writes(home)).toHaveLength(3)
    await publish(home, issue('drift', 'two'))
    expect(await shown(home)).toEqual([[1, 'open', 'two']])
  })

  it.each([
    ['opened, and the answer lost', { drop: true, after: true }],
    ['not opened', { status: 502 }],
  ])('is looked for before it is opened again that was %s', async (_, fault) => {
    const home = await homeWith({})
    await home.sandbox.fault({ method: 'POST', route: '/repos/{owner}/{repo}/issues', ...fault })
    await publish(home, issue('drift', 'one'))
    expect(await shown(home)).toEqual([[1, 'open', 'one']])
  })

  it('stays as it is while something could not be read, which is told apart', async () => {
    const home = await homeWith({})
    await publish(home, issue('drift', 'one'))
    await publish(home, 'none', issue('unread', 'no access'))
    await publish(home, issue('drift', 'a part of it'), issue('unread', 'no access'))
    expect(await shown(home)).toEqual([
      [1, 'open', 'one'],
      [2, 'open', 'no access'],
    ])
    await publish(home, 'none')
    expect(await shown(home)).toEqual([
      [1, 'closed', 'one'],
      [2, 'closed', 'no access'],
    ])
    await publish(home, issue('drift', 'what is known'), issue('unread', 'no access'))
    expect(await shown(home)).toEqual([
      [1, 'open', 'what is known'],
      [2, 'open', 'no access'],
    ])
  })

  it('is none that imitates it', async () => {
    const others = {
      1: { user: 'mallory', body: issue('drift', 'mallory').body },
      2: { user: 'evil[bot]', body: issue('drift', 'another App').body },
      3: { user: BOT, body: `Look\n${issue('drift', 'not in the first line').body}` },
      4: { user: BOT, body: issue('drift', 'another owner', { owner: 'beta' }).body },
      5: { user: BOT, body: issue('drift', 'another configuration', { configuration: 'x' }).body },
      6: { user: BOT, body: issue('drift', 'another host', { host: 'ghe.example.com' }).body },
    }
    const pulls = { 7: { user: BOT, body: issue('drift', 'a pull request').body } }
    const home = await homeWith({ issues: others, pull_requests: pulls })
    const before = await shown(home)
    await publish(home, 'none')
    expect(await shown(home)).toEqual(before)
    await publish(home, issue('drift', 'ours'))
    expect(await shown(home)).toEqual([...before, [8, 'open', 'ours']])
  })

  it('is the oldest where two runs made one each', async () => {
    const home = await homeWith({
      issues: {
        3: { user: BOT, state: 'closed', body: issue('drift', 'old').body },
        5: { user: BOT, body: issue('drift', 'newer').body },
      },
    })
    await publish(home, issue('drift', 'now'))
    expect(await shown(home)).toEqual([
      [3, 'open', 'now'],
      [5, 'closed', 'newer'],
    ])
  })

  it('is found behind many others, also where the filter by author finds nothing', async () => {
    const others = Array.from({ length: 120 }, (_, index) => [index + 2, { body: 'x' }] as const)
    const home = await homeWith({
      issues: { 1: { user: BOT, body: issue('drift', 'old').body }, ...Object.fromEntries(others) },
    })
    await home.sandbox.fault({ method: 'GET', route: '/repos/{owner}/{repo}/issues', status: 200, body: [] })
    await publish(home, issue('drift', 'now'))
    expect((await home.sandbox.call('GET', `/repos/${HOME}/issues/1`)).body).toMatchObject({
      body: issue('drift', 'now').body,
    })
    expect(writes(home)).toEqual([`PATCH /repos/${HOME}/issues/1`])
  })

  it('is a new one where nobody tells whose the token is, and closes those of its author', async () => {
    const home = await homeWith({
      issues: {
        1: { user: BOT, body: issue('drift', 'old').body },
        2: { user: 'mallory', body: issue('drift', 'mallory').body },
      },
    })
    await home.sandbox.fault({
      method: 'POST',
      route: '/graphql',
      times: 9,
      status: 404,
      body: { message: 'Not Found' },
    })
    expect(await publish(home, 'none')).toEqual([
      expect.stringMatching(/^acme\/config#1, acme\/config#2 may be ours and could not be closed: /),
    ])
    expect(await publish(home, issue('drift', 'now'))).toEqual([expect.stringMatching(/^A new issue was opened/)])
    expect(await shown(home)).toEqual([
      [1, 'closed', 'old'],
      [2, 'open', 'mallory'],
      [3, 'open', 'now'],
    ])
  })

  it('is made shorter where GitHub finds it too long', async () => {
    const home = await homeWith({})
    const long = { ...issue('drift', 'x'.repeat(70_000)), shorter: () => issue('drift', 'short').body }
    await publish(home, long)
    expect(await shown(home)).toEqual([[1, 'open', 'short']])
  })

  it('fails where the token may not write it', async () => {
    const home = await homeWith({})
    await expect(publish(home, issue('drift', 'x'), 'none', 'reader')).rejects.toThrow(/403|permission/)
  })
})
