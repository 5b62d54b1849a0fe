import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import { publishLabel } from '../../src/publish/labels.ts'
import { type PlanLabel, planLabel } from '../../src/render/plan-label.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'
import { HOME, homeWith } from './home.ts'

const AT = { repository: HOME, pullRequest: 7 }
const PRODUCTS = ['ghec', 'ghes-2.22']

const withLabels = (labels: readonly string[], product = 'ghec') =>
  homeWith({ pull_requests: { 7: { labels } } }, product)

async function labelsIn({ sandbox }: Awaited<ReturnType<typeof homeWith>>): Promise<readonly string[]> {
  const { body } = await sandbox.call('GET', `/repos/${HOME}/issues/7/labels`)
  return (body as readonly { readonly name: string }[]).map(({ name }) => name)
}

describe.each(PRODUCTS)('the label of a pull request, on %s', (product) => {
  it.each<[string, readonly string[], PlanLabel | undefined, readonly string[]]>([
    ['is put beside those of people', ['bug'], 'octoform/opens', ['bug', 'octoform/opens']],
    ['takes the place of another', ['octoform/none', 'bug'], 'octoform/change', ['bug', 'octoform/change']],
    ['is alone, whatever stood there', ['Octoform/Delete', 'octoform/opens'], 'octoform/opens', ['octoform/opens']],
    ['is taken off where nothing is known', ['octoform/none', 'octoform/x'], undefined, ['octoform/x']],
  ])('%s', async (_, before, label, after) => {
    const home = await withLabels(before, product)
    expect(await publishLabel(home.client(), AT, label)).toBeUndefined()
    expect(await labelsIn(home)).toEqual(after)
    const asked = home.sandbox.asked.filter(({ method }) => method !== 'GET').length
    expect(await publishLabel(home.client(), AT, label)).toBeUndefined()
    expect(home.sandbox.asked.filter(({ method }) => method !== 'GET')).toHaveLength(asked)
  })

  it('is a warning that names the permission, where the token may not', async () => {
    const home = await withLabels([], product)
    expect(await publishLabel(home.client('reader'), AT, 'octoform/none')).toMatch(
      /acme\/config#7 could not be labelled: .* `permissions: \{ pull-requests: write \}`/,
    )
    expect(await labelsIn(home)).toEqual([])
  })

  it('is the only thing that its client may delete', async () => {
    const client = (await withLabels(['bug'], product)).client()
    const where = { owner: 'acme', repo: 'config', issue_number: 7 }
    const other = 'DELETE /repos/{owner}/{repo}/actions/variables/{name}'
    await expect(client.request(other, { ...where, name: 'octoform/none' })).rejects.toThrow()
  })
})

describe('the label of a plan', () => {
  const of = (before: Document | null, after: Document | null, rest = {}) =>
    buildChange('orgs/acme/secrets/A', before, after, rest)
  const changes = { none: [], change: [of(null, { v: 1 })], deletes: [of({ v: 1 }, null), of(null, { v: 1 })] }
  const gains = { access: { gains: buildAccess('named', 'web'), loses: [] } }
  it.each([
    ['nothing', buildPlan(changes.none), 'octoform/none'],
    ['something new', buildPlan(changes.change), 'octoform/change'],
    ['a deletion', buildPlan(changes.deletes), 'octoform/delete'],
    ['access', buildPlan([...changes.deletes, of({ v: 1 }, { v: 2 }, gains)]), 'octoform/opens'],
    ['a wider policy', buildPlan([of({ v: 1 }, { v: 2 }, { widens: ['v'] })]), 'octoform/opens'],
    ['nothing in what could be read', buildPlan([], { complete: false }), undefined],
    [
      'nothing, and something held back',
      buildPlan([], { held_back: [{ address: 'orgs/acme/x', field: null, reason: 'r', source: null, help: 'h' }] }),
      undefined,
    ],
  ])('%s', (_, plan, label) => {
    expect(planLabel(plan)).toBe(label)
  })
})
