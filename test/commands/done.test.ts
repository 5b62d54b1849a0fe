import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { sealed } from '../support/sandbox.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: { id: 101 }, api: { id: 102 }, docs: { id: 103 } },
      permissions: { enabled_repositories: 'all', allowed_actions: 'all' },
      secrets: {
        S: { visibility: 'selected', repositories: ['web'], value: 's' },
        OLD: { visibility: 'all', value: 'o' },
      },
      runner_groups: { old: { visibility: 'all' } },
    },
    rival: {
      repositories: { site: { id: 201 } },
      secrets: { R: { visibility: 'selected', repositories: [], value: 'r' } },
    },
  },
}

const ORGANIZATIONS = `version: 1
ledger: { path: ledger.json }
organizations:
  acme:
    secrets: { S: { visibility: selected, repositories: [web, api] }, OLD: absent }
    runner_groups: { gpu: { visibility: selected, repositories: [web] }, old: absent }
  rival:
    secrets: { R: { visibility: selected, repositories: [site] } }
`
const REPOSITORIES = `version: 1
organizations:
  acme:
    repositories:
      api: { permissions: { allowed_actions: local_only }, secrets: { X: { value: { env: X } } } }
`

/** Both files, and a plan of all that they want. */
async function begin(flags: readonly string[] = []): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const files = { 'conf/organizations.yaml': ORGANIZATIONS, 'conf/repositories.yaml': REPOSITORIES }
  const place = await workplace(sandbox, files, { X: 'value-of-x' })
  const { code, stderr } = await place.run(['plan', '--config', 'conf', '--out', 'plan.json', ...flags])
  expect(code, stderr).toBe(0)
  return { sandbox, place }
}

const APPLY = ['apply', 'plan.json', '--auto-approve']
const CONF = ['--config', 'conf']

const S = 'orgs/acme/secrets/S'
const X = 'repos/acme/api/secrets/X'
const POLICY = 'repos/acme/api/permissions'

/** An event between plan and apply. */
type Meanwhile = (here: { readonly sandbox: WatchedSandbox; readonly place: Workplace }) => Promise<unknown>

interface Case {
  readonly meanwhile?: Meanwhile
  readonly planned?: readonly string[]
  readonly flags: readonly string[]
  readonly says: readonly (string | RegExp)[]
}

const rewrite = (name: string, from: string, to: string): Meanwhile => {
  return async ({ place }) => {
    const text = await place.read(`conf/${name}.yaml`)
    expect(text).toContain(from)
    await place.write(`conf/${name}.yaml`, text.replace(from, to))
  }
}
const control = (path: string, body: object): Meanwhile => {
  return async ({ sandbox }) => {
    const { status } = await sandbox.call('POST', `/_sandbox/${path}`, body)
    expect(status).toBeLessThan(300)
  }
}

const NOT_READ = 'conf/repositories.yaml, where it stood, is not read by this run: give --config as for the plan'

describe('a plan that was made in another folder', () => {
  it.each([
    ['repositories.yaml', false],
    ['../checkout/conf/repositories.yaml', false],
    ['/srv/ci/conf/repositories.yaml', false],
    ['other/repositories.yaml', true],
    ['positories.yaml', true],
  ])('names %s: not read, as far as names tell: %s', async (name, isUnread) => {
    const { place, sandbox } = await begin()
    await place.write('plan.json', (await place.read('plan.json')).replaceAll('conf/repositories.yaml', name))
    await rewrite('repositories', 'permissions: { allowed_actions: local_only }, ', '')({ place, sandbox })
    const { code, stdout, stderr } = await place.run([...APPLY, ...CONF])
    expect(code).toBe(4)
    expect(stdout + stderr).toContain(`${POLICY}  the plan has it`)
    expect((stdout + stderr).includes(`${name}, where it stood, is not read by this run`)).toBe(isUnread)
    expect(sandbox.writes()).toEqual([])
  })
})

