import { expect, test } from 'vitest'
import { digestText } from '../../src/core/canonical.ts'
import type { Plan } from '../../src/core/plan.ts'
import { readSavedPlan, sha256 } from '../../src/engine/saved-plan.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { sealed } from '../support/sandbox.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { WRITTEN_AT, writeLedger } from './written-ledger.ts'

const SEED = {
  organizations: {
    umbrella: { id: 2 },
    acme: {
      id: 1,
      repositories: { web: { id: 101, visibility: 'public' }, api: { id: 102 }, mail: { id: 103 } },
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'], allowed_actions: 'local_only' },
      runners: { 'gpu-01': {} },
      secrets: {
        SHARED: { visibility: 'selected', repositories: ['web'], value: 'shared', updated_at: WRITTEN_AT },
        ROTATED: { visibility: 'all', value: 'rotated', updated_at: WRITTEN_AT },
        MOVED: { visibility: 'all', value: 'moved', updated_at: WRITTEN_AT },
        OLD: { visibility: 'private', value: 'old' },
      },
      runner_groups: { spare: { visibility: 'selected', repositories: ['mail'] } },
    },
  },
}

const CONFIG = `
version: 1
organizations:
  acme:
    permissions: { enabled_repositories: selected, repositories: [web, api], allowed_actions: all }
    secrets:
      SHARED: { visibility: selected, repositories: [api, mail], value: { env: SHARED } }
      ROTATED: { visibility: all, value: { env: ROTATED } }
      MOVED: { visibility: all, value: { env: MOVED_HERE } }
      NEW: { visibility: selected, repositories: [api], value: { env: NEW } }
      OLD: absent
    runner_groups:
      gpu: { visibility: selected, repositories: [api], runners: [gpu-01] }
      spare: { visibility: selected, repositories: [api] }
    repositories:
      web: { secrets: { DEPLOY: { value: { env: DEPLOY } } } }
`

const VALUES = { SHARED: 'shared', ROTATED: 'rotated', MOVED_HERE: 'moved', NEW: 'new-value', DEPLOY: 'deploy-value' }
const ROTATE = ['--rotate', '**/ROTATED']
const APPLY = ['apply', 'plan.json', '--auto-approve']

async function begin(config = CONFIG): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': config }, VALUES)
  await writeLedger(place, sandbox, {
    'orgs/acme/secrets/SHARED': { from: 'SHARED', value: 'shared' },
    'orgs/acme/secrets/ROTATED': { from: 'ROTATED', value: 'rotated' },
    'orgs/acme/secrets/MOVED': { from: 'MOVED', value: 'moved' },
  })
  return { sandbox, place }
}

async function planned(place: Workplace, ...flags: string[]): Promise<string> {
  const { code, stderr } = await place.run(['plan', '--out', 'plan.json', ...flags])
  expect(code, stderr).toBe(0)
  return place.read('plan.json')
}

/** A plan as an editor sees it. */
// biome-ignore lint/suspicious/noExplicitAny: an attacker keeps to no type.
type Loose = any

const at = (plan: Loose, address: string): Loose => plan.changes.find((change: Loose) => change.address === address)
const of =
  (address: string, edit: (change: Loose) => void) =>
  (plan: Loose): void =>
    edit(at(plan, `orgs/acme/${address}`))
const drop =
  (address: string) =>
  (plan: Loose): void => {
    plan.changes = plan.changes.filter((change: Loose) => change.address !== `orgs/acme/${address}`)
  }

