import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `
version: 1
organizations:
  acme:
    workflow_permissions: { default_workflow_permissions: read }
    variables: { STAGE: { value: live, visibility: all } }
    runner_groups: { gpu: { visibility: all, allows_public_repositories: false } }
    repositories:
      web: { variables: { PLACE: { value: eu } }, permissions: { enabled: true } }
`
const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      workflow_permissions: { default_workflow_permissions: 'read' },
      variables: { STAGE: { value: 'live', visibility: 'all' } },
      runner_groups: { gpu: { visibility: 'all', allows_public_repositories: false } },
      repositories: { web: { id: 101, variables: { PLACE: { value: 'eu' } } } },
    },
  },
  tokens: { 'token-of-an-owner': {}, owner: {}, monas: { user: 'mona' }, hubots: { user: 'hubot' } },
}

async function shop(seed: object = SEED, files: Readonly<Record<string, string>> = { 'octoform.yaml': YAML }) {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, files)
  const drift = async (...args: readonly string[]) => {
    const ran = await place.run(['drift', '--format', 'json', ...args])
    const plan = JSON.parse(ran.stdout) as Plan
    const notes = Object.fromEntries(plan.changes.map(({ address, notes: all }) => [address, all]))
    return { ...ran, plan, notes, warnings: plan.diagnostics.map(({ message }) => message) }
  }
  return { sandbox, place, drift }
}

/** Two people change things by hand, the second after the first. */
async function meddle({ call }: WatchedSandbox): Promise<void> {
  await call('PATCH', '/orgs/acme/actions/variables/STAGE', { value: 'test' }, 'hubots')
  await call('POST', '/_sandbox/clock', { advance_ms: 1000 })
  await call('PATCH', '/orgs/acme/actions/variables/STAGE', { value: 'try' }, 'monas')
  await call('PATCH', '/repos/acme/web/actions/variables/PLACE', { value: 'us' }, 'hubots')
  await call('PUT', '/orgs/acme/actions/permissions/workflow', { default_workflow_permissions: 'write' }, 'monas')
}

