import { describe, expect, it } from 'vitest'
import { LEVEL_REGISTRY } from '../support/level-registry.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  enterprises: {
    'acme-inc': {
      organizations: { acme: {}, beta: {} },
      runner_groups: { old: { visibility: 'selected', organizations: ['acme'] } },
    },
  },
  organizations: {
    acme: {
      id: 11,
      repositories: {
        web: { id: 101, environments: { staging: { wait_timer: 5, secrets: { A: { value: 'a' } } } } },
        api: { id: 102 },
      },
    },
    beta: { id: 12, repositories: {} },
  },
}

const YAML = `version: 1
enterprises:
  acme-inc:
    organizations: { acme: {}, beta: {} }
    fleets:
      gpu: { visibility: selected, organizations: ["b*", acme] }
      old: { remove_organizations: [acme], add_organizations: [beta] }
organizations:
  acme:
    secrets: { NPM: { visibility: selected, repositories: [web], value: { env: NPM } } }
    repository_sets:
      - match: { name: "w*" }
        environments: { prod: { wait_timer: 30, secrets: { SET: { value: { env: SET } } } } }
    repositories:
      web:
        secrets: { TOKEN: { value: { env: TOKEN } } }
        environments:
          Prod: { secrets: { DB: { value: { env: DB } } } }
          staging: { wait_timer: 5, secrets: { A: absent } }
`

/** An enterprise is compared where a run names it. */
const OWN = ['--owner', 'enterprises/acme-inc']
const ALL = [...OWN, '--owner', 'acme', '--owner', 'beta']

const TOKENS = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise', NPM: 'n', SET: 's', TOKEN: 't', DB: 'd' }

const ADDRESSES = [
  'create enterprises/acme-inc/fleets/gpu',
  'update enterprises/acme-inc/fleets/old',
  'create orgs/acme/secrets/NPM',
  'create repos/acme/web/environments/prod',
  'create repos/acme/web/environments/prod/secrets/DB',
  'create repos/acme/web/environments/prod/secrets/SET',
  'delete repos/acme/web/environments/staging/secrets/A',
  'create repos/acme/web/secrets/TOKEN',
]

async function placeOn(product: string, yaml = YAML, env: Readonly<Record<string, string>> = TOKENS) {
  const sandbox = await watchedSandbox({ seed: SEED, product })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, env, LEVEL_REGISTRY) }
}

const inText = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .at(-1)

describe.each(['ghec', 'ghes-3.10', 'ghes-3.9'])('on %s', (product) => {
  it('plans at every level, applies what was reviewed in order, and then finds no changes', async () => {
    const { sandbox, place } = await placeOn(product)
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    const plan = await place.plan(['--out', 'plan.json', ...ALL])
    expect(plan.not_read).toEqual([])
    expect(plan.changes.map(({ action, address }) => `${action} ${address}`)).toEqual(ADDRESSES)
    expect(sandbox.writes()).toEqual([])
    const shown = await place.run(['show', 'plan.json'])
    for (const change of ADDRESSES) expect(shown.stdout).toContain(change.split(' ')[1])
    const applied = await place.run(['apply', 'plan.json', '--auto-approve', ...ALL])
    expect(applied).toMatchObject({ code: 0 })
    expect(inText(applied.stdout)).toBe('Applied: 6 added, 1 changed, 1 deleted.')
    // Wide scopes first, an environment before its secrets, and each by the path that the product has.
    const writes = sandbox.writes()
    const env = product === 'ghes-3.9' ? '/repositories/101/environments' : '/repos/acme/web/environments'
    const order = [
      'POST /enterprises/acme-inc/actions/runner-groups',
      // Its own name goes as the YAML spells it.
      'PUT /repos/acme/web/environments/Prod',
      `PUT ${env}/prod/secrets/DB`,
    ].map((write) => writes.indexOf(write))
    expect(order).toEqual(order.filter((at) => at >= 0).sort((one, other) => one - other))
    expect(writes).toEqual(expect.arrayContaining([`PUT ${env}/prod/secrets/SET`, `DELETE ${env}/staging/secrets/A`]))
    const again = await place.run(['plan', ...ALL])
    expect(inText(again.stdout)).toBe('No changes.')
    expect(sandbox.state()).toMatchObject({
      enterprises: {
        'acme-inc': { runner_groups: { gpu: { organizations: ['acme', 'beta'] }, old: { organizations: ['beta'] } } },
      },
      organizations: {
        acme: {
          secrets: { NPM: { value: 'n', repositories: ['web'] } },
          repositories: {
            web: {
              secrets: { TOKEN: { value: 't' } },
              environments: { Prod: { wait_timer: 30, secrets: { DB: { value: 'd' }, SET: { value: 's' } } } },
            },
          },
        },
      },
    })
  })
})