const EDITS: readonly (readonly [string, (plan: Loose) => void])[] = [
  ['another address', of('secrets/NEW', (change) => Object.assign(change, { address: 'orgs/acme/secrets/NEWER' }))],
  [
    'an address in lower case',
    of('secrets/NEW', (change) => Object.assign(change, { address: 'orgs/acme/secrets/new' })),
  ],
  [
    'an address of another owner',
    of('secrets/NEW', (change) => Object.assign(change, { address: 'orgs/evil/secrets/NEW' })),
  ],
  ['a create that is taken out', drop('secrets/NEW')],
  ['an update that is taken out', drop('secrets/SHARED')],
  ['a delete that is taken out', drop('secrets/OLD')],
  ['a rotation that is taken out', drop('secrets/ROTATED')],
  ['all changes taken out', (plan) => Object.assign(plan, { changes: [] })],
  ['a create that becomes an update', of('secrets/NEW', (change) => Object.assign(change, { action: 'update' }))],
  ['a create that becomes a delete', of('secrets/NEW', (change) => Object.assign(change, { action: 'delete' }))],
  ['an update that becomes a create', of('secrets/SHARED', (change) => Object.assign(change, { action: 'create' }))],
  [
    'an update that becomes a create of nothing',
    of('secrets/SHARED', (change) => Object.assign(change, { action: 'create', before: null })),
  ],
  [
    'an update that becomes a delete',
    of('runner_groups/spare', (change) => Object.assign(change, { action: 'delete', after: null })),
  ],
  [
    'a delete that becomes an update',
    of('secrets/OLD', (change) => Object.assign(change, { action: 'update', after: { visibility: 'all' } })),
  ],
  ['a before with a member less', of('secrets/SHARED', (change) => Object.assign(change.before, { repositories: [] }))],
  ['a before that is the after', of('secrets/SHARED', (change) => Object.assign(change, { before: change.after }))],
  ['a before of null', of('secrets/SHARED', (change) => Object.assign(change, { before: null }))],
  ['an empty before', of('permissions', (change) => Object.assign(change, { before: {} }))],
  [
    'a before without its field, beside a false one',
    of('permissions', (change) => Object.assign(change, { before: { enabled_repositories: 'none' } })),
  ],
  [
    'a before that was wider',
    of('permissions', (change) => Object.assign(change.before, { allowed_actions: 'selected' })),
  ],
  ['a before of a delete', of('secrets/OLD', (change) => Object.assign(change.before, { visibility: 'all' }))],
  ['a before of a delete that is null', of('secrets/OLD', (change) => Object.assign(change, { before: null }))],
  [
    'a before from the prototype',
    of('permissions', (change) =>
      Object.assign(change, { before: JSON.parse('{"__proto__": {"allowed_actions": "local_only"}}') }),
    ),
  ],
  [
    'an after with a member less',
    of('secrets/SHARED', (change) => Object.assign(change.after, { repositories: ['api'] })),
  ],
  [
    'an after with a member more',
    of('secrets/SHARED', (change) => Object.assign(change.after, { repositories: ['api', 'mail', 'web'] })),
  ],
  ['an after in another order', of('secrets/SHARED', (change) => change.after.repositories.reverse())],
  ['an after of null', of('secrets/SHARED', (change) => Object.assign(change, { after: null }))],
  ['an after with a field more', of('secrets/NEW', (change) => Object.assign(change.after, { note: 'x' }))],
  ['an after with a field less', of('runner_groups/gpu', (change) => delete change.after.runners)],
  ['another visibility', of('secrets/NEW', (change) => Object.assign(change.after, { visibility: 'all' }))],
  ['another source', of('secrets/NEW', (change) => Object.assign(change.after, { value: 'env:SHARED' }))],
  ['another source before', of('secrets/MOVED', (change) => Object.assign(change.before, { value: 'env:ELSEWHERE' }))],
  [
    'no change of the source',
    of('secrets/MOVED', (change) => Object.assign(change.before, { value: change.after.value })),
  ],
  [
    'a rotation that becomes an unasked put',
    of('secrets/ROTATED', (change) => Object.assign(change, { value: 'again' })),
  ],
  [
    'a rotation that becomes an ordinary put',
    of('secrets/ROTATED', (change) => Object.assign(change, { value: 'put' })),
  ],
  ['a rotation that puts nothing', of('secrets/ROTATED', (change) => Object.assign(change, { value: null }))],
  ['another owner by id', of('secrets/NEW', (change) => Object.assign(change, { owner_id: 2 }))],
  ['a repository that is none', of('secrets/NEW', (change) => Object.assign(change, { repository_id: 101 }))],
  [
    'another repository by id',
    (plan) => Object.assign(at(plan, 'repos/acme/web/secrets/DEPLOY'), { repository_id: 102 }),
  ],
  [
    'the change, and a harmless one at the same address',
    (plan) => plan.changes.push({ ...at(plan, 'orgs/acme/secrets/SHARED'), after: {} }),
  ],
  [
    'a harmless change in front of the true one',
    (plan) => plan.changes.unshift({ ...at(plan, 'orgs/acme/secrets/SHARED'), after: {} }),
  ],
  ['another host', (plan) => Object.assign(plan, { host: 'api.github.com' })],
]

