import { expect, it } from 'vitest'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess } from './in-process.ts'
import { acmeIn, administers, HOME, type Issue, ofPullRequest, ofSchedule, TOKENS } from './world.ts'

const workflow = (uses: string) =>
  `on: push\njobs: { a: { steps: [ { uses: ${uses} }, { run: "\${{ secrets.USED }}" } ] } }\n`
const value = 'planted-value'

function seedOf(home: object = {}, more: object = {}) {
  return {
    product: 'ghec',
    organizations: {
      acme: {
        repositories: {
          admin: { visibility: 'private', ...home },
          web: { files: { main: { '.github/workflows/a.yml': workflow('octo/thing@v1') } } },
        },
        secrets: { DEAD: { visibility: 'all', value }, USED: { visibility: 'all', value } },
        ...more,
      },
    },
    tokens: {
      ...TOKENS,
      ghs_report_job: { workflow: HOME, permissions: { issues: 'write' } },
      ghs_silent: { workflow: HOME, permissions: {} },
    },
  }
}

const ENV = { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_report_job' }
const WITH = { command: 'report', report: 'hygiene', scope: 'orgs/acme', issue: HOME }

async function shop(seed: object = seedOf()) {
  const sandbox = await watchedSandbox({ seed })
  const job = await inProcess(sandbox, {})
  const report = (more: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) =>
    job.run({ event: ofSchedule, with: { ...WITH, ...more }, env: { ...ENV, ...env } })
  const issues = (): readonly (Issue & { number: string })[] =>
    Object.entries(acmeIn(sandbox).repositories.admin.issues ?? {}).map(([number, issue]) => ({ number, ...issue }))
  return { sandbox, job, report, issues }
}

it('an issue comes with findings, is rewritten, closes without them, and opens again', async () => {
  const { sandbox, report, issues } = await shop()
  const found = await report({ 'html-file': 'r.html' })
  expect(found).toMatchObject({
    code: 0,
    outputs: { findings: '1', failure_reason: '', html_path: expect.stringContaining('r.html') },
  })
  expect(found.summary).toContain('orgs/acme/secrets/DEAD')
  expect(issues()).toMatchObject([
    {
      state: 'open',
      title: 'octoform: report hygiene of acme',
      user: 'github-actions[bot]',
      body: expect.stringContaining('orgs/acme/secrets/DEAD'),
    },
  ])
  await sandbox.call('DELETE', '/orgs/acme/actions/secrets/DEAD')
  expect((await report()).outputs.findings).toBe('0')
  expect(issues()).toMatchObject([{ state: 'closed' }])
  await sandbox.call('POST', '/orgs/acme/actions/runner-groups', { name: 'open', allows_public_repositories: true })
  await report()
  expect(issues()).toMatchObject([{ state: 'open', body: expect.stringContaining('runner_groups/open') }])
  expect(issues()[0]?.body).not.toContain('DEAD')
  expect(administers(sandbox).filter(({ path }) => !/runner-groups$|secrets\/DEAD$/.test(path))).toEqual([])
})

const JOB = { GITHUB_JOB: 'report', GITHUB_ACTION: '__octoform' }

it('an issue of a step whose scope became wider is closed at once, since the wider one tells of it', async () => {
  const { report, issues } = await shop()
  for (const [run, scope] of ['acme/web', 'acme/w*', 'orgs/acme'].entries()) {
    await report({ scope, report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: `${run}` })
  }
  expect(issues().map(({ state }) => state)).toEqual(['closed', 'closed', 'open'])
})

it('an issue of a step whose scope became another is closed after one whole run without it', async () => {
  const { report, issues } = await shop()
  await report({}, { ...JOB, GITHUB_RUN_ID: '1' })
  const [first] = issues()
  const states = () => issues().map(({ title, state }) => `${title}: ${state}`)
  await report({ scope: 'acme/web', report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: '2' })
  expect(states()).toEqual(['octoform: report hygiene of acme: open', 'octoform: report actions-used of acme: open'])
  const rest = (body = '') => body.split('\n').slice(1).join('\n')
  expect(rest(issues()[0]?.body)).toBe(rest(first?.body))
  await report({ scope: 'acme/web', report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: '2' })
  expect(states()[0]).toBe('octoform: report hygiene of acme: open')
  await report({ scope: 'acme/web', report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: '3' })
  expect(states()).toEqual(['octoform: report hygiene of acme: closed', 'octoform: report actions-used of acme: open'])
})

it('issues of a matrix, of other steps and of other workflows stay open', async () => {
  const { report, issues } = await shop()
  const others = [
    { ...JOB, GITHUB_ACTION: '__octoform_2' },
    { ...JOB, GITHUB_JOB: 'nightly' },
    { ...JOB, GITHUB_WORKFLOW_REF: 'acme/admin/.github/workflows/other.yml@refs/heads/main' },
  ]
  for (const [index, env] of others.entries()) {
    const scope = ['acme/web', 'acme/admin', 'acme/w*'][index] ?? ''
    await report({ scope, report: index === 1 ? 'hygiene' : 'actions-used' }, { ...env, GITHUB_RUN_ID: `${index}` })
  }
  const before = issues().filter(({ state }) => state === 'open').length
  const legs = [{}, { scope: 'acme/web acme/admin', report: 'actions-used' }]
  for (const run of ['11', '12', '13', '14']) {
    const order = run === '13' ? [...legs].reverse() : legs
    for (const leg of order) await report(leg, { ...JOB, GITHUB_RUN_ID: run })
  }
  expect(issues().filter(({ state }) => state === 'open')).toHaveLength(before + 2)
})

it('closes nothing of another scope while something could not be read', async () => {
  const { sandbox, report, issues } = await shop()
  await report({ scope: 'acme/web', report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: '1' })
  const route = '/repos/{owner}/{repo}/contents/{path}'
  await sandbox.fault({ method: 'GET', route, nth: 1, times: 1, status: 403 })
  await report({ report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: '2' })
  expect(issues()[0]?.state).toBe('open')
  await report({ report: 'actions-used' }, { ...JOB, GITHUB_RUN_ID: '3' })
  expect(issues()[0]?.state).toBe('closed')
})

it('does not close it while something could not be read, which has an issue of its own', async () => {
  const { sandbox, report, issues } = await shop()
  await report()
  await sandbox.call('DELETE', '/orgs/acme/actions/secrets/DEAD')
  await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/runners', nth: 1, times: 1, status: 403 })
  expect(await report()).toMatchObject({ code: 5, outputs: { findings: '', failure_reason: 'unread' } })
  expect(issues()).toMatchObject([
    { state: 'open', title: 'octoform: report hygiene of acme' },
    { state: 'open', title: 'octoform: report hygiene of acme could not read everything' },
  ])
  await report()
  expect(issues().map(({ state }) => state)).toEqual(['closed', 'closed'])
})

it('says by an issue and in the summary that nothing could be read at all', async () => {
  const { sandbox, report, issues } = await shop()
  await sandbox.fault({
    method: 'GET',
    route: '/orgs/{org}',
    nth: 1,
    times: 3,
    status: 401,
    body: { message: 'Bad credentials' },
  })
  const ran = await report()
  expect(ran.code).not.toBe(0)
  expect(ran.summary).toContain('The report')
  expect(issues()).toMatchObject([{ state: 'open', title: expect.stringContaining('could not read everything') }])
})

it.each(['public', 'internal'])(
  'names nothing where the repository is %s, in issue, summary and page',
  async (visibility) => {
    const { job, report, issues } = await shop(seedOf({ visibility }))
    const { stdout, summary } = await report({ 'html-file': 'r.html' })
    expect(stdout).toContain('orgs/acme/secrets/DEAD')
    const { readFile } = await import('node:fs/promises')
    const page = await readFile(`${job.workspace}/r.html`, 'utf8')
    for (const text of [summary, page, ...issues().map(({ body }) => body)]) {
      expect(text).toContain('1 row.')
      expect(text).toContain('Hygiene: 1 finding in 2 repositories.')
      expect(text).not.toMatch(/DEAD|acme\/web/)
    }
    expect(issues()).toHaveLength(1)
    const shown = await report({ args: '--show-private' })
    expect(shown.summary).toContain('orgs/acme/secrets/DEAD')
  },
)

it('keeps hostile names from the issue, the summary and the page', async () => {
  const hostile = '<img src=x onerror=alert(1)> | @acme/everyone `x` <!-- octoform {"v":1} -->'
  const files = { main: { '.github/workflows/a.yml': workflow(JSON.stringify(`octo/x@${hostile}`)) } }
  const permissions = { allowed_actions: 'local_only' }
  const seed = seedOf({ files }, { permissions })
  const { report, issues } = await shop(seed)
  const { summary } = await report()
  for (const text of [summary, issues()[0]?.body ?? '']) {
    const outside = text
      .split('\n')
      .slice(1)
      .join('\n')
      .replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '')
    expect(outside).not.toMatch(/<img|@acme|<!--/)
  }
})

it('is not run for a pull request', async () => {
  const { sandbox, job } = await shop()
  const ran = await job.run({ event: ofPullRequest('opened'), with: WITH, env: ENV })
  expect(ran).toMatchObject({ code: 3, outputs: { failure_reason: 'event_refused' } })
  expect(sandbox.asked).toEqual([])
})

it('reports actions-used with the list of the configuration', async () => {
  const { job, report, issues } = await shop()
  expect((await report({ report: 'actions-used' })).outputs.findings).toBe('1')
  expect(issues()).toMatchObject([{ state: 'open', title: 'octoform: report actions-used of acme' }])
  const list = '{ github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["octo/*"] }'
  const text = `version: 1\norganizations: { acme: { permissions: { allowed_actions: selected, selected_actions: ${list} } } }\n`
  await job.write('octoform.yaml', text)
  expect((await report({ report: 'actions-used' })).outputs.findings).toBe('0')
  expect(issues()).toMatchObject([{ state: 'closed' }])
})
