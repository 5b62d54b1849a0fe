import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { runners } from '../../src/families/runners/index.ts'
import { deleteRequestsAt, findingsAt, planAt, requestsAt } from '../support/family-case.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { ACME, WEB } from '../support/stub-family.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const INC: Scope = { type: 'enterprise', enterprise: 'inc' }
const REF = { id: 11, busy: false, readOnly: ['self-hosted', 'Linux', 'X64'] }
const place = { family: runners, scope: ACME }
const LIVE = { labels: ['GPU', 'cuda'] }

const asked = (wants: Document, rest: Parameters<typeof planAt>[1]['rest'] = {}) => {
  return { key: 'gpu-01', live: LIVE, ref: REF, wants, rest }
}
const edits = (add: readonly string[], remove: readonly string[] = []) => ({ edits: { labels: { add, remove } } })

describe('labels of a runner', () => {
  it('are wider whichever way they change', () => {
    expect(isWider(fieldAt(runners, 'labels'), ['a'], [])).toBe(true)
    expect(isWider(fieldAt(runners, 'labels'), [], ['a'])).toBe(true)
    expect(isWider(fieldAt(runners, 'labels'), ['a'], ['a'])).toBe(false)
  })

  it.each<[Scope, string]>([
    [INC, 'PUT /enterprises/inc/actions/runners/11/labels'],
    [ACME, 'PUT /orgs/acme/actions/runners/11/labels'],
    [WEB, 'PUT /repos/acme/web/actions/runners/11/labels'],
  ])('are put as one list, of %j', (scope, request) => {
    const requests = (labels: readonly string[]) => requestsAt({ family: runners, scope }, asked({ labels }))
    expect(requests(['cuda', 'gpu', 'new', 'NEW'])).toEqual([[request, { labels: ['GPU', 'cuda', 'new'] }]])
    expect(requests([])).toEqual([[request, { labels: [] }]])
  })

  it('compare without case: in another case they are no change', () => {
    expect(planAt(place, asked({ labels: ['CUDA', 'gpu'] })).work).toBeUndefined()
    expect(planAt(place, asked({}, edits(['gpu'], ['Other']))).work).toBeUndefined()
  })

  it('that are added and taken away leave the others of that moment as they are', () => {
    const { work } = planAt(place, asked({}, edits(['new', 'Late'], ['CUDA'])))
    expect(work?.change).toMatchObject({ before: LIVE, after: { labels: ['GPU', 'Late', 'new'] } })
    const [send] = work?.sends ?? []
    expect(send?.rereads?.map(({ route }) => route)).toEqual(['GET /orgs/{org}/actions/runners/{runner_id}/labels'])
    const label = (name: string, type = 'custom') => ({ name, type })
    const now = [label('self-hosted', 'read-only'), label('cuda'), label('late'), label('by hand')]
    expect(send?.body?.(REF, [now])).toEqual({ labels: ['by hand', 'late', 'new'] })
  })

  it('that the runner sets itself are left out with a warning, and never all there are', () => {
    expect(findingsAt(place, asked({ labels: ['linux', 'new'] }))).toEqual([
      'warning labels: linux is a label that the runner application sets: it can be neither set nor taken away here',
    ])
    expect(requestsAt(place, asked({ labels: ['linux', 'new'] }))).toEqual([
      ['PUT /orgs/acme/actions/runners/11/labels', { labels: ['new'] }],
    ])
    const { work, heldBack } = planAt(place, asked({ labels: ['self-hosted'] }))
    expect(work).toBeUndefined()
    expect(heldBack).toMatchObject([
      { field: 'labels', reason: 'nothing is left of the list, which would take away 2 custom labels' },
    ])
  })

  it('that differ by case alone are not added and taken away together', () => {
    expect(findingsAt(place, { key: 'x', wants: {}, rest: edits(['New'], ['NEW']) })).toEqual([
      'error labels: NEW is taken away and New is added, which GitHub takes for one label: keep one of them',
    ])
  })
})

it('a runner is removed by its id', () => {
  expect(deleteRequestsAt(place, { key: 'gpu-01', live: LIVE, ref: REF })).toEqual([
    ['DELETE /orgs/acme/actions/runners/11'],
  ])
})

