import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const REVIEWED = { environments: { Prod: { reviewers: [{ user: 'MonaLisa' }, { team: 'release' }] } } }
const LOCAL = { permissions: { allowed_actions: 'local_only' } }
const GROUP = { visibility: 'selected', repositories: ['Web', 'api'], runners: ['GPU-01'] }

const SEED = {
  product: 'ghec',
  organizations: {
    Acme: {
      teams: { release: {} },
      repositories: {
        Web: { ...LOCAL, ...REVIEWED, runners: { Own: { labels: ['CUDA'] } } },
        api: LOCAL,
        'Docs.Site': LOCAL,
        More: LOCAL,
        Off: { permissions: { enabled: false } },
      },
      permissions: { enabled_repositories: 'all', allowed_actions: 'all' },
      secrets: { NPM: { visibility: 'selected', repositories: ['Web', 'Docs.Site'], value: 'planted' } },
      variables: { Region: { value: 'eu', visibility: 'selected', repositories: ['More'] } },
      self_hosted_runners: { enabled_repositories: 'selected', repositories: ['Web'] },
      runners: { 'GPU-01': {} },
      runner_groups: { GPU: GROUP },
    },
    'Acme-Labs': {},
  },
  enterprises: {
    inc: {
      organizations: { Acme: {}, 'Acme-Labs': {} },
      permissions: { enabled_organizations: 'selected', organizations: ['Acme'] },
      runner_groups: { Shared: { visibility: 'selected', organizations: ['Acme-Labs', 'Acme'] } },
    },
  },
  repositories: { 'MonaLisa/Hello-World': {} },
}