describe('drift --who', () => {
  it('names who changed each thing last, and when', async () => {
    const { sandbox, drift, place } = await shop()
    await meddle(sandbox)
    const plain = await drift()
    const { notes, code, plan } = await drift('--who')
    expect(notes).toEqual({
      'orgs/acme/variables/STAGE': [
        expect.stringMatching(/^last changed by mona at \d{4}-\S+Z \(org\.update_actions_variable\)$/),
      ],
      'repos/acme/web/variables/PLACE': [
        expect.stringMatching(/^last changed by hubot at \S+ \(repo\.update_actions_variable\)$/),
      ],
      'orgs/acme/workflow_permissions': [expect.stringContaining('mona')],
    })
    expect([code, plan.digest]).toEqual([2, plain.plan.digest])
    expect(Object.values(plain.notes).flat()).toEqual([])
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await place.run(['drift', '--who', '--format', format])
      expect(stdout).toContain('last changed by mona at')
    }
    expect(sandbox.writes().filter((write) => write.includes('audit'))).toEqual([])
  })

  it('asks nothing of the log without --who, and where nothing differs', async () => {
    const { sandbox, drift } = await shop()
    const asked = () => sandbox.asked.filter(({ path }) => path.includes('audit-log')).length
    expect((await drift('--who')).code).toBe(0)
    await meddle(sandbox)
    await drift()
    expect(asked()).toBe(0)
  })

  it('says that the log does not have it, and never names another', async () => {
    const { sandbox, drift } = await shop({
      ...SEED,
      organizations: {
        acme: {
          ...SEED.organizations.acme,
          variables: { STAGE: { value: 'other', visibility: 'all' } },
          audit_log: [
            { action: 'org.update_actions_variable', actor: 'mona', created_at: '2026-01-01T10:00:00Z', key: 'OTHER' },
            {
              action: 'repo.update_actions_variable',
              actor: 'mona',
              created_at: '2026-01-01T10:00:00Z',
              key: 'STAGE',
              repository: 'acme/web',
            },
          ],
        },
      },
    })
    const { notes } = await drift('--who')
    expect(notes['orgs/acme/variables/STAGE']).toEqual([
      expect.stringContaining('is not in the newest 100 such events'),
    ])
    expect(sandbox.asked.filter(({ path }) => path.includes('audit-log'))).toHaveLength(3)
  })

  it.each(['ghes-2.22', 'dotcom'])('says that %s shows no audit log, and asks for none', async (product) => {
    const yaml = 'version: 1\norganizations: { acme: { secrets: { X: absent } } }\n'
    const { sandbox, drift } = await shop(
      { ...SEED, product, organizations: { acme: { secrets: { X: { visibility: 'all', value: 'x' } } } } },
      { 'octoform.yaml': yaml },
    )
    const { warnings, code } = await drift('--who')
    expect(warnings).toEqual([expect.stringContaining('--who: of acme it is not known')])
    expect(code).toBe(2)
    expect(sandbox.asked.filter(({ path }) => path.includes('audit-log'))).toEqual([])
  })

  it.each([403, 404, 500])(
    'says that a log which answers %i could not be read; the drift is told all the same',
    async (status) => {
      const { sandbox, drift } = await shop()
      await meddle(sandbox)
      await sandbox.fault({ method: 'GET', route: '/orgs/{org}/audit-log', nth: 1, times: 100, status })
      const { notes, warnings, code } = await drift('--who')
      expect(Object.values(notes).flat()).toEqual(
        Array.from({ length: 3 }, () => expect.stringContaining('is not known: the audit log could not be read')),
      )
      expect(warnings).toEqual([expect.stringContaining('/orgs/acme/audit-log')])
      expect(code).toBe(2)
    },
  )

  it('sends at most 30 requests for an owner, and says what it did not look for', async () => {
    const names = Array.from({ length: 3 }, (_, n) => `r${n}`)
    const repositories = Object.fromEntries(names.map((name) => [name, {}]))
    const wanted = names
      .map(
        (name) =>
          `      ${name}: { variables: { A: { value: x } }, workflow_permissions: { default_workflow_permissions: write }, workflow_access: { access_level: organization }, artifact_and_log_retention: { days: 5 }, cache_limits: { max_cache_size_gb: 5 }, environments: { e: { variables: { A: { value: x } } } } }`,
      )
      .join('\n')
    const yaml = `version: 1\norganizations:\n  acme:\n    repositories:\n${wanted}\n`
    const { sandbox, drift } = await shop(
      { ...SEED, organizations: { acme: { repositories } } },
      { 'octoform.yaml': yaml },
    )
    const { notes } = await drift('--who')
    expect(sandbox.asked.filter(({ path }) => path.includes('audit-log'))).toHaveLength(30)
    expect(
      Object.values(notes)
        .flat()
        .filter((note) => note.includes('was not looked for')),
    ).not.toEqual([])
  })

  it.each<[string, readonly object[], RegExp]>([
    [
      'an act without its actor, which hides no newer one',
      [
        { actor: null, created_at: 1_780_000_000_000, data: { key: 'STAGE' } },
        { actor: 'mona', created_at: 1_770_000_000_000, data: { key: 'STAGE' } },
      ],
      /^last changed by an account that GitHub does not show at 2026-05-28T20:26:40Z \(org\.update_actions_variable\)$/,
    ],
    [
      'an act without its actor at all',
      [{ created_at: 1_780_000_000_000, data: { key: 'STAGE' } }],
      /^last changed by an account that GitHub does not show at /,
    ],
    [
      'an act that does not say of what, with the one before',
      [
        { actor: 'hubot', created_at: 1_780_000_000_000, data: null, name: null },
        { actor: 'mona', created_at: 1_770_000_000_000, key: 'stage' },
      ],
      /^perhaps changed by hubot at \S+ \(\S+\), which does not say of what; else by mona at \S+ \(\S+\)$/,
    ],
    [
      'an act without a time',
      [{ actor: 'hubot', created_at: null, '@timestamp': null, key: 'STAGE' }],
      /^perhaps changed by hubot at a time that GitHub does not show /,
    ],
    [
      'a time that no clock has',
      [{ actor: 'hubot', created_at: 9_000_000_000_000_000, key: 'STAGE' }],
      /^last changed by hubot at a time that GitHub does not show /,
    ],
    [
      'the time of the other field',
      [{ actor: 'hubot', '@timestamp': 1_780_000_000_000, key: 'STAGE' }],
      /^last changed by hubot at 2026-05-28T/,
    ],
    [
      'another thing whose name stands in another field',
      [{ actor: 'hubot', created_at: 1_780_000_000_000, name: 'STAGE', key: 'OTHER' }],
      /^who changed it is not in the newest 100/,
    ],
    [
      'an act without its name of action',
      [{ actor: 'hubot', action: null, created_at: 1, key: 'STAGE' }],
      /^last changed by hubot/,
    ],
    ['an event without any field', [{}], /^perhaps changed by an account that GitHub does not show at a time/],
  ])('tells %s', async (_, events, note) => {
    const { sandbox, drift } = await shop()
    await meddle(sandbox)
    const body = events.map((event) => ({ action: 'org.update_actions_variable', ...event }))
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/audit-log', nth: 1, times: 100, status: 200, body })
    const { notes, warnings, code } = await drift('--who')
    expect(notes['orgs/acme/variables/STAGE']?.[0]).toMatch(note)
    expect([warnings, code]).toEqual([[], 2])
  })

  it('names nobody for a repository that an act does not name, and nobody of another', async () => {
    const { sandbox, drift } = await shop()
    await meddle(sandbox)
    const act = { action: 'repo.update_actions_variable', actor: 'hubot', data: { key: 'PLACE' } }
    const told = async (body: readonly object[]) => {
      await sandbox.fault({ method: 'GET', route: '/orgs/{org}/audit-log', nth: 1, times: 100, status: 200, body })
      const { notes } = await drift('--who')
      await sandbox.call('POST', '/_sandbox/reset')
      await meddle(sandbox)
      return notes['repos/acme/web/variables/PLACE']?.[0]
    }
    expect(await told([{ ...act, repo: null, created_at: 2 }])).toMatch(/^perhaps changed by hubot/)
    expect(await told([{ ...act, created_at: 2 }])).toMatch(/^perhaps changed by hubot/)
    expect(await told([{ ...act, repo: 'acme/api', created_at: 2 }])).toMatch(/^who changed it is not in/)
    expect(await told([{ ...act, repo: 'ACME/Web', created_at: 2 }])).toMatch(/^last changed by hubot/)
  })

  it('says of OIDC that the log has no event, and of hosted runners and members without a name who it may be', async () => {
    const yaml = `version: 1
organizations:
  acme:
    oidc_subject_claim: { include_claim_keys: [repo] }
    hosted_runners: { big: { size: 4-core, maximum_runners: 5 } }
    self_hosted_runners: { enabled_repositories: all }
    repositories:
      web: { environments: { prod: { wait_timer: 5 }, stage: { wait_timer: 5 } } }
`
    const image = { id: 'ubuntu-latest', source: 'github' }
    const big = { image, size: '4-core', runner_group: 'Default', maximum_runners: 5 }
    const { sandbox, drift } = await shop(
      {
        ...SEED,
        organizations: {
          acme: {
            repositories: { web: { environments: { prod: { wait_timer: 5 }, stage: { wait_timer: 5 } } } },
            oidc_subject_claim: { include_claim_keys: ['repo'] },
            hosted_runners: { big },
          },
        },
      },
      { 'octoform.yaml': yaml },
    )
    const state = await sandbox.call('GET', '/orgs/acme/actions/hosted-runners', undefined, 'monas')
    const [{ id }] = (state.body as { runners: [{ id: number }] }).runners
    await sandbox.call(
      'PUT',
      '/orgs/acme/actions/oidc/customization/sub',
      { include_claim_keys: ['repo', 'ref'] },
      'monas',
    )
    await sandbox.call('PATCH', `/orgs/acme/actions/hosted-runners/${id}`, { maximum_runners: 9 }, 'hubots')
    await sandbox.call(
      'PUT',
      '/orgs/acme/actions/permissions/self-hosted-runners',
      { enabled_repositories: 'none' },
      'monas',
    )
    await sandbox.call('PUT', '/repos/acme/web/environments/prod', { wait_timer: 9 }, 'monas')
    const { notes } = await drift('--who')
    expect(notes['orgs/acme/oidc_subject_claim']).toEqual([
      "who changed it is not known: GitHub's audit log has no event for oidc_subject_claim",
    ])
    expect(notes['orgs/acme/hosted_runners/big']?.[0]).toMatch(
      /^perhaps changed by hubot at \S+ \(github_hosted_runner\.update\), which does not say of what$/,
    )
    expect(notes['orgs/acme/self_hosted_runners']?.[0]).toMatch(
      /^last changed by mona at \S+ \(org\.update_repo_self_hosted_runners_policy\)$/,
    )
    expect(notes['repos/acme/web/environments/prod']?.[0]).toMatch(/^last changed by mona/)
    expect(notes['repos/acme/web/environments/stage']).toBeUndefined()
  })

  it('keeps an actor’s name on its line, and from markup', async () => {
    const { drift, place } = await shop({
      ...SEED,
      organizations: {
        acme: {
          ...SEED.organizations.acme,
          variables: { STAGE: { value: 'other', visibility: 'all' } },
          audit_log: [
            {
              action: 'org.update_actions_variable',
              actor: 'x\n::error::<b>@acme/all\u202e',
              created_at: '2026-01-01T10:00:00Z',
              key: 'STAGE',
            },
          ],
        },
      },
    })
    expect((await drift('--who')).notes['orgs/acme/variables/STAGE']?.[0]).toContain('last changed by x')
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await place.run(['drift', '--who', '--format', format])
      expect(stdout).not.toMatch(/^::error/m)
      expect(stdout).not.toContain('\u202e')
      if (format === 'html') expect(stdout).not.toContain('<b>@acme')
    }
  })
})
