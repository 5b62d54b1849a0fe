import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { digestText } from '../../src/core/canonical.ts'
import type { Plan } from '../../src/core/plan.ts'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { packPlan, unpackPlan } from '../../src/report/packed-plan.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

/** Of plans in which nothing is to be hidden. */
const asItIs = <T>(value: T): T => value

function planOf(visibility: string): Plan {
  const plan = buildPlan([buildChange('orgs/acme/secrets/A', { visibility: 'all' }, { visibility })])
  return { ...plan, digest: sha256(digestText(plan)) }
}

function packed(json: string): string {
  return `<!-- octoform-plan ${gzipSync(json).toString('base64')} -->`
}

it('a plan is read back with its changes and flags', async () => {
  const plan = planOf('private')
  const text = (await packPlan(plan, asItIs)) ?? ''
  const found = await unpackPlan(text, plan.digest)
  expect(found).toMatchObject({ digest: plan.digest, flags: plan.flags, changes: [{ address: 'orgs/acme/secrets/A' }] })
  // A reader of the check run sees nothing of it.
  expect(text.replace(/<!--.*?-->/gs, '')).not.toContain('acme')
})

it.each<[string, (plan: Plan) => string | Promise<string | undefined>]>([
  ['nothing', () => 'Digest: x'],
  ['another plan', () => packPlan(planOf('selected'), asItIs)],
  [
    'a plan that says it has the digest',
    (plan) => packed(JSON.stringify({ ...planOf('selected'), digest: plan.digest })),
  ],
  ['what is no plan', () => packed('[1]')],
  ['what is no JSON', () => packed('{')],
  ['what is cut off', async (plan) => (await packPlan(plan, asItIs))?.replace(/.{40} -->/, ' -->')],
  ['what is not packed', () => '<!-- octoform-plan AAAA -->'],
  ['what unpacks to more than any plan', () => packed(' '.repeat(65 * 1024 * 1024))],
])('%s is taken for none', async (_, textOf) => {
  const plan = planOf('private')
  expect(await unpackPlan((await textOf(plan)) ?? '', plan.digest)).toBeUndefined()
})

it('one that does not fit into a check run is not kept', async () => {
  const names = Array.from({ length: 8000 }, (_, index) => sha256(String(index)))
  const plan = buildPlan([buildChange('orgs/acme/secrets/A', { repositories: [] }, { repositories: names })])
  expect(await packPlan(plan, asItIs)).toBeUndefined()
})
