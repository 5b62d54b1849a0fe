import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = Array.from({ length: 110 }, (_, index) => `r${String(index).padStart(3, '0')}`)
const SECRETS = Array.from({ length: 12 }, (_, index) => `S${index}`)

const SEED = {
  organizations: {
    acme: {
      repositories: Object.fromEntries(
        NAMES.map((name) => [name, { secrets: { K: { value: 'k' }, GONE: { value: 'g' } } }]),
      ),
      permissions: { enabled_repositories: 'selected', repositories: NAMES, allowed_actions: 'selected' },
      secrets: Object.fromEntries(
        SECRETS.map((name) => [name, { visibility: 'selected', repositories: NAMES.slice(0, 105), value: 's' }]),
      ),
      runners: { one: {}, two: {}, three: {} },
      runner_groups: {
        a: { visibility: 'selected', repositories: NAMES.slice(0, 5), runners: ['one'] },
        b: { visibility: 'all', runners: ['two'] },
      },
    },
  },
  repositories: { 'octocat/hello': {} },
}

/** It asks for something of everything: creates, changes of every kind, deletes, values. */
const YAML = `version: 1
organizations:
  acme:
    permissions:
      repositories: ["r0*"]
      allowed_actions: selected
      selected_actions: { github_owned_allowed: false, patterns_allowed: ["docker/*"] }
    secrets:
${SECRETS.map((name) => `      ${name}: { repositories: ["r1*"], value: { env: VALUE } }`).join('\n')}
      FRESH: { visibility: all, value: { env: VALUE } }
    runner_groups:
      a: absent
      b: { visibility: private, runners: [two, three] }
      c: { visibility: selected, repositories: [r001], runners: [one] }
    prune: ["secrets/*", "runner_groups/*"]
    repository_sets:
      - match: { name: "r0*" }
        permissions: { enabled: false }
        secrets: { K: { value: { env: VALUE } }, NEW: { value: { env: VALUE } }, GONE: absent }
repositories:
  octocat/hello: { permissions: { allowed_actions: local_only }, secrets: { K: { value: { env: VALUE } } } }
`

describe('the commands that plan', () => {
  it('send nothing but GET, whatever there is to do; those that are offline send nothing', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { VALUE: 'planted-value' })
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    expect(await place.run(['validate', '--explain', 'orgs/acme/secrets', '--product', 'ghec'])).toMatchObject({
      code: 0,
    })
    expect(sandbox.asked).toEqual([])

    const online = [
      ['plan', '--out', 'plan.json', '--rotate', '**'],
      ['drift'],
      ['import', 'orgs/acme', '--out', 'imported'],
      ['import', 'repos/acme/r00*'],
      ['import', 'repos/octocat/hello'],
    ]
    const ran = []
    for (const args of online) ran.push((await place.run(args)).code)
    expect(ran).toEqual([0, 2, 0, 0, 0])
    const plan = JSON.parse(await place.read('plan.json')) as { changes: unknown[] }
    expect(plan.changes.length).toBeGreaterThan(400)

    expect(new Set(sandbox.asked.map(({ method }) => method))).toEqual(new Set(['GET']))
    expect(sandbox.asked.filter(({ route }) => route.endsWith('/public-key'))).toEqual([])
    const asked = sandbox.asked.length
    expect(asked).toBeGreaterThan(400)

    expect(await place.run(['show', 'plan.json'])).toMatchObject({ code: 0 })
    expect(await place.run(['show', 'plan.json', '--format', 'json'])).toMatchObject({ code: 0 })
    expect(sandbox.asked.length).toBe(asked)
  })
})