const SEED = {
  runners: { idle: { id: 1, labels: ['x'] }, busy: { id: 2, labels: ['x'], busy: true }, other: { id: 3 } },
}

async function started(
  yaml: string,
  rest: { product?: string } = {},
): Promise<{ place: Workplace; sandbox: WatchedSandbox }> {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: SEED } }, ...rest })
  const files = { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n    ${yaml}\n` }
  return { sandbox, place: await workplace(sandbox, files) }
}

describe('runners of an organization', () => {
  it('that are missing are warnings with their line, and none is created', async () => {
    const { place, sandbox } = await started('runners: { gpu-09: { labels: [gpu] }, gone: absent }')
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, writes: sandbox.writes() }).toEqual({ code: 0, writes: [] })
    expect(stdout).toContain('octoform.yaml:4:16: warning: GitHub has no runner gpu-09: one registers itself')
  })

  it.each(['ghec', 'ghes-3.4'])(
    'of %s are not removed from their work: held back, the rest goes on',
    async (product) => {
      const { place, sandbox } = await started('runners: { busy: absent, idle: absent, other: { labels: [] } }', {
        product,
      })
      const { code, stdout } = await place.run(['apply', '--auto-approve'])
      expect({ code, writes: sandbox.writes() }).toEqual({ code: 2, writes: ['DELETE /orgs/acme/actions/runners/1'] })
      expect(stdout).toContain('busy runs a job, and a runner is not removed while it does')
    },
  )

  it('that take a job just before are held back by the refusal of GitHub, and the rest goes on', async () => {
    const { place, sandbox } = await started('runners: { idle: absent, other: absent }')
    const route = '/orgs/{org}/actions/runners/{runner_id}'
    await sandbox.fault({
      method: 'DELETE',
      route,
      times: 1,
      status: 422,
      body: { message: 'Runner is running a job.' },
    })
    const { code, stdout } = await place.run(['apply', '--auto-approve', '--format', 'json'])
    const outcome = JSON.parse(stdout)
    expect({ code, complete: outcome.complete, counts: outcome.counts }).toEqual({
      code: 2,
      complete: true,
      counts: { added: 0, changed: 0, deleted: 1 },
    })
    expect(outcome.changes.map((each: { status: string }) => each.status)).toEqual(['held back', 'applied'])
    expect(outcome.held_back).toMatchObject([
      {
        address: 'orgs/acme/runners/idle',
        field: null,
        source: { line: 4 },
        help: expect.stringContaining('Apply again'),
      },
    ])
    expect(sandbox.writes()).toHaveLength(2)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  })

  it('say so in the log, too', async () => {
    const { place, sandbox } = await started('runners: { idle: absent }')
    await sandbox.fault({ method: 'DELETE', route: '/orgs/{org}/actions/runners/{runner_id}', times: 1, status: 422 })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/held back/)
    expect(stdout).toMatch(/\nApplied: 0 added, 0 changed, 0 deleted\. 1 held back\.\n$/)
  })

  it.each([403, 500])('that are refused otherwise (%i) have failed', async (status) => {
    const { place, sandbox } = await started('runners: { idle: absent }')
    await sandbox.fault({ method: 'DELETE', route: '/orgs/{org}/actions/runners/{runner_id}', times: 9, status })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 1 })
  })

  it.each([
    [
      'prune: [runners/*]\n    runners: {}',
      '4:13: error: `runners/*` names runners, of which only `absent` removes one',
    ],
    ['runners: { x: { labels: ["a,b"] } }', '4:30: error: `a,b` cannot be a label of a runner: write each label'],
    ['runners: { x: { labels: [""] } }', '4:30: error: '],
  ])('%s is an error', async (yaml, message) => {
    const { place, sandbox } = await started(yaml)
    const { code, stdout, stderr } = await place.run(['validate'])
    expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringContaining(message) })
    expect(sandbox.asked).toEqual([])
  })

  it('have at most 100 labels', async () => {
    const labels = Array.from({ length: 101 }, (_, index) => `l${index}`)
    const { place } = await started(`runners: { idle: { labels: [${labels}] } }`)
    const { code, stdout, stderr } = await place.run(['validate'])
    expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringContaining('100') })
  })
})
