import { describe, expect, it } from 'vitest'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { requestsAt } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'oidc_issuer') ?? expect.unreachable()
const ENTERPRISE: Scope = { type: 'enterprise', enterprise: 'inc' }
const PUT = 'PUT /enterprises/inc/actions/oidc/customization/issuer'

it.each([
  [false, true, true],
  [true, false, true],
  [undefined, true, true],
  [true, true, false],
])('include_enterprise_slug from %j to %j is wider: %j', (before, after, wider) => {
  expect(isWider(fieldAt(family, 'include_enterprise_slug'), before, after)).toBe(wider)
})

it('is written by one request', () => {
  const wants = { include_enterprise_slug: true }
  expect(requestsAt({ family, scope: ENTERPRISE }, { wants, live: {} })).toEqual([[PUT, wants]])
})

/** An enterprise is compared where a run names it. */
const OWN = ['--owner', 'enterprises/inc']

describe('between runs', () => {
  const yaml = (slug: boolean) =>
    `version: 1\nenterprises: { inc: { oidc_issuer: { include_enterprise_slug: ${slug} } } }\n`

  async function written(slug: boolean) {
    const sandbox = await watchedSandbox({ seed: { enterprises: { inc: { organizations: {} } } } })
    const token = { OCTOFORM_ENTERPRISE_TOKEN: 'classic' }
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(slug) }, token)
    return {
      sandbox,
      place,
      apply: () => place.run(['apply', '--auto-approve', ...OWN]),
      plan: () => place.run(['plan', ...OWN]),
    }
  }

  it('it is written once, and told as not compared', async () => {
    const { sandbox, place, apply, plan } = await written(true)
    expect((await plan()).stdout).toContain('cannot compare: the ledger does not say that octoform wrote it')
    expect(await apply()).toMatchObject({ code: 0 })
    const again = await plan()
    expect(again.stdout).toContain('No changes.')
    expect(again.stdout).toContain(
      'enterprises/inc/oidc_issuer cannot compare: GitHub has no request that shows it; the ledger says that octoform wrote this last',
    )
    expect(await place.run(['drift', ...OWN])).toMatchObject({ code: 0 })
    expect(await apply()).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([PUT])
    await place.write('octoform.yaml', yaml(false))
    expect((await plan()).stdout).toContain('it differs from what octoform wrote last')
    expect(await apply()).toMatchObject({ code: 0 })
    expect((await plan()).stdout).toContain('No changes.')
    expect(sandbox.writes()).toEqual([PUT, PUT])
  })

  it('a write that GitHub refuses leaves what the ledger knew', async () => {
    const { sandbox, place, apply, plan } = await written(true)
    await apply()
    await place.write('octoform.yaml', yaml(false))
    await sandbox.fault({ method: 'PUT', status: 403, body: { message: 'no' } })
    expect(await apply()).toMatchObject({ code: 1 })
    expect((await plan()).stdout).toContain('it differs from what octoform wrote last')
    await place.write('octoform.yaml', yaml(true))
    expect((await plan()).stdout).toContain('No changes.')
  })

  it('a write whose answer is lost is made again', async () => {
    const { sandbox, apply, plan } = await written(true)
    await sandbox.fault({ method: 'PUT', drop: true, times: 9 })
    expect((await apply()).code).toBe(1)
    expect((await plan()).stdout).toContain('an earlier write was interrupted')
  })

  it('is no part of an import, which says so', async () => {
    const { place } = await written(true)
    const imported = await place.run(['import', 'enterprises/inc'])
    const why = 'enterprises/inc/oidc_issuer: left out, as GitHub has no request that shows it'
    expect(imported).toMatchObject({ code: 0, stderr: expect.stringContaining(`warning: ${why}`) })
    expect(imported.stdout).toContain(`# ${why}`)
    expect(imported.stdout).not.toContain('oidc_issuer:\n')
  })
})