async function begin(): Promise<{ sandbox: Awaited<ReturnType<typeof watchedSandbox>>; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  return { sandbox, place: await workplace(sandbox, {}, { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' }) }
}

function noChanges(ran: Ran): void {
  expect(ran.code, ran.stderr + ran.stdout).toBe(0)
  expect(ran.stdout).toMatch(/(^|\n)No changes\.\n$/)
}

async function imported(place: Workplace, args: readonly string[], config: string): Promise<unknown> {
  const ran = await place.run(['import', ...args])
  expect(ran.code, ran.stderr).toBe(0)
  if (config.startsWith('conf')) return parse(await place.read(config))
  await place.write(config, ran.stdout)
  return parse(ran.stdout)
}

const plan = (place: Workplace, ...more: string[]): Promise<Ran> => {
  return place.run(['plan', '--detailed-exitcode', ...more])
}

describe('import writes names as GitHub shows them', () => {
  it('of an organization, and of repositories in its lists', async () => {
    const { place } = await begin()
    const yaml = await imported(place, ['orgs/acme'], 'octoform.yaml')
    expect(yaml).toMatchObject({
      organizations: {
        Acme: {
          secrets: { NPM: { repositories: ['Docs.Site', 'Web'] } },
          variables: { Region: { repositories: ['More'] } },
          self_hosted_runners: { repositories: ['Web'] },
          runner_groups: { GPU: { repositories: ['api', 'Web'], runners: ['GPU-01'] } },
        },
      },
    })
    noChanges(await plan(place))
  })

  it.each(['repos/acme/web', 'repos/ACME/WEB/environments/**', 'repos/acme/*'])('of %s', async (address) => {
    const { place } = await begin()
    const yaml = await imported(place, [address], 'octoform.yaml')
    const reviewers = [{ team: 'release' }, { user: 'MonaLisa' }]
    expect(yaml).toMatchObject({
      organizations: { Acme: { repositories: { Web: { environments: { Prod: { reviewers } } } } } },
    })
    noChanges(await plan(place))
  })

  it('of a repository of a person', async () => {
    const { place } = await begin()
    const yaml = await imported(place, ['repos/monalisa/hello-world'], 'octoform.yaml')
    expect(yaml).toMatchObject({ repositories: { 'MonaLisa/Hello-World': { permissions: {} } } })
    noChanges(await plan(place))
  })

  it('of the organizations in the lists of an enterprise', async () => {
    const { place } = await begin()
    const yaml = await imported(place, ['enterprises/inc'], 'octoform.yaml')
    expect(yaml).toMatchObject({
      enterprises: {
        inc: {
          permissions: { organizations: ['Acme'] },
          runner_groups: { Shared: { organizations: ['Acme', 'Acme-Labs'] } },
        },
      },
    })
    noChanges(await plan(place, '--owner', 'enterprises/inc'))
  })

  it('of an organization with its repositories, also where it goes on after it was stopped', async () => {
    const { sandbox, place } = await begin()
    const args = ['orgs/acme', '--with-repositories', '--out', 'conf']
    const route = '/repos/Acme/More/actions/permissions'
    await sandbox.fault({ method: 'GET', route: route.toLowerCase(), times: 1, status: 451 })
    expect(await place.run(['import', ...args])).toMatchObject({ code: 5 })
    const organization = await imported(place, args, 'conf/acme.yaml')
    const local = { match: { name: ['*', '!Off'] }, permissions: { allowed_actions: 'local_only' } }
    expect(organization).toMatchObject({
      organizations: {
        Acme: {
          runner_groups: { GPU: { repositories: ['api', 'Web'] } },
          repository_sets: expect.arrayContaining([expect.objectContaining(local)]),
        },
      },
    })
    expect(parse(await place.read('conf/acme/web.yaml'))).toMatchObject({
      organizations: {
        Acme: {
          repositories: {
            Web: {
              environments: { Prod: { reviewers: [{ team: 'release' }, { user: 'MonaLisa' }] } },
              runners: { Own: { labels: ['CUDA'] } },
            },
          },
        },
      },
    })
    noChanges(await plan(place, '--config', 'conf'))
  })
})

describe('drift --accept writes names as GitHub shows them', () => {
  it('that are added to lists, and taken out of them', async () => {
    const { place } = await begin()
    await place.write(
      'octoform.yaml',
      `version: 1
organizations:
  acme:
    secrets: { NPM: { visibility: selected, repositories: [web] } }
    variables: { REGION: { visibility: selected, repositories: ["*"] } }
    repositories:
      web: { environments: { prod: { reviewers: [{ team: release }] } } }
    repository_sets:
      - match: { name: [api] }
        permissions: { allowed_actions: all }
      - match: { name: [more] }
        permissions: { allowed_actions: all }
`,
    )
    const { stdout } = await place.run(['drift', '--accept'])
    const added = stdout.split('\n').flatMap((line) => (/^\+ /.test(line) ? [line.slice(1).trim()] : []))
    expect(added).toEqual([
      'secrets: { NPM: { visibility: selected, repositories: [web, Docs.Site] } }',
      'variables: { REGION: { visibility: selected, repositories: ["*", "!api", "!Docs.Site", "!Off", "!Web"] } }',
      'web: { environments: { prod: { reviewers: [{ team: release }, { user: MonaLisa }] } } }',
      'api:',
      'permissions: { allowed_actions: local_only }',
      'More:',
      'permissions: { allowed_actions: local_only }',
    ])
  })

  it('in place of former ones', async () => {
    const { sandbox, place } = await begin()
    await sandbox.call('PATCH', '/repos/Acme/More', { name: 'Even-More' })
    const secret = 'NPM: { visibility: selected, repositories: [web, docs.site] }'
    const yaml = `secrets: { ${secret} }\n    variables: { REGION: { visibility: selected, repositories: [more] } }`
    await place.write('octoform.yaml', `version: 1\norganizations:\n  acme:\n    ${yaml}\n`)
    const { stdout } = await place.run(['drift', '--accept'])
    expect(stdout).toContain('+    variables: { REGION: { visibility: selected, repositories: [Even-More] } }')
  })
})
