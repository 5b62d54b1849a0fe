import { describe, expect, it } from 'vitest'
import { GROUPS, type HiddenGroups, hiddenGroups } from '../../support/hidden-groups.ts'

const GPU = 'orgs/acme/runner_groups/gpu'

describe('an apply that ends at any of its requests', () => {
  const LEDGER = 'ledger: { repository: acme/web, branch: octoform, path: ledger.json }'

  const WRITES = {
    create: { method: 'POST', route: '/orgs/{org}/actions/runner-groups' },
    change: { method: 'PATCH', route: `${GROUPS}/2` },
    delete: { method: 'DELETE', route: `${GROUPS}/2` },
  }
  const SAVES = { method: 'PUT', route: '/repos/acme/web/contents/ledger.json' }

  /** Applies again until it is done, telling the id where an apply asks for it. */
  async function finished({ place, groups }: HiddenGroups): Promise<void> {
    for (let run = 0; run < 5; run += 1) {
      const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
      if (code === 0) return
      if (!/octoform ledger adopt/.test(stdout + stderr)) continue
      const { gpu } = await groups()
      await place.run(['ledger', 'adopt', `${GPU}=${gpu?.id}`, '--auto-approve'])
    }
    expect.unreachable('five applies did not do it')
  }

  it.each<[keyof typeof WRITES, string, string | undefined]>([
    ['create', 'gpu: { repositories: [web] }', 'selected'],
    ['change', 'gpu: { visibility: all }', 'all'],
    ['delete', 'gpu: absent', undefined],
  ])('leaves one group at most, and nothing undone: %s', async (what, wanted, visibility) => {
    const ends = new Set<number>()
    for (const fault of [WRITES[what], { ...SAVES, nth: 1 }, { ...SAVES, nth: 2 }, { ...SAVES, nth: 3 }]) {
      for (const after of [false, true]) {
        const world = await hiddenGroups('gpu: { visibility: private }', {}, {}, LEDGER)
        const { sandbox, place, want, groups } = world
        if (what !== 'create') await place.run(['apply', '--auto-approve'])
        await want(wanted)
        await sandbox.fault({ ...fault, after, times: 3, status: 500 })
        ends.add((await place.run(['apply', '--auto-approve'])).code)
        await finished(world)
        expect((await groups()).gpu?.visibility).toBe(visibility)
        expect((await place.run(['plan'])).stdout).toContain('No changes.')
      }
    }
    expect([...ends].sort()).toEqual([0, 1])
  })
})