test('a plan edited afterwards is refused, with its digest as it was and made anew', async () => {
  const { sandbox, place } = await begin()
  const text = await planned(place, ...ROTATE)
  const refused = [...APPLY, ...ROTATE]
  const stale = { code: 4, stderr: expect.stringContaining('Nothing was written.') }
  for (const [name, edit] of EDITS) {
    const plan: Loose = JSON.parse(text)
    edit(plan)
    await place.write('plan.json', JSON.stringify(plan))
    expect.soft((await readSavedPlan(`${place.folder}/plan.json`)).intact, name).toBe(false)
    if (name === 'a create that is taken out') expect.soft(await place.run(refused), name).toMatchObject(stale)
    await place.write('plan.json', JSON.stringify({ ...plan, digest: sha256(digestText(plan)) }))
    const ran = await place.run(refused)
    expect.soft(ran, `${name}: ${ran.stderr}`).toMatchObject(stale)
    expect.soft(sandbox.writes(), name).toEqual([])
  }
  await place.write('plan.json', text)
  expect(await place.run([...APPLY, ...ROTATE])).toMatchObject({ code: 0 })
})

test.each<[string, (plan: Loose) => void, number]>([
  ['another major version', (plan) => Object.assign(plan, { format_version: '2.0' }), 1],
  ['a version that is none', (plan) => Object.assign(plan, { format_version: 1 }), 1],
  ['no changes at all', (plan) => delete plan.changes, 1],
  ['an action that is none', of('secrets/NEW', (change) => Object.assign(change, { action: 'replace' })), 1],
  ['a document that is a list', of('secrets/SHARED', (change) => Object.assign(change, { before: [] })), 1],
  ['a document that is text', of('secrets/SHARED', (change) => Object.assign(change, { after: 'api' })), 1],
  ['an id that is text', of('secrets/NEW', (change) => Object.assign(change, { owner_id: '1' })), 1],
  ['a digest that is none', (plan) => Object.assign(plan, { digest: '' }), 1],
])('a file that is no plan is refused: %s', async (_, edit, code) => {
  const { sandbox, place } = await begin()
  const plan: Loose = JSON.parse(await planned(place))
  edit(plan)
  await place.write('plan.json', JSON.stringify(plan))
  expect(await place.run(APPLY)).toMatchObject({ code, stderr: expect.not.stringContaining('bug') })
  expect(sandbox.writes()).toEqual([])
})

