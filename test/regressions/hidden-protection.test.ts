import { expect, it } from 'vitest'
import { meddler } from '../support/meddler.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      teams: { release: { id: 12 } },
      repositories: {
        web: { environments: { prod: { wait_timer: 5, reviewers: [{ team: 'release' }, { user: 'octocat' }] } } },
      },
    },
  },
  repositories: { 'octocat/hello': {} },
}

type Rule = Record<string, unknown> & { readonly type: string }
type Listed = Record<string, unknown> & { protection_rules: Rule[] }

const rule = (of: Listed, type: string): Rule => of.protection_rules.find((each) => each.type === type) as Rule
const reviewer = (of: Listed): Record<string, unknown> =>
  (rule(of, 'required_reviewers').reviewers as Record<string, unknown>[])[0] as Record<string, unknown>

const HIDING: readonly (readonly [string, string, (of: Listed) => void])[] = [
  ['no rules', 'wait_timer and reviewers', (of) => Reflect.deleteProperty(of, 'protection_rules')],
  ['no list of reviewers', 'reviewers', (of) => Reflect.deleteProperty(rule(of, 'required_reviewers'), 'reviewers')],
  ['a reviewer without a name', 'reviewers', (of) => Object.assign(reviewer(of), { reviewer: { id: 12 } })],
  [
    'a rule that does not say who may review',
    'prevent_self_review',
    (of) => Reflect.deleteProperty(rule(of, 'required_reviewers'), 'prevent_self_review'),
  ],
  ['a rule without minutes', 'wait_timer', (of) => Reflect.deleteProperty(rule(of, 'wait_timer'), 'wait_timer')],
]

async function scene(yaml: string, change: (of: Listed) => void, path: RegExp) {
  const sandbox = await watchedSandbox({ seed: SEED, product: 'ghec' })
  const between = await meddler(sandbox, {
    body: (asked, body) => {
      const { environments = [body] } = body as { environments?: Listed[] }
      if (asked.method === 'GET' && path.test(asked.path)) change(environments[0] as Listed)
      return body
    },
  })
  const config = `version: 1\norganizations: { acme: { repositories: { web: { environments: { prod: ${yaml} } } } } }\n`
  const place = await workplace(between, { 'octoform.yaml': config }, { V: 'a value' })
  return { sandbox, place }
}

/** The environment, as the sandbox has it. */
async function prodOf(sandbox: WatchedSandbox): Promise<unknown> {
  const { body } = await sandbox.call('GET', '/_sandbox/state')
  return (body as typeof SEED).organizations.acme.repositories.web.environments.prod
}

const KEPT = { wait_timer: 5, reviewers: [{ team: 'release' }, { user: 'octocat' }] }

it.each(HIDING)('protection that GitHub shows in part is not taken away by a PUT: %s', async (_, names, change) => {
  const yaml = '{ can_admins_bypass: false, secrets: { A: { value: { env: V } } } }'
  const { sandbox, place } = await scene(yaml, change, /environments\?/)
  const { held_back: held, changes } = await place.plan()
  expect(changes).toEqual([])
  expect(held[0]).toMatchObject({
    field: 'can_admins_bypass',
    reason: `GitHub does not show all of ${names} here: a change would take away what it does not show`,
    help: `Write ${names} of it too, whole, or change it by hand.`,
  })
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(2)
  expect(await prodOf(sandbox)).toMatchObject(KEPT)
})

it.each(HIDING)('nor where the answer right before it lacks some: %s', async (_, names, change) => {
  const { sandbox, place } = await scene('{ can_admins_bypass: false }', change, /environments\/prod$/)
  const { code, stdout } = await place.run(['apply', '--auto-approve'])
  expect({ code, told: stdout }).toEqual({
    code: 1,
    told: expect.stringContaining(`does not show all of its ${names}`),
  })
  expect(await prodOf(sandbox)).toMatchObject(KEPT)
})

it('that the YAML gives whole is written', async () => {
  const yaml = '{ wait_timer: 9, reviewers: [{ team: release }] }'
  const { sandbox, place } = await scene(yaml, (of) => Reflect.deleteProperty(of, 'protection_rules'), /environments\?/)
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
  expect(await prodOf(sandbox)).toMatchObject({ wait_timer: 9, reviewers: [{ team: 'release' }] })
})

it.each<[string, (of: Listed) => void]>([
  ['the rules', (of) => Object.assign(of, { protection_rules: null })],
  ['the reviewers', (of) => Object.assign(rule(of, 'required_reviewers'), { reviewers: null })],
  ['a reviewer', (of) => Object.assign(reviewer(of), { reviewer: null })],
  ['the minutes', (of) => Object.assign(rule(of, 'wait_timer'), { wait_timer: null })],
  ['can_admins_bypass', (of) => Object.assign(of, { can_admins_bypass: null })],
])('null for %s, which no description has, leaves the repository unread', async (_, change) => {
  const { sandbox, place } = await scene('{ prevent_self_review: true }', change, /environments\?/)
  const { code, stdout } = await place.run(['apply', '--auto-approve', '--allow', 'incomplete'])
  expect({ code, told: stdout }).toEqual({ code: 5, told: expect.stringContaining('which is null') })
  expect(await prodOf(sandbox)).toMatchObject(KEPT)
})

it('null for the policy of branches is that of all', async () => {
  const change = (of: Listed): unknown => Object.assign(of, { deployment_branch_policy: null })
  const { place } = await scene('{ deployment_branch_policy: all }', change, /environments\?/)
  expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(0)
})