describe('a change of the plan that this run does not make, and that is not done, is exit 4', () => {
  it.each<[string, Case]>([
    [
      'the file is left out by --config',
      { flags: ['--config', 'conf/organizations.yaml'], says: [`${X}  the plan has it`, POLICY, NOT_READ] },
    ],
    [
      'the file is gone',
      {
        flags: CONF,
        meanwhile: ({ place }) => rm(join(place.folder, 'conf/repositories.yaml')),
        says: [`${X}  the plan has it`, POLICY, NOT_READ],
      },
    ],
    [
      'the repository is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite('repositories', 'api: { permissions', 'docs: { permissions'),
        says: [`${X}  the plan has it`, 'its configuration does not mention it'],
      },
    ],
    [
      'a family is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite('repositories', 'permissions: { allowed_actions: local_only }, ', ''),
        says: [`${POLICY}  the plan has it`, 'its configuration does not mention it'],
      },
    ],
    [
      'a member is taken out of the YAML, and others of its family stay',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', 'S: { visibility: selected, repositories: [web, api] }, ', ''),
        says: [`${S}  the plan has it`, 'repositories is not as planned'],
      },
    ],
    [
      'a group is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', 'gpu: { visibility: selected, repositories: [web] }, ', ''),
        says: ['orgs/acme/runner_groups/gpu  the plan has it', 'it is not there'],
      },
    ],
    [
      'a field is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', 'repositories: [web, api]', 'repositories: [web]'),
        says: [`${S}  the plan has it`, 'repositories is not as planned'],
      },
    ],
    [
      'an `absent` is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', ', OLD: absent', ''),
        says: ['orgs/acme/secrets/OLD  the plan has it', 'it is still there'],
      },
    ],
    [
      'a group’s `absent` is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', ', old: absent', ''),
        says: ['orgs/acme/runner_groups/old  the plan has it', 'it is still there'],
      },
    ],
    [
      'a member is made unmanaged',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', 'OLD: absent', 'OLD: unmanaged'),
        says: ['orgs/acme/secrets/OLD  the plan has it', 'it is still there'],
      },
    ],
    [
      'an owner is taken out of the YAML',
      {
        flags: CONF,
        meanwhile: rewrite(
          'organizations',
          '  rival:\n    secrets: { R: { visibility: selected, repositories: [site] } }\n',
          '',
        ),
        says: ['orgs/rival/secrets/R  the plan has it', 'its configuration does not mention it'],
      },
    ],
    [
      'another --owner',
      {
        flags: [...CONF, '--owner', 'acme'],
        says: [
          'this run has narrower flags than the plan was made with',
          'orgs/rival/secrets/R  the plan has it, and this run does not: its flags leave it out',
          'The plan was made without --owner acme: leave it out here as well.',
        ],
      },
    ],
    [
      'a narrower --target',
      {
        flags: [...CONF, '--target', 'orgs/**'],
        says: [
          'this run has narrower flags than the plan was made with',
          `${X}  the plan has it, and this run does not: its flags leave it out`,
          "The plan was made without --target 'orgs/**': leave it out here as well.",
        ],
      },
    ],
    [
      'a --target that is narrower than that of the plan',
      {
        planned: ['--target', '**/S', '--target', '**/X'],
        flags: [...CONF, '--target', '**/S'],
        says: [
          'this run has narrower flags than the plan was made with',
          "The plan was made with --target '**/X': give it to apply as well.",
        ],
      },
    ],
    [
      'a --target that happens to hold all that the plan does',
      {
        planned: [],
        flags: [...CONF, '--target', '**'],
        says: ['this run has narrower flags than the plan was made with', "made without --target '**'"],
      },
    ],
    [
      'without the --rotate of the plan',
      {
        planned: ['--rotate', '**/X'],
        flags: CONF,
        says: [
          'this run has narrower flags than the plan was made with',
          "made with --rotate '**/X': give it to apply",
        ],
      },
    ],
    [
      'its repository is deleted',
      {
        flags: CONF,
        meanwhile: ({ sandbox }) => sandbox.call('DELETE', '/repos/acme/api'),
        says: [`${X}  the plan has it, and this run does not: no such repository is known to it: deleted`],
      },
    ],
    [
      'its repository is renamed',
      {
        flags: CONF,
        meanwhile: ({ sandbox }) => sandbox.call('PATCH', '/repos/acme/api', { name: 'api-v2' }),
        says: [`${X}  the plan has it, and this run does not`],
      },
    ],
    [
      'its repository is transferred',
      {
        flags: CONF,
        meanwhile: control('move', { repository: 'acme/api', to: 'rival/api' }),
        says: [`${X}  the plan has it, and this run does not`],
      },
    ],
    [
      'its repository cannot be read',
      {
        flags: [...CONF, '--allow', 'incomplete'],
        meanwhile: ({ sandbox }) =>
          sandbox.fault({ method: 'GET', route: '/repos/acme/api/actions/secrets', status: 403, times: 99 }),
        says: [`${X}  the plan has it, and this run does not: it could not be read`],
      },
    ],
    [
      'its owner cannot be read',
      {
        flags: [...CONF, '--allow', 'incomplete'],
        meanwhile: ({ sandbox }) =>
          sandbox.fault({ method: 'GET', route: '/orgs/rival/actions/secrets', status: 403, times: 99 }),
        says: ['orgs/rival/secrets/R  the plan has it, and this run does not: it could not be read'],
      },
    ],
    [
      'it is held back now',
      {
        flags: CONF,
        meanwhile: rewrite('organizations', 'repositories: [site]', 'repositories: ["gone-*"]'),
        says: ['orgs/rival/secrets/R  the plan has it', 'repositories is held back now'],
      },
    ],
    [
      'somebody made the secret, whose value nobody knows',
      {
        flags: CONF,
        meanwhile: async ({ sandbox }) => {
          const box = await sealed(sandbox, '/repos/acme/api/actions/secrets', 'of somebody')
          return sandbox.call('PUT', '/repos/acme/api/actions/secrets/X', box)
        },
        says: [`${X}  the plan has it`, 'value is not as planned'],
      },
    ],
  ])('%s', async (_, { meanwhile, planned = [], flags, says }) => {
    const here = await begin(planned)
    await meanwhile?.(here)
    const ran = await here.place.run([...APPLY, ...flags])
    expect(ran, ran.stderr).toMatchObject({ code: 4, stdout: expect.not.stringContaining('Applied:') })
    for (const words of says) expect(ran.stderr).toMatch(words instanceof RegExp ? words : new RegExp(escaped(words)))
    expect(here.sandbox.writes()).toEqual([])
  })
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