test.each([
  ['a number that JSON cannot hold', '1e999'],
  ['nesting without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
])('a plan that has no canonical form is no intact one: %s', async (_, value) => {
  const { sandbox, place } = await begin()
  const text = await planned(place)
  await place.write('plan.json', text.replace('"before": null', `"before": { "x": ${value} }`))
  expect((await readSavedPlan(`${place.folder}/plan.json`)).intact).toBe(false)
  expect(await place.run(APPLY)).toMatchObject({ code: 4, stderr: expect.not.stringContaining('bug') })
  expect(sandbox.writes()).toEqual([])
})

test('of a plan that claims more than this run would do, nothing is done', async () => {
  const { sandbox, place } = await begin()
  const plan: Loose = JSON.parse(await planned(place))
  const spare = at(plan, 'orgs/acme/runner_groups/spare')
  plan.changes.push(
    { ...spare, address: 'orgs/acme/runner_groups/Default', action: 'delete', after: null },
    { ...spare, address: 'repos/acme/mail/permissions', after: { enabled: false }, repository_id: 103 },
    { ...at(plan, 'orgs/acme/secrets/NEW'), address: 'orgs/acme/secrets/BACKDOOR', value: 'put' },
    { ...at(plan, 'orgs/acme/secrets/NEW'), address: 'orgs/acme/secrets/NEWER', after: null, before: null },
  )
  plan.changes.find((change: Loose) => change.address.endsWith('/SHARED')).value = 'rotate'
  plan.digest = sha256(digestText(plan))
  await place.write('plan.json', JSON.stringify(plan))
  const refused = await place.run(APPLY)
  expect(refused, refused.stderr).toMatchObject({ code: 4 })
  for (const words of [
    /runner_groups\/Default .* it is still there/,
    /repos\/acme\/mail\/permissions .* its configuration does not mention it/,
    /secrets\/BACKDOOR .* it is not there/,
    /secrets\/NEWER .* it is not there/,
    /secrets\/SHARED .* the plan puts its value again, and this run does not/,
  ]) {
    expect(refused.stderr).toMatch(words)
  }
  expect(sandbox.writes()).toEqual([])
})

test('what a plan says of completeness, of values and of who gains is not taken from it', async () => {
  const { sandbox, place } = await begin()
  const plan: Loose = JSON.parse(await planned(place))
  // Deleted already, it is done.
  plan.changes.push({ ...at(plan, 'orgs/acme/secrets/OLD'), address: 'orgs/acme/secrets/SHARED_TOO' })
  at(plan, 'orgs/acme/secrets/SHARED').before.repositories.push('mail-of-old')
  at(plan, 'orgs/acme/secrets/SHARED').ids['acme/mail-of-old'] = 999
  Object.assign(plan, {
    complete: false,
    values_needed: [{ source: 'env:OCTOFORM_TOKEN', addresses: ['orgs/acme/secrets/NEW'] }],
    tripped: [{ guard: 'self', message: 'm', flag: '--allow self', addresses: [] }],
    requests: 1,
  })
  plan.digest = sha256(digestText(plan))
  await place.write('plan.json', JSON.stringify(plan))
  const expected = (await place.plan()).changes.map(({ address }) => address)
  const applied = await place.run([...APPLY, '--format', 'json'])
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
  expect(applied.stderr).toContain('nothing is left to do for orgs/acme/secrets/SHARED_TOO.')
  expect(JSON.parse(applied.stdout).changes.map(({ address }: Loose) => address)).toEqual(expected)
  expect(sandbox.asked.filter(({ body, path }) => path.endsWith('SHARED') && body !== undefined)).toEqual([])
})

test.each<[string, (plan: Loose) => void]>([
  [
    'of every change',
    (plan) => Object.assign(plan, { changes: plan.changes.map(({ ids: _, ...rest }: Loose) => rest) }),
  ],
  ['of one that this run makes', of('secrets/SHARED', (change) => delete change.ids)],
  ['of one name of it', of('secrets/SHARED', (change) => delete change.ids['acme/mail'])],
  ['of one name that it takes out', of('secrets/SHARED', (change) => delete change.ids['acme/web'])],
  ['of a create', of('runner_groups/gpu', (change) => delete change.ids)],
])('a plan that does not tell the ids %s is to be made again', async (_, edit) => {
  const { sandbox, place } = await begin()
  const plan: Loose = JSON.parse(await planned(place))
  edit(plan)
  plan.digest = sha256(digestText(plan))
  await place.write('plan.json', JSON.stringify(plan))
  expect(await place.run(APPLY)).toMatchObject({ code: 4, stderr: expect.stringMatching(/: plan again/) })
  expect(sandbox.writes()).toEqual([])
})

test.each([
  ['adds', 'secrets/SHARED', 'acme/mail'],
  ['takes out', 'secrets/SHARED', 'acme/web'],
  ['creates with', 'runner_groups/gpu', 'acme/api'],
  ['adds to a group', 'runner_groups/spare', 'acme/api'],
])('a plan for another repository of a name that it %s is refused', async (_, address, name) => {
  const { sandbox, place } = await begin()
  const plan: Loose = JSON.parse(await planned(place))
  at(plan, `orgs/acme/${address}`).ids[name] = 777
  plan.digest = sha256(digestText(plan))
  await place.write('plan.json', JSON.stringify(plan))
  expect(await place.run(APPLY)).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(`${name} is another repository now .* \\(id 777\\)`),
  })
  expect(sandbox.writes()).toEqual([])
})

