import { expect, it } from 'vitest'
import { inProcess } from '../action/in-process.ts'
import { readIfThere } from '../action/runner.ts'
import { actionsEnv, pullRequest, REPOSITORY, TIP } from '../support/github-actions.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** A value that is the name of a group, one that is the name of a repository, and one of text that every run knows. */
const ODD = 'plänted <b>&"q", c%d:e|f'
const PLAIN = 'planted-repository-value'
const TOKEN = 'token-of-the/owner+that=is%repeated'
const WORKFLOW = 'token-of-the+workflow/that=is%repeated'
const KNOWN = [ODD, PLAIN, TOKEN, LEDGER_KEY]

const hexEscaped = (text: string): string =>
  text.replace(/[^a-z ]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const htmlEscaped = (text: string): string => text.replace(/[^a-z ]/gu, (letter) => `&#${letter.codePointAt(0)};`)
const named = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** All forms in which a server may repeat it. */
function forms(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    encodeURI(value),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    htmlEscaped(value),
    named(value),
    hexEscaped(value),
  ]
}

const SAID = [...KNOWN, WORKFLOW].flatMap(forms)

function expectClean(outputs: Readonly<Record<string, string>>, values = KNOWN): void {
  for (const [output, text] of Object.entries(outputs)) {
    expect(text, `${output} is empty`).not.toBe('')
    for (const form of values.flatMap(forms)) {
      expect(text.includes(form) ? `${output} holds ${form}:\n${text}` : '').toBe('')
    }
  }
}

const YAML = `version: 1
organizations:
  acme:
    runner_groups: {}
    prune: ["runner_groups/*"]
    permissions: { allowed_actions: local_only }
    secrets:
      ODD: { visibility: all, value: { env: ODD } }
      PLAIN: { visibility: selected, repositories: ["*"], value: { env: PLAIN } }
`
const LISTED = YAML.replace('["*"]', '[web]')

const PULL = { head: { ref: 'topic', sha: TIP }, base: 'main' }
const seed = (groups: object) => ({
  product: 'ghec',
  organizations: {
    acme: {
      runner_groups: groups,
      repositories: {
        admin: { branches: { main: TIP, topic: TIP }, default_branch: 'main', pull_requests: { 7: PULL } },
        web: {},
        [PLAIN]: {},
      },
    },
  },
  tokens: { [TOKEN]: {}, [WORKFLOW]: { workflow: 'acme/admin' } },
})

async function begin(yaml = YAML) {
  const sandbox = await watchedSandbox({ seed: seed({ [ODD]: { visibility: 'all' } }) })
  const values = { ODD, PLAIN, OCTOFORM_TOKEN: TOKEN }
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, values) }
}

/** GitHub says all that it should not, in every form, in answer to reads of one kind. */
function failing(
  sandbox: WatchedSandbox,
  route = '/orgs/{org}/actions/permissions',
  method = 'GET',
  nth = 1,
): Promise<void> {
  const body = { message: `about ${SAID.join(' ; ')}`, errors: [{ field: ODD, message: named(ODD) }] }
  return sandbox.fault({ method, route, status: 422, nth, times: 20, body })
}

interface OutputFacts {
  readonly pull_requests: Readonly<Record<string, { readonly comments?: readonly { readonly body: string }[] }>>
  readonly issues?: Readonly<Record<string, { readonly title: string; readonly body: string }>>
  readonly check_runs?: readonly object[]
}

function told(sandbox: WatchedSandbox): OutputFacts {
  const state = sandbox.state() as { organizations: { acme: { repositories: { admin: OutputFacts } } } }
  return state.organizations.acme.repositories.admin
}

it.each(['text', 'json', 'markdown', 'html'])('plan --format %s, --debug and stderr', async (format) => {
  const { sandbox, place } = await begin()
  for (const fails of [false, true]) {
    if (fails) await failing(sandbox)
    const { code, stdout, stderr } = await place.run(['plan', '--format', format, '--debug'])
    expect(code).toBe(fails ? 5 : 0)
    expectClean({ stdout, stderr })
    expect(stdout).toContain('***')
  }
})

it('comment', async () => {
  const { sandbox, place } = await begin()
  await failing(sandbox)
  await place.run(['plan', '--comment', 'acme/admin#7', '--show-private'])
  const { comments = [] } = told(sandbox).pull_requests[7] ?? {}
  // A name may stand there in pieces, which a narrow column can break.
  expectClean({ comment: comments.map(({ body }) => body.replaceAll('`<wbr>`', '')).join('\n') })
  expect(comments[0]?.body).toContain('***')
})

it('html file', async () => {
  const { place } = await begin()
  await place.run(['plan', '--html-file', 'plan.html'])
  expectClean({ html: await place.read('plan.html') })
})

