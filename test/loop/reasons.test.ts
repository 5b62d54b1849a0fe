import { describe, expect, it } from 'vitest'
import { ACME, acmeIn, SEED, YAML } from '../action/world.ts'
import { type Loop, loop, PRODUCTS } from './loop.ts'

const EXPIRED = { OCTOFORM_TOKEN: 'expired' }
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'

/** The same world, where everybody reads the repository that octoform runs in. */
function publicSeed(): object {
  const admin = { ...ACME.repositories.admin, visibility: 'public' }
  return { ...SEED, organizations: { acme: { ...ACME, repositories: { ...ACME.repositories, admin } } } }
}

async function merged(product: string, seed?: object): Promise<Loop> {
  const made = await loop(product, seed)
  await made.plan()
  await made.merge()
  return made
}

describe.each(PRODUCTS)('on %s', (product) => {
  it('a run that a later commit overtook asks nobody for a new pull request', async () => {
    const made = await merged(product)
    const later = { owner: 'acme', repository: 'admin', branch: 'main', sha: 'f'.repeat(40) }
    await made.sandbox.call('POST', '/_sandbox/push', later)
    const ran = await made.apply()
    expect(ran).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
    for (const text of [made.comments()[1], ran.summary]) {
      expect(text).toContain("**Not applied: plan_changed. A later commit's run applies.**")
      expect(text).toContain('Nothing was written. Nothing is to be done here')
      expect(text).toContain(`This run is of commit ${'c'.repeat(40)}`)
      expect(text).not.toContain('new pull request')
    }
  })

  it('a public repository is told of what kind it is that could not be read, without a name', async () => {
    const yaml = YAML.replace(
      '    secrets:\n',
      '    repositories: { web: { secrets: { DEPLOY: absent } } }\n    secrets:\n',
    )
    const made = await loop(product, publicSeed(), yaml)
    for (const route of ['/orgs/{org}/actions/secrets', '/repos/{owner}/{repo}/actions/secrets']) {
      await made.sandbox.fault({ method: 'GET', route, status: 403, times: 9, body: { message: 'Not for you.' } })
    }
    const plan = await made.plan()
    const drift = await made.drift()
    expect([plan.code, drift.code]).toEqual([5, 5])
    const check = JSON.stringify(acmeIn(made.sandbox).repositories.admin.check_runs)
    for (const text of [plan.summary, made.comments()[0], check, drift.summary, made.issues()[0]]) {
      expect(text).toMatch(/organization secrets: (1 place|could not be read)/)
      expect(text).toMatch(/repository secrets: (1 place|could not be read)/)
      expect(text).not.toMatch(/orgs\/acme|repos\/acme\/web|DEPLOY|SHARED|Not for you/)
    }
    expect(plan.stderr).toMatch(/^::error .*Could not be read::organization secrets; the log of the job says which\.$/m)
  })

  it('a public repository is told the reason all the same, without a name', async () => {
    const made = await merged(product, publicSeed())
    const drift = await made.drift(EXPIRED)
    const apply = await made.apply(EXPIRED)
    expect([drift.code, apply.code]).toEqual([5, 5])
    const [issue = ''] = made.issues()
    for (const text of [drift.summary, apply.summary, made.comments()[1], issue]) {
      expect(text).toContain('GET /meta: 401')
      expect(text).not.toContain('Bad credentials')
    }
    for (const { stderr } of [drift, apply]) {
      expect(stderr).toMatch(/^::error [^\n]* failed: something could not be read\. GET \/meta: 401$/m)
    }
  })
})

describe('what failed heads the report, where all was read', () => {
  const CHECKS = '/repos/{owner}/{repo}/check-runs'
  const PULL = '/repos/{owner}/{repo}/issues/{issue_number}/comments'
  it.each<[string, 'plan' | 'drift', string, string, number]>([
    ['the comment could not be written', 'plan', 'POST', PULL, 502],
    ['the comment could not be written', 'plan', 'POST', PULL, 403],
    ['comments could not be read', 'plan', 'GET', PULL, 403],
    ['the check run could not be written', 'plan', 'POST', CHECKS, 502],
    ['the issue could not be written', 'drift', 'POST', '/repos/{owner}/{repo}/issues', 502],
    ['the issue could not be written', 'drift', 'POST', '/repos/{owner}/{repo}/issues', 403],
    ['issues could not be read', 'drift', 'GET', '/repos/{owner}/{repo}/issues', 403],
  ])('%s: %s, %s %s answered with %d', async (what, command, method, route, status) => {
    const made = await loop('ghec')
    await made.sandbox.fault({ method, route, status, times: 9 })
    const ran = command === 'plan' ? await made.plan() : await made.drift()
    expect(ran.code, ran.stderr).not.toBe(0)
    expect(ran.summary).toMatch(new RegExp(`^\\*\\*The [^*]* of \\w{40} failed: ${what}\\.\\*\\*$`, 'm'))
    expect(ran.stderr).toMatch(new RegExp(`^::error .* failed: ${what}\\. `, 'm'))
    for (const text of [ran.summary, ...made.comments(), ...made.issues()]) {
      expect(text).not.toContain('something could not be read')
    }
  })
})

it('a look for drift that could read, and whose issue GitHub does not take, opens none that says otherwise', async () => {
  const made = await loop('ghec')
  await made.sandbox.fault({ method: 'POST', route: '/repos/{owner}/{repo}/issues', status: 502, times: 2 })
  const ran = await made.drift()
  expect(ran.code).toBe(5)
  expect(made.issues()).toEqual([])
  expect(ran.summary).toContain('POST /repos/acme/admin/issues: 502')
  expect(await made.drift()).toMatchObject({ code: 2 })
  expect(made.issues()).toEqual([expect.stringMatching(/^open: octoform: drift in acme\n/)])
})

it('a merge that GitHub does not show yet is waited for, to tell it of an apply that could not begin', async () => {
  const made = await loop('ghec')
  await made.plan()
  const late = { owner: 'acme', repository: 'admin', number: 7, merge_commit_sha: 'c'.repeat(40) }
  await made.sandbox.call('POST', '/_sandbox/merge', { ...late, unlisted: 2, unnamed: 2 })
  expect(await made.apply(EXPIRED)).toMatchObject({ code: 5 })
  expect(made.comments()[1]).toContain('GET /meta: 401')
})

it.each([
  [502, false],
  [403, true],
])(
  'a comment that GitHub answers with %d is a warning, which names a permission where one is lacking',
  async (status, grants) => {
    const made = await merged('ghec')
    await made.sandbox.fault({ method: 'POST', route: COMMENTS, status, times: 2 })
    const ran = await made.apply()
    expect(ran).toMatchObject({ code: 0, outputs: { failure_reason: '' } })
    expect(ran.stderr).toContain(`/issues/7/comments: ${status}`)
    expect(ran.stderr.includes('pull-requests: write')).toBe(grants)
    expect(acmeIn(made.sandbox).secrets).not.toHaveProperty('OLD')
  },
)
