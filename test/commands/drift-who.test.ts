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