test('guards, completeness and flags of the file are of no account', async () => {
  const { sandbox, place } = await begin(`${CONFIG}guards: { protect: ["orgs/acme/secrets/OLD"] }\n`)
  const plan: Loose = JSON.parse(await planned(place))
  expect(plan.tripped).toHaveLength(1)
  await place.write('plan.json', JSON.stringify({ ...plan, tripped: [] }))
  expect(await place.run(APPLY)).toMatchObject({ code: 3, stderr: expect.stringContaining('--allow protected') })
  expect(sandbox.writes()).toEqual([])
})

test('a plan made without any value is applied with them, and puts what changed at the source besides', async () => {
  const { sandbox, place } = await begin()
  const bare = Object.fromEntries(Object.keys(VALUES).map((name) => [name, '']))
  const made = await place.run(['plan', '--out', 'plan.json'], { env: { ...bare, OCTOFORM_LEDGER_KEY: '' } })
  expect(made, made.stderr).toMatchObject({ code: 0 })
  const plan: Plan = JSON.parse(await place.read('plan.json'))
  expect(plan.changes.map(({ address }) => address)).not.toContain('orgs/acme/secrets/ROTATED')
  expect(plan.secrets.not_compared).toContain('orgs/acme/secrets/ROTATED')

  const applied = await place.run(APPLY, { env: { ROTATED: 'changed at the source', SHARED: 'this too' } })
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
  expect(sandbox.state()).toMatchObject({
    organizations: {
      acme: {
        secrets: {
          ROTATED: { value: 'changed at the source', visibility: 'all' },
          SHARED: { value: 'this too', visibility: 'selected', repositories: ['api', 'mail'] },
          MOVED: { value: 'moved' },
        },
      },
    },
  })
  const after = await place.run(['plan'], { env: { ROTATED: 'changed at the source', SHARED: 'this too' } })
  expect(after.stdout).toMatch(/\nNo changes\.\n$/)
})

test('the digest does not depend on whether there were values', async () => {
  const { place } = await begin()
  const bare = { ...Object.fromEntries(Object.keys(VALUES).map((name) => [name, ''])), OCTOFORM_LEDGER_KEY: '' }
  const { digest } = await place.plan(ROTATE, bare)
  expect((await place.plan(ROTATE)).digest).toBe(digest)
  expect((await place.plan(ROTATE, { ROTATED: 'x', SHARED: 'y' })).digest).toBe(digest)
  expect((await place.plan()).digest).not.toBe(digest)
  const applied = await place.run(['apply', '--auto-approve', '--expect-digest', digest, ...ROTATE], {
    env: { SHARED: 'changed' },
  })
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
})

const SECRETS = '/orgs/acme/actions/secrets'

