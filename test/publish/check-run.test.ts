import { describe, expect, it } from 'vitest'
import { type CheckRunRequest, publishCheckRun } from '../../src/publish/check-run.ts'
import { HEAD, HOME, type Home, homeWith } from './home.ts'

const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)]
const OLD = { name: 'octoform plan', head_sha: HEAD, external_id: ONE }
const JOB = { name: 'octoform plan', head_sha: HEAD, external_id: '5f3c1b7e-0d7e-5c7b-9a53-000000000001' }

interface Shown {
  readonly id: number
  readonly name: string
  readonly external_id: string
  readonly conclusion: string
  readonly app: { readonly slug: string }
  readonly output: { readonly text: string | null }
}

function begin(check_runs: readonly object[], product?: string): Promise<Home> {
  return homeWith({ pull_requests: { 4: { head: { sha: HEAD } } }, check_runs }, product)
}

function publish(home: Home, rest: Partial<CheckRunRequest> = {}, token?: string): Promise<string | undefined> {
  return publishCheckRun(home.client(token), {
    repository: HOME,
    headSha: HEAD,
    digest: TWO,
    title: 'No changes.',
    summary: 'Digest',
    conclusion: 'success',
    detailsUrl: 'https://github.com/acme/config/actions/runs/1',
    ...rest,
  })
}

async function named({ sandbox }: Home, name = 'octoform plan'): Promise<readonly Shown[]> {
  const path = `/repos/${HOME}/commits/${HEAD}/check-runs?filter=all&check_name=${encodeURIComponent(name)}`
  const headers = { accept: 'application/vnd.github.antiope-preview+json' }
  const { body } = await sandbox.call('GET', path, undefined, 'owner', headers)
  return (body as { check_runs: Shown[] }).check_runs
}

describe('the check run of a plan', () => {
  it.each(['ghec', 'ghes-2.22', 'ghae-2021', 'ghae', 'ghes-3.19'])(
    'is made once and then updated (%s)',
    async (product) => {
      const home = await begin([], product)
      expect(await publish(home, { digest: ONE })).toBeUndefined()
      expect(await publish(home, { conclusion: 'neutral' })).toBeUndefined()
      expect(await named(home)).toEqual([
        expect.objectContaining({
          external_id: TWO,
          status: 'completed',
          conclusion: 'neutral',
          details_url: 'https://github.com/acme/config/actions/runs/1',
          output: expect.objectContaining({ title: 'No changes.', summary: 'Digest' }),
        }),
      ])
    },
  )

  it.each(['ghec', 'ghes-2.22', 'ghae-2021', 'ghae'])('keeps no text of an earlier plan (%s)', async (product) => {
    const home = await begin([], product)
    const texts = async () => (await named(home)).map(({ output }) => output.text)
    await publish(home, { digest: ONE, text: 'one' })
    expect(await texts()).toEqual(['one'])
    await publish(home)
    expect(await texts()).toEqual([''])
    await publish(home, { text: 'two' })
    expect(await texts()).toEqual(['two'])
    await publish(home, { digest: undefined, conclusion: 'failure' })
    expect(await texts()).toEqual([''])
  })

  it('is the one that keeps a text, where there were several', async () => {
    const output = { title: 'old', summary: 'old', text: 'old' }
    const home = await begin([
      { ...OLD, output },
      { ...OLD, external_id: '3'.repeat(64), output },
    ])
    await publish(home, { text: 'new' })
    expect((await named(home)).map(({ output }) => output.text)).toEqual(['new'])
    expect((await named(home, 'octoform plan (outdated)')).map(({ output }) => output.text)).toEqual([''])
  })

  it('of a plan that does not hold has no digest, and its next plan has', async () => {
    const home = await begin([OLD])
    await publish(home, { digest: undefined, conclusion: 'failure' })
    expect(await named(home)).toEqual([expect.objectContaining({ external_id: '', conclusion: 'failure' })])
    await publish(home)
    expect(await named(home)).toEqual([expect.objectContaining({ external_id: TWO, conclusion: 'success' })])
  })

  it('leaves alone what another App, a job or another commit has under its name', async () => {
    const home = await begin([{ ...OLD, app: 'imitator' }, JOB, { ...OLD, head_sha: 'b'.repeat(40) }])
    expect(await publish(home)).toBeUndefined()
    const runs = await named(home)
    expect(runs.map(({ external_id, app }) => [external_id, app.slug])).toEqual([
      [TWO, 'github-actions'],
      [JOB.external_id, 'github-actions'],
      [ONE, 'imitator'],
    ])
  })

  it('is the only one of its name where there were several', async () => {
    const home = await begin([OLD, { ...OLD, external_id: '3'.repeat(64) }, { ...OLD, app: 'imitator' }])
    await publish(home)
    const runs = await named(home)
    expect(runs.map(({ external_id, app }) => [external_id, app.slug])).toEqual([
      [ONE, 'imitator'],
      [TWO, 'github-actions'],
    ])
    expect(await named(home, 'octoform plan (outdated)')).toEqual([expect.objectContaining({ external_id: '' })])
  })

  it('is one where two jobs make it at once', async () => {
    const home = await begin([])
    await Promise.all([publish(home, { digest: ONE }), publish(home)])
    expect(await named(home)).toHaveLength(1)
  })

  it.each(['owner', 'reader'])(
    'is a warning with what to grant where the token may not write it (%s)',
    async (token) => {
      const home = await begin([OLD])
      expect(await publish(home, {}, token)).toMatch(/could not be written: .*`permissions: \{ checks: write \}`/)
      expect(await named(home)).toEqual([expect.objectContaining({ external_id: ONE })])
    },
  )

  it.each([
    ['made, and the answer lost', { drop: true, after: true }],
    ['not made', { status: 502 }],
  ])('is looked for before it is made again that was %s', async (_, fault) => {
    const home = await begin([])
    await home.sandbox.fault({ method: 'POST', route: '/repos/{owner}/{repo}/check-runs', ...fault })
    expect(await publish(home)).toBeUndefined()
    expect(await named(home)).toEqual([expect.objectContaining({ external_id: TWO })])
  })

  it('fails where GitHub does', async () => {
    const home = await begin([])
    await home.sandbox.fault({ method: 'POST', route: '/repos/{owner}/{repo}/check-runs', status: 500, times: 2 })
    await expect(publish(home)).rejects.toThrow(/500/)
  })
})