describe('drift', () => {
  it('is found at every level, and taken over into the YAML', async () => {
    const { sandbox, place } = await placeOn('ghec')
    await place.run(['apply', '--auto-approve', ...ALL])
    await sandbox.call('PATCH', '/enterprises/acme-inc/actions/runner-groups/4', {
      name: 'gpu',
      allows_public_repositories: true,
    })
    const groups = await sandbox.call('GET', '/enterprises/acme-inc/actions/runner-groups')
    const { runner_groups: all } = groups.body as { runner_groups: { id: number; name: string }[] }
    const gpu = all.find(({ name }) => name === 'gpu')?.id
    await sandbox.call('PUT', `/enterprises/acme-inc/actions/runner-groups/${gpu}/organizations`, {
      selected_organization_ids: [12],
    })
    await sandbox.call('PUT', '/repos/acme/web/environments/staging', { wait_timer: 60 })
    const drift = await place.run(['drift', ...ALL])
    expect(drift.code).toBe(2)
    expect(inText(drift.stdout)).toBe('Drift: 0 to add, 2 to change, 0 to delete.')
    const { stdout } = await place.run(['drift', '--accept', ...ALL])
    expect(stdout).toContain('-          staging: { wait_timer: 5, secrets: { A: absent } }')
    expect(stdout).toContain('+          staging: { wait_timer: 60, secrets: { A: absent } }')
    expect(stdout).toContain('organizations: [beta]')
  })
})

describe('the credential of enterprises', () => {
  it('is used for them, and nothing else is', async () => {
    const { sandbox, place } = await placeOn('ghec')
    const seen = new Map<string, Set<string>>()
    const { url } = await watchedSandbox({
      seed: SEED,
      product: 'ghec',
      onExchange: ({ path, requestHeaders: { authorization = '' } }) => {
        const kind = path.startsWith('/enterprises/') ? 'enterprise' : 'other'
        seen.set(kind, (seen.get(kind) ?? new Set()).add(authorization))
      },
    })
    const other = await workplace({ url }, { 'octoform.yaml': YAML }, TOKENS, LEVEL_REGISTRY)
    await other.run(['apply', '--auto-approve', ...ALL])
    expect([...(seen.get('enterprise') ?? [])].map((each) => each.split(' ')[1])).toEqual(['token-of-the-enterprise'])
    expect(sandbox.writes()).toEqual([])
    expect(place.folder).not.toBe(other.folder)
  })

  it('where it is missing, names the enterprise as not read', async () => {
    const { OCTOFORM_ENTERPRISE_TOKEN: _, ...env } = TOKENS
    const yaml = 'version: 1\nenterprises: { acme-inc: { fleets: { old: { visibility: selected } } } }\n'
    const { sandbox, place } = await placeOn('ghec', yaml, env)
    const { code, stdout } = await place.run(['plan', ...OWN])
    expect(code).toBe(5)
    expect(stdout).not.toContain('No changes.')
    expect(stdout).toContain(
      'There is no credential for enterprises/acme-inc. Set OCTOFORM_ENTERPRISE_TOKEN to a classic token',
    )
    expect((await place.run(['apply', '--auto-approve', ...OWN])).code).toBe(5)
    expect((await place.run(['drift', ...OWN])).code).toBe(5)
    expect((await place.run(['import', 'enterprises/acme-inc'])).code).toBe(5)
    const doctor = await place.run(['doctor'])
    expect(doctor.code).toBe(1)
    expect(doctor.stdout).toContain('missing for plan and apply: access to enterprises/acme-inc')
    expect(sandbox.asked).toEqual([])
  })

  it('alone is enough for an enterprise alone', async () => {
    const yaml =
      'version: 1\nenterprises: { acme-inc: { fleets: { old: { visibility: selected, organizations: [acme] } } } }\n'
    const { place } = await placeOn('ghec', yaml, { ...TOKENS, OCTOFORM_TOKEN: '' })
    expect(inText((await place.run(['plan', ...OWN])).stdout)).toBe('No changes.')
  })

  it('is not read in a run for a pull request, and what is planned later is told', async () => {
    const { sandbox, place } = await placeOn('ghec')
    const event = {
      pull_request: {
        number: 1,
        head: { repo: { full_name: 'acme/admin' } },
        base: { repo: { full_name: 'acme/admin' } },
      },
    }
    await place.write('event.json', JSON.stringify(event))
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: `${place.folder}/event.json`,
      GITHUB_REPOSITORY: 'acme/admin',
    }
    const plan = await place.plan([], env)
    expect(plan.complete).toBe(true)
    expect(plan.left_out).toEqual(['enterprises/acme-inc'])
    expect(plan.changes.filter(({ address }) => address.startsWith('enterprises/'))).toEqual([])
    expect(plan.diagnostics.map(({ message }) => message).join('\n')).toContain(
      'enterprises/acme-inc is planned after the merge',
    )
    expect(sandbox.asked.filter(({ path }) => path.startsWith('/enterprises/'))).toEqual([])
  })

  it.each([
    [{ scopes: ['manage_runners:enterprise'] }, 0, 'The credentials are enough, as far as GitHub says.'],
    [{ scopes: ['admin:enterprise'] }, 0, 'Give it to no job that runs for pull requests'],
    [{ scopes: ['repo'] }, 1, 'lacks the scope manage_runners:enterprise; it has repo'],
    [{ permissions: { organization_self_hosted_runners: 'write' } }, 1, 'manage_runners:enterprise (classic token)'],
  ])('is tried by doctor: %j', async (token, code, words) => {
    const tokens = { 'token-of-the-enterprise': token, 'token-of-an-owner': {} }
    const sandbox = await watchedSandbox({ seed: { ...SEED, tokens }, product: 'ghec' })
    const yaml = `version: 1
enterprises: { acme-inc: { fleets: { old: { visibility: selected, organizations: [acme] } } } }
`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, TOKENS, LEVEL_REGISTRY)
    const checked = await place.run(['doctor'])
    expect(checked.stdout).toContain(words)
    expect(checked.code).toBe(code)
    expect(sandbox.asked.filter(({ path }) => path === '/orgs/acme-inc')).toEqual([])
  })

  it('is looked at by doctor: a scope that lacks, and that it can write', async () => {
    const tokens = { 'token-of-the-enterprise': { scopes: ['read:enterprise'] }, 'token-of-an-owner': {} }
    const sandbox = await watchedSandbox({ seed: { ...SEED, tokens }, product: 'ghec' })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, TOKENS, LEVEL_REGISTRY)
    const { code, stdout } = await place.run(['doctor'])
    expect(code).toBe(1)
    expect(stdout).toContain('enterprises/acme-inc')
    expect(stdout).toContain('manage_runners:enterprise')
  })
})