test.each<[string, (sandbox: WatchedSandbox) => Promise<unknown>]>([
  [
    'a member added to a planned list',
    ({ call }) =>
      call('PUT', `${SECRETS}/SHARED/repositories`, { selected_repository_ids: [101, 103] }).then(() =>
        call('PUT', '/orgs/acme/actions/permissions/repositories', { selected_repository_ids: [101, 102, 103] }),
      ),
  ],
  [
    'a planned switch',
    ({ call }) =>
      call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'selected', allowed_actions: 'selected' }),
  ],
  [
    'a switch that the plan finds as it wants it',
    ({ call }) =>
      call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all', allowed_actions: 'local_only' }),
  ],
  [
    'a list widened on what the plan narrows',
    ({ call }) =>
      call('PUT', '/orgs/acme/actions/runner-groups/2/repositories', { selected_repository_ids: [101, 103] }),
  ],
  [
    'what is to be created, created by hand',
    ({ call }) => call('POST', '/orgs/acme/actions/runner-groups', { name: 'gpu', visibility: 'all' }),
  ],
  ['what is to be updated, deleted by hand', ({ call }) => call('DELETE', `${SECRETS}/SHARED`)],
  [
    'the group deleted and made anew under its name',
    async ({ call }) => {
      await call('DELETE', '/orgs/acme/actions/runner-groups/2')
      return call('POST', '/orgs/acme/actions/runner-groups', {
        name: 'spare',
        visibility: 'selected',
        selected_repository_ids: [101],
      })
    },
  ],
  [
    'what is to be deleted, changed by hand',
    async (sandbox) => {
      const value = await sealed(sandbox, SECRETS, 'of somebody who needs it')
      return sandbox.call('PUT', `${SECRETS}/OLD`, { ...value, visibility: 'all' })
    },
  ],
  [
    'the repository deleted and made anew under its name',
    async ({ call }) => {
      await call('DELETE', '/repos/acme/web')
      return call('POST', '/orgs/acme/repos', { name: 'web', visibility: 'public' })
    },
  ],
])('a change by hand on what was planned is seen: %s', async (_, change) => {
  const { sandbox, place } = await begin()
  const { digest } = JSON.parse(await planned(place))
  expect(await change(sandbox)).toMatchObject({ status: expect.toSatisfy((status) => status < 300) })
  const refused = await place.run(APPLY)
  expect(refused, refused.stderr + refused.stdout).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('Nothing was written.'),
  })
  expect(await place.run(['apply', '--auto-approve', '--expect-digest', digest])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(digest),
  })
  expect(sandbox.writes()).toEqual([])
})

test('a change by hand on what nobody manages is kept, and the plan applies', async () => {
  const { sandbox, place } = await begin(
    CONFIG.replace('visibility: selected, repositories: [api], runners', 'visibility: selected, runners'),
  )
  await planned(place)
  await sandbox.call('PATCH', '/orgs/acme/actions/runner-groups/2', { name: 'spare', allows_public_repositories: true })
  await sandbox.call('PUT', '/orgs/acme/actions/permissions', {
    enabled_repositories: 'selected',
    allowed_actions: 'local_only',
    sha_pinning_required: true,
  })
  const applied = await place.run(APPLY)
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
  expect(sandbox.state()).toMatchObject({
    organizations: {
      acme: {
        permissions: { allowed_actions: 'all', sha_pinning_required: true },
        runner_groups: { spare: { allows_public_repositories: true, repositories: ['api'] } },
      },
    },
  })
})

test.each<[string, string[], string[], string]>([
  [
    '--target',
    ['--target', 'orgs/acme/secrets/**'],
    [],
    "The plan was made with --target 'orgs/acme/secrets/**': give it to apply as well.",
  ],
  ['--rotate', [], ROTATE, "The plan was made without --rotate '**/ROTATED': leave it out here as well."],
])('the flag that explains a difference is named: %s', async (_, first, second, words) => {
  const { sandbox, place } = await begin()
  await planned(place, ...first)
  expect(await place.run([...APPLY, ...second])).toMatchObject({ code: 4, stderr: expect.stringContaining(words) })
  expect(sandbox.writes()).toEqual([])
  expect(await place.run([...APPLY, ...first])).toMatchObject({ code: 0 })
})

test('--owner that the plan was made with is named, and what it leaves out is printed', async () => {
  const { sandbox, place } = await begin(`${CONFIG}  umbrella: { permissions: { enabled_repositories: none } }\n`)
  const { stdout } = await place.run(['plan', '--out', 'plan.json', '--owner', 'acme'])
  expect(stdout).toContain('orgs/umbrella')
  expect(await place.run(APPLY)).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('The plan was made with --owner acme: give it to apply as well.'),
  })
  expect(sandbox.writes()).toEqual([])
})

test('a plan applied twice sends nothing the second time', async () => {
  const { sandbox, place } = await begin()
  await planned(place)
  expect(await place.run(APPLY)).toMatchObject({ code: 0 })
  const sent = sandbox.writes().length
  expect(await place.run(APPLY)).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  expect(sandbox.writes()).toHaveLength(sent)
})
