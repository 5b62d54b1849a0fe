import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SECRET = { visibility: 'all', value: 'planted' }
const SEED = {
  product: 'ghec',
  organizations: {
    acme: { repositories: { web: {} }, secrets: { OLD: SECRET } },
    'acme-labs': { repositories: { web: {} }, secrets: { OLD: SECRET } },
    globex: { repositories: { web: {} } },
  },
}
const OWNERS = 'organizations: { acme: {}, Acme-Labs: {}, globex: {} }'

interface Begun {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
}

async function begin(sets: string, files: Readonly<Record<string, string>> = {}): Promise<Begun> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const yaml = `version: 1\n${OWNERS}\norganization_sets:\n${sets}\n`
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml, ...files }) }
}

describe('sets of organizations', () => {
  it('give each organization that a name, a glob and no negation leaves what they say, and its repositories', async () => {
    const { place } = await begin(`  - match: { name: ["ACME*", "!acme-labs"] }
    secrets: { OLD: absent }
  - match: { name: [globex, "acme-?abs"] }
    workflow_permissions: { default_workflow_permissions: read }
    permissions: { allowed_actions: selected, selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["{organization}/*"] } }
    repository_sets: [{ match: { name: "w*" }, secrets: { Q: { value: { env: "{ORGANIZATION}_{REPOSITORY}_Q" } } } }]`)
    const env = { ACME_LABS_WEB_Q: 'value-of-labs', GLOBEX_WEB_Q: 'value-of-globex' }
    const plan = await place.plan([], env)
    expect(plan.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'update orgs/acme-labs/permissions',
      'delete orgs/acme/secrets/OLD',
      'update orgs/globex/permissions',
      'create repos/acme-labs/web/secrets/Q',
      'create repos/globex/web/secrets/Q',
    ])
    expect(plan.values_needed.map(({ source }) => source)).toEqual(['env:ACME_LABS_WEB_Q', 'env:GLOBEX_WEB_Q'])
    const applied = await place.run(['apply', '--auto-approve'], { env })
    expect(applied.code, applied.stderr).toBe(0)
    const again = await place.run(['plan', '--detailed-exitcode'], { env })
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it('are explained with what overrides them', async () => {
    const { place } = await begin(
      `  - match: {}\n    secrets: { OLD: { visibility: private } }
  - match: { name: "acme*" }\n    secrets: { OLD: { visibility: all } }`,
      { 'own.yaml': 'organizations: { acme: { secrets: { OLD: { visibility: selected, repositories: [web] } } } }' },
    )
    const explain = async (address: string): Promise<string> =>
      (await place.run(['validate', '--config', 'octoform.yaml', '--config', 'own.yaml', '--explain', address])).stdout
    expect(await explain('orgs/acme/secrets/OLD')).toBe(`orgs/acme/secrets/OLD  from own.yaml:1:37
  visibility = "selected"  from own.yaml:1:44 (organization)
    overrides "all"  from octoform.yaml:7:23 (organization set)
    overrides "private"  from octoform.yaml:5:23 (organization set)
  repositories = ["web"]  from own.yaml:1:66 (organization)
`)
    expect(await explain('orgs/globex/secrets/OLD')).toContain('visibility = "private"  from octoform.yaml:5:23')
  })

  it('of two files that give one field are an error with both places, of one file the later wins', async () => {
    const set = (visibility: string): string =>
      `organization_sets: [{ match: { name: "a*" }, secrets: { OLD: { visibility: ${visibility} } } }]`
    const { place } = await begin('  - { match: {}, secrets: { OLD: { visibility: all } } }', {
      'a.yaml': set('all'),
      'b.yaml': `version: 1\n${OWNERS}\n${set('private')}`,
    })
    const ran = await place.run(['plan', '--config', 'a.yaml', '--config', 'b.yaml'])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(
      'b.yaml:3:64: error: `visibility` is given here and at a.yaml:1:64, with the same rank: keep one of them',
    )
  })

  it('that match nothing are a warning with their line, and skip', async () => {
    const { place } = await begin('  - match: { name: ["globx", "!globex"] }\n    secrets: { OLD: absent }')
    const { code, stdout } = await place.run(['validate'])
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        'octoform.yaml:4:5: warning: `match` matches no organization under `organizations`; the set is skipped',
      ),
    ])
    expect((await place.plan()).changes).toEqual([])
  })

  it('may say only what `files` allows in each organization that they reach', async () => {
    const team = `organization_sets: [{ match: { name: "acme*" }, secrets: { OLD: { visibility: private } } }]`
    const run = async (addresses: string): Promise<string> => {
      const { place } = await begin('  []', { 'team.yaml': team })
      const grants = `files: { octoform.yaml: { addresses: ["**"] }, team.yaml: { addresses: [${addresses}] } }`
      await place.write('octoform.yaml', `version: 1\n${OWNERS}\n${grants}\n`)
      return (await place.run(['validate', '--config', 'octoform.yaml', '--config', 'team.yaml'])).stdout
    }
    expect(await run('"orgs/acme*/secrets/*"')).toContain('The configuration is valid.')
    expect(await run('"orgs/acme/secrets/*"')).toContain(
      'team.yaml:1:60: error: this file may not declare orgs/acme-labs/secrets/OLD: ',
    )
  })

  it('that go are named with what is no longer managed', async () => {
    const set = '  - match: { name: "acme*" }\n    secrets: { OLD: { visibility: all } }'
    const { place } = await begin('  []', {
      'base/octoform.yaml': `version: 1\n${OWNERS}\norganization_sets:\n${set}\n`,
    })
    await place.write('octoform.yaml', `version: 1\n${OWNERS}\n`)
    const plan = await place.plan(['--base', 'base'])
    expect(plan.no_longer_managed?.map(({ address }) => address)).toEqual([
      'orgs/acme/secrets/OLD',
      'orgs/acme-labs/secrets/OLD',
    ])
    expect(plan.governs).toEqual([
      'The organization set that reaches orgs/acme is gone: it gave `secrets`.',
      'The organization set that reaches orgs/acme-labs is gone: it gave `secrets`.',
    ])
  })
})
