import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/plan.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORIES = { web: { visibility: 'public' }, api: {}, site: { visibility: 'public' } }
const SEED = {
  runners: { one: { id: 1 } },
  runner_groups: {
    shared: { id: 7, visibility: 'selected', organizations: ['acme'] },
    open: { id: 8, visibility: 'selected', organizations: ['acme'], allows_public_repositories: true },
    none: { id: 9, visibility: 'selected', organizations: [], runners: ['one'] },
  },
  organizations: {
    acme: {
      repositories: REPOSITORIES,
      runner_groups: {
        shared: { inherited: true, visibility: 'selected', repositories: ['web', 'api'] },
        open: { inherited: true },
      },
    },
    beta: { repositories: { inner: {}, docs: { visibility: 'public' } } },
  },
}

/** The organization `acme` is configured with its share of the group; `beta` says nothing of groups. */
const ACME =
  'acme: { runner_groups: { shared: { inherited: true, repositories: [web, api] }, open: { inherited: true, repositories: [web] } } }'

async function started(
  groups: string,
  organizations = ACME,
  more = '',
): Promise<{ place: Workplace; sandbox: WatchedSandbox }> {
  const sandbox = await watchedSandbox({ product: 'ghec', seed: { enterprises: { inc: SEED } } })
  const yaml = `version: 1\n${more}enterprises: { inc: { organizations: { ${organizations} }, runner_groups: { ${groups} } } }\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'classic' })
  return { place, sandbox }
}

const EVERYTHING = ['--owner', 'enterprises/inc', '--owner', 'acme', '--owner', 'beta']

function told(list: Change['access']['gains']): readonly string[] {
  return list.map(({ repository, visibility }) => `${visibility} ${repository}`)
}

async function changeAt(place: Workplace, group: string): Promise<Change> {
  const { changes } = await place.plan(['--owner', 'enterprises/inc', '--owner', 'acme'])
  return changes.find(({ address }) => address === `enterprises/inc/runner_groups/${group}`) ?? expect.unreachable()
}

describe('a group that an enterprise shares reaches through its organizations', () => {
  it('public repositories once it lets them in, though no organization gains', async () => {
    const { place } = await started('shared: { allows_public_repositories: true }')
    const change = await changeAt(place, 'shared')
    expect(told(change.access.gains)).toEqual(['public acme/web'])
    expect(change.consequences).toEqual([])
    const { stdout } = await place.run(['plan', '--owner', 'enterprises/inc', '--owner', 'acme'])
    expect(stdout).toContain('access for 1 repository: acme/web (PUBLIC)')
  })

  it('and says through which organizations, and who chooses there', async () => {
    const organizations = `${ACME}, beta: { runner_groups: { own: { visibility: all } } }`
    const { place } = await started('none: { organizations: [acme, beta] }', organizations)
    const { changes } = await place.plan(EVERYTHING)
    const { gains } = changes.find(({ address }) => address.endsWith('/none'))?.access ?? expect.unreachable()
    const through = (name: string): string => `organization: ${name}, whose owners choose among its repositories`
    expect(gains.map(({ repository, via, by }) => [repository, via, by])).toEqual([
      ['acme', 'named', undefined],
      ['acme/api', 'matched', through('acme')],
      ['beta', 'named', undefined],
      ['beta/inner', 'matched', through('beta')],
    ])
    for (const format of ['text', 'markdown']) {
      const { stdout } = await place.run(['plan', '--format', format, ...EVERYTHING])
      const words = `access for 2 repositories: acme/api, beta/inner (${through('acme')}, ${through('beta')})`
      expect(stdout.replace(/\s+/g, ' ')).toContain(words)
    }
    const page = (await place.run(['plan', '--format', 'html', ...EVERYTHING])).stdout
    expect(page).toContain(`<p>(${through('acme')}, ${through('beta')})</p>`)
  })

  it('all repositories of an organization that it comes to, public ones first', async () => {
    const { place } = await started('none: { organizations: [acme], allows_public_repositories: true }')
    expect(told((await changeAt(place, 'none')).access.gains)).toEqual([
      'public acme/site',
      'public acme/web',
      'private acme',
      'private acme/api',
    ])
    const { stdout } = await place.run(['plan', '--owner', 'enterprises/inc', '--owner', 'acme'])
    expect(stdout).toContain('access for 1 organization: acme\n')
    expect(stdout).toContain(
      'access for 3 repositories, 2 of them PUBLIC: acme/site (PUBLIC), acme/web (PUBLIC), acme/api',
    )
  })

  it('those that its organization chose, and chooses in the same run', async () => {
    const acme = ACME.replace('[web, api]', '[site]')
    const { place } = await started('shared: { allows_public_repositories: true }', acme)
    expect(told((await changeAt(place, 'shared')).access.gains)).toEqual(['public acme/site', 'public acme/web'])
  })

  it('those that lose it', async () => {
    const { place } = await started('shared: { organizations: [] }, open: { allows_public_repositories: false }')
    expect(told((await changeAt(place, 'shared')).access.loses)).toEqual(['private acme', 'private acme/api'])
    expect(told((await changeAt(place, 'open')).access.loses)).toEqual(['public acme/site', 'public acme/web'])
  })

  it('every organization of the configuration where it is open to all', async () => {
    const { place } = await started('fresh: { visibility: all }', `${ACME}, beta: {}`)
    expect(told((await changeAt(place, 'fresh')).access.gains)).toEqual(['private acme', 'private acme/api'])
  })

  it.each([
    ['its groups are not managed', 'beta: { secrets: {} }'],
    ['it is not configured', ''],
  ])('an organization of which not all is known, which is said: %s', async (_, beta) => {
    const organizations = beta === '' ? ACME : `${ACME}, ${beta}`
    const { place } = await started('none: { organizations: [beta], allows_public_repositories: true }', organizations)
    const { changes } = await place.plan(beta === '' ? ['--owner', 'enterprises/inc'] : EVERYTHING)
    const change = changes.find(({ address }) => address.endsWith('/none'))
    expect(told(change?.access.gains ?? [])).toEqual(['private beta'])
    expect(change?.consequences).toEqual([
      {
        message: 'public repositories of beta may use it, and which these are is not known here',
        widens: true,
        opens: true,
      },
      { message: 'all repositories of beta may use it until their organization chooses some of them', widens: true },
    ])
  })

  it('in the matrix, with their organizations before their names', async () => {
    const { place } = await started('shared: { allows_public_repositories: true }')
    const { reach } = await place.plan(['--owner', 'enterprises/inc', '--owner', 'acme'])
    const names = reach?.repositories.map(({ name }) => name) ?? []
    const row = reach?.rows.find(({ address }) => address === 'enterprises/inc/runner_groups/shared')
    const at = (name: string) => String(names.indexOf(name))
    expect(row?.before).toContain(at('acme/api'))
    expect(names).toEqual(expect.arrayContaining(['acme', 'acme/api', 'acme/web']))
    const html = await place.run(['plan', '--format', 'html', '--owner', 'enterprises/inc', '--owner', 'acme'])
    expect(html.stdout).toContain('acme/web')
  })
})

describe('never_public holds at an enterprise’s groups', () => {
  const guards = 'guards: { never_public: ["enterprises/inc/runner_groups/*"] }\n'
  it.each([
    ['shared: { allows_public_repositories: true }', 3],
    ['none: { organizations: [acme], allows_public_repositories: true }', 3],
    ['none: { organizations: [beta], allows_public_repositories: true }', 3],
    ['none: { visibility: all, allows_public_repositories: true }', 3],
    // A runner that comes to a group which public repositories may use.
    ['none: { runners: [] }, open: { runners: [one] }', 3],
    ['none: { organizations: [acme] }', 0],
    ['open: { allows_public_repositories: false }', 0],
    ['none: { runners: [] }, shared: { runners: [one] }', 0],
  ])('%s: exit %i', async (groups, expected) => {
    const { place, sandbox } = await started(groups, ACME, guards)
    const owners = ['--owner', 'enterprises/inc', '--owner', 'acme']
    const { code } = await place.run(['apply', '--auto-approve', ...owners])
    expect(code).toBe(expected)
    if (expected === 3) expect(sandbox.writes()).toEqual([])
  })
})

it('counts what an enterprise takes away among the revocations, its repositories too', async () => {
  const { place } = await started(
    'shared: { organizations: [] }',
    'acme: { runner_groups: { shared: { inherited: true, repositories: [web, api] } } }',
    'guards: { max_revocations: 1 }\n',
  )
  const { tripped } = await place.plan(['--owner', 'enterprises/inc', '--owner', 'acme'])
  expect(tripped.map(({ guard, flag }) => [guard, flag])).toEqual([['max_revocations', '--allow revocations=2']])
})
