import { describe, expect, it } from 'vitest'
import { heldCaches, type RunOfCaches } from '../../src/cleanup/held-caches.ts'

const NOON = Date.parse('2026-11-20T12:00:00Z')
const run = (more: Partial<RunOfCaches>): RunOfCaches => ({
  status: 'in_progress',
  event: 'push',
  head_branch: 'topic',
  created_at: '2026-11-20T12:00:00Z',
  pull_requests: [],
  ...more,
})
const held = (runs: readonly RunOfCaches[], ref: string, at = NOON + 1): boolean =>
  heldCaches(runs, [{ id: 1, at, ref }]).has(1)

describe('a cache is held', () => {
  it.each<[string, Partial<RunOfCaches>, string]>([
    ['by a run of its branch', {}, 'refs/heads/topic'],
    ['by a run of its tag', { head_branch: 'v1' }, 'refs/tags/v1'],
    ['by a run that waits', { status: 'waiting' }, 'refs/heads/topic'],
    ['by a run without a status', { status: null }, 'refs/heads/topic'],
    ['by a run of its pull request', { event: 'pull_request', pull_requests: [{ number: 7 }] }, 'refs/pull/7/merge'],
    ["by a run of a fork's pull request, which GitHub does not name", { event: 'pull_request' }, 'refs/pull/7/merge'],
    ['by a run whose branch is not known', { head_branch: null }, 'refs/heads/other'],
    ['by a run that belongs to another branch than it names', { event: 'pull_request_target' }, 'refs/heads/main'],
    ['by a run of another workflow', { event: 'workflow_run' }, 'refs/heads/main'],
    ['where GitHub does not say of which ref it is', {}, ''],
  ])('%s', (_, more, ref) => expect(held([run({ status: 'completed' }), run(more)], ref)).toBe(true))

  it.each<[string, Partial<RunOfCaches>, string, number]>([
    ['by a run that has ended', { status: 'completed' }, 'refs/heads/topic', NOON + 1],
    ['by a run of another branch', {}, 'refs/heads/main', NOON + 1],
    ['by a run of a branch with a longer name', {}, 'refs/heads/topic-2', NOON + 1],
    [
      'by a run of another pull request',
      { event: 'pull_request', pull_requests: [{ number: 7 }] },
      'refs/pull/70/merge',
      NOON + 1,
    ],
    ['by a run that began after it was made', {}, 'refs/heads/topic', NOON - 1],
  ])('not %s', (_, more, ref, at) => expect(held([run(more)], ref, at)).toBe(false))
})