describe('a change of the plan that GitHub has now is done', () => {
  it.each<[string, Meanwhile, string, readonly string[]]>([
    [
      'a list',
      ({ sandbox }) =>
        sandbox.call('PUT', '/orgs/acme/actions/secrets/S/repositories', { selected_repository_ids: [101, 102] }),
      S,
      CONF,
    ],
    [
      'a delete',
      ({ sandbox }) => sandbox.call('DELETE', '/orgs/acme/actions/secrets/OLD'),
      'orgs/acme/secrets/OLD',
      CONF,
    ],
    [
      'a delete, and its line is taken out of the YAML',
      async (here) => {
        await here.sandbox.call('DELETE', '/orgs/acme/actions/secrets/OLD')
        await rewrite('organizations', ', OLD: absent', '')(here)
      },
      'orgs/acme/secrets/OLD',
      CONF,
    ],
    [
      'a group',
      ({ sandbox }) =>
        sandbox.call('POST', '/orgs/acme/actions/runner-groups', {
          name: 'gpu',
          visibility: 'selected',
          selected_repository_ids: [101],
        }),
      'orgs/acme/runner_groups/gpu',
      CONF,
    ],
    [
      'a setting',
      ({ sandbox }) =>
        sandbox.call('PUT', '/repos/acme/api/actions/permissions', { enabled: true, allowed_actions: 'local_only' }),
      POLICY,
      CONF,
    ],
  ])('%s', async (_, meanwhile, address, flags) => {
    const here = await begin()
    await meanwhile(here)
    const ran = await here.place.run([...APPLY, ...flags])
    expect(ran, ran.stderr).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`nothing is left to do for ${address}.`),
    })
    expect((await here.place.plan(CONF)).changes).toEqual([])
  })

  it('all of it, and a second apply of the same plan sends nothing', async () => {
    const { sandbox, place } = await begin()
    expect(await place.run([...APPLY, ...CONF])).toMatchObject({ code: 0 })
    const sent = sandbox.writes().length
    expect(await place.run([...APPLY, ...CONF])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toHaveLength(sent)
    await rm(join(place.folder, 'conf/ledger.json'))
    const lost = await place.run([...APPLY, ...CONF])
    expect(lost).toMatchObject({ code: 4, stderr: expect.stringContaining('value is not as planned') })
  })
})