it('job summary, annotations and log of a push', async () => {
  const { sandbox, place } = await begin(LISTED)
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  await failing(sandbox)
  const planned = await place.run(['plan', '--show-private'], { env })
  expectClean({
    stdout: planned.stdout,
    stderr: planned.stderr,
    summary: await readIfThere(env.GITHUB_STEP_SUMMARY ?? ''),
  })
  expect(planned.stdout).toContain('***')
})

it('the report, the ledger and the job summary of an apply that failed in part', async () => {
  const { sandbox, place } = await begin(LISTED)
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  const flags = [
    '--auto-approve',
    '--allow',
    'incomplete',
    '--allow',
    'self',
    '--report',
    'report.json',
    '--show-private',
  ]
  await failing(sandbox, '/orgs/{org}/actions/secrets/{secret_name}', 'PUT', 2)
  const { stdout, stderr, code } = await place.run(['apply', ...flags], { env })
  expect(code).toBe(1)
  const [report, ledger] = [await place.read('report.json'), await place.read('.octoform/ledger.json')]
  expectClean({ stdout, stderr, report, ledger, summary: await readIfThere(env.GITHUB_STEP_SUMMARY ?? '') })
  expect(report).toContain('***')
})

it('issue about drift, and one about what could not be compared', async () => {
  const { sandbox, place } = await begin()
  await place.run(['drift', '--issue', 'acme/admin', '--show-private'])
  await failing(sandbox)
  await place.run(['drift', '--issue', 'acme/admin', '--show-private'])
  const issues = Object.values(told(sandbox).issues ?? {})
  expect(issues).toHaveLength(2)
  expectClean({ issues: issues.map(({ title, body }) => `${title}\n${body}`).join('\n') })
  expect(issues.every(({ body }) => body.includes('***'))).toBe(true)
})

// On a pull request neither a value nor the ledger key is read, so that nothing is known of them; the tokens of the job are.
it('check run, comment, outputs, annotations and saved plan of the action on a pull request', async () => {
  const yaml = YAML
  const sandbox = await watchedSandbox({ seed: seed({ [TOKEN]: {}, [WORKFLOW]: {} }) })
  const job = await inProcess(sandbox, { 'octoform.yaml': yaml })
  const payload = { ...REPOSITORY, pull_request: pullRequest('acme/admin', TIP) }
  const env = { OCTOFORM_TOKEN: TOKEN, GITHUB_TOKEN: WORKFLOW, OCTOFORM_LEDGER_KEY: LEDGER_KEY }
  for (const fails of [false, true]) {
    if (fails) await failing(sandbox)
    const event = { event: 'pull_request', payload, env: { GITHUB_REF: 'refs/pull/7/merge' } }
    const ran = await job.run({ event, env, with: { command: 'plan', comment: 'true', args: '--show-private' } })
    const { comments = [] } = told(sandbox).pull_requests[7] ?? {}
    const [, log = ''] = /((?:^(?!::add-mask::).*$\n?)+)/m.exec(ran.stdout) ?? []
    const outputs = JSON.stringify(ran.outputs)
    const comment = comments.map(({ body }) => body.replaceAll('`<wbr>`', '')).join('\n')
    const checks = JSON.stringify(told(sandbox).check_runs)
    expectClean({ log, stderr: ran.stderr, summary: ran.summary, outputs, comment, checks }, [TOKEN, WORKFLOW])
    if (!fails) expect(comment).toContain('***')
  }
})

it('saved plan: of what nobody compares, values are taken out', async () => {
  const { sandbox, place } = await begin(LISTED.replace('    prune: ["runner_groups/*"]\n', ''))
  await failing(sandbox)
  expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 5 })
  const saved = await place.read('plan.json')
  expectClean({ saved })
  expect(saved).toContain('***')
})

it('saved plan: not written where what is compared holds one, and apply does without', async () => {
  const { place } = await begin()
  const { code, stderr } = await place.run(['plan', '--out', 'plan.json'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^plan\.json was not written: a name/m) })
  await expect(place.read('plan.json')).rejects.toThrow('ENOENT')
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
})

it('saved plan: a value that the YAML or GitHub’s vocabulary says anyway keeps it from nothing', async () => {
  const { place } = await begin(LISTED.replace('    prune: ["runner_groups/*"]\n', ''))
  const env = { ODD: 'acme', PLAIN: 'selected' }
  expect(await place.run(['plan', '--out', 'plan.json'], { env })).toMatchObject({ code: 0 })
  expect(await place.run(['apply', 'plan.json', '--auto-approve'], { env })).toMatchObject({ code: 0 })
})