describe('flags and rules', () => {
  it.each([
    ['enterprises/acme-inc/**', 2, []],
    ['repos/acme/web/environments/prod/**', 3, []],
    ['repos/acme/web/environments/staging/secrets/*', 1, []],
    // The environment is not there, and this run does not create it.
    ['repos/acme/web/environments/*/secrets/*', 1, ['SET', 'DB']],
  ])('--target %s takes %i changes', async (target, count, held) => {
    const { place } = await placeOn('ghec')
    const plan = await place.plan(['--target', target, ...ALL])
    expect([plan.not_read, plan.changes.length]).toEqual([[], count])
    const prod = 'repos/acme/web/environments/prod'
    expect(plan.held_back.map(({ address, reason }) => `${address}: ${reason}`)).toEqual(
      held.map((name) => `${prod}/secrets/${name}: ${prod} does not exist, and this run does not create it`),
    )
  })

  it('--owner takes an enterprise by its address, never by a bare word', async () => {
    const { place } = await placeOn('ghec')
    const { changes } = await place.plan(['--owner', 'enterprises/acme-inc'])
    expect(changes.map(({ address }) => address)).toEqual([
      'enterprises/acme-inc/fleets/gpu',
      'enterprises/acme-inc/fleets/old',
    ])
    expect((await place.run(['plan', '--owner', 'acme-inc'])).code).toBe(1)
  })

  it('a protected address of an environment or an enterprise is not deleted', async () => {
    const yaml = `version: 1
guards: { protect: ["enterprises/acme-inc/**", "repos/acme/web/environments/**"] }
enterprises: { acme-inc: { fleets: { old: absent } } }
repositories: { acme/web: { environments: { staging: absent } } }
`
    const { sandbox, place } = await placeOn('ghec', yaml)
    expect((await place.run(['apply', '--auto-approve', ...OWN, '--owner', 'acme'])).code).toBe(3)
    expect(sandbox.writes()).toEqual([])
  })

  it('`prune` of an enterprise deletes what is not listed, and never the default group', async () => {
    const yaml = 'version: 1\nenterprises: { acme-inc: { fleets: {}, prune: ["fleets/*"] } }\n'
    const { place } = await placeOn('ghec', yaml)
    const { changes } = await place.plan(OWN)
    expect(changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'delete enterprises/acme-inc/fleets/old',
    ])
  })

  it('explains an address of an environment and of an enterprise', async () => {
    const { place } = await placeOn('ghec')
    const explained = await place.run(['validate', '--explain', 'repos/acme/web/environments/prod/secrets/DB'])
    expect(explained).toMatchObject({ code: 0 })
    expect(explained.stdout).toContain('octoform.yaml:18')
    expect((await place.run(['validate', '--explain', 'enterprises/acme-inc/fleets/gpu'])).stdout).toContain(
      '(enterprise)',
    )
  })

  it('with `files`, an author of one environment may not give another', async () => {
    const { place } = await placeOn('ghec')
    await place.write(
      'octoform.yaml',
      'version: 1\nfiles: { "team.yaml": { addresses: ["repos/acme/web/environments/dev/**"] } }\n',
    )
    await place.write('team.yaml', 'repositories: { acme/web: { environments: { prod: { wait_timer: 0 } } } }\n')
    const { code, stdout } = await place.run(['validate', '--config', 'octoform.yaml', '--config', 'team.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('repos/acme/web/environments/prod')
  })
})

describe('lists of organizations', () => {
  const yaml =
    'version: 1\nenterprises: { acme-inc: { fleets: { old: { visibility: selected, organizations: ["*"] } } } }\n'

  it('choose from all of a server', async () => {
    const { sandbox, place } = await placeOn('ghes-3.19', yaml)
    const { changes, diagnostics } = await place.plan(OWN)
    expect(changes[0]?.after).toMatchObject({ organizations: ['acme', 'beta'] })
    expect(diagnostics).toEqual([])
    expect(sandbox.asked.map(({ route }) => route)).toContain('/organizations')
  })

  it('choose in the cloud from those that the configuration names, and say so', async () => {
    const named = `${yaml}organizations: { beta: {} }\n`
    const { sandbox, place } = await placeOn('ghec', named)
    const { changes, diagnostics } = await place.plan(OWN)
    expect(changes[0]?.after).toMatchObject({ organizations: ['beta'] })
    expect(diagnostics.map(({ message }) => message).join('\n')).toContain(
      'match only organizations that the configuration names',
    )
    expect(sandbox.asked.map(({ route }) => route)).not.toContain('/organizations')
  })
})

describe('import', () => {
  it.each([
    ['enterprises/acme-inc', ['names it: --owner enterprises/acme-inc', 'enterprises:', 'old:', '- acme']],
    ['repos/acme/web/environments/staging', ['environments:', 'staging:', 'wait_timer: 5', 'A: {}']],
  ])('%s gives a configuration that plans to no changes', async (address, expected) => {
    const { place } = await placeOn('ghec')
    const imported = await place.run(['import', address])
    expect(imported.code).toBe(0)
    for (const part of expected) expect(imported.stdout).toContain(part)
    await place.write('octoform.yaml', imported.stdout)
    const flags = address.startsWith('enterprises/') ? OWN : []
    expect(inText((await place.run(['plan', ...flags])).stdout)).toBe('No changes.')
  })

  it('saves an enterprise beside an organization of its name', async () => {
    const { place } = await placeOn('ghec')
    await place.run(['import', 'enterprises/acme-inc', '--out', 'out'])
    expect(await place.read('out/acme-inc.enterprises.yaml')).toContain('enterprises:')
  })
})

describe('values of an environment', () => {
  it.each(['ghec', 'ghes-3.9'])(
    'are sealed on %s for the environment, and recorded by its address',
    async (product) => {
      const { place } = await placeOn(product)
      const sealed = await place.run(['seal', 'repos/acme/web/environments/staging/secrets/A'], { stdin: 'value' })
      expect(sealed).toMatchObject({ code: 0 })
      await place.write(
        'octoform.yaml',
        'version: 1\nrepositories: { acme/web: { environments: { staging: { secrets: { A: { value: { env: A } } } } } } }\n',
      )
      const adopted = await place.run(['ledger', 'adopt', 'repos/acme/web/environments/**'], { env: { A: 'a' } })
      expect(adopted.stdout).toContain('repos/acme/web/environments/staging/secrets/A (env:A')
      const rotated = await place.plan(['--rotate', 'repos/acme/web/environments/staging/secrets/*'], { A: 'a' })
      expect(rotated.changes.map(({ address, value }) => [address, value])).toEqual([
        ['repos/acme/web/environments/staging/secrets/A', 'rotate'],
      ])
    },
  )
})
