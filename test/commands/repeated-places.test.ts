import { describe, expect, it } from 'vitest'
import { readIfThere } from '../action/runner.ts'
import { atNightElse } from '../support/by-night.ts'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** Such as a topic, a name of a runner and a header can hold, too. */
const VALUE = 'planted-value-of-a-secret'
const TOKEN = 'planted-token-of-an-owner'
const WORKFLOW = 'planted-token-of-the-workflow'
const KNOWN = [VALUE, TOKEN, WORKFLOW]

const spelt = (text: string, letter: (code: number) => string): string =>
  text.replace(/[^a-z]/g, (unit) => letter(unit.charCodeAt(0)))

/** The forms that a server, a proxy or a page may give it, as far as a header can hold them. */
function forms(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  return [
    value,
    bytes.toString('base64'),
    bytes.toString('hex'),
    spelt(value, (code) => `%${code.toString(16)}`),
    spelt(value, (code) => `&#${code};`),
    spelt(value, (code) => `\\u00${code.toString(16)}`),
  ]
}
const SAID = KNOWN.flatMap(forms)
/** They have no configuration that names a value, and know credentials alone. */
const WITHOUT_VALUES = ['import']

const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    runner_groups:
      gpu: { visibility: selected, repositories: [{ topic: planted-value-of-a-secre }], runners: [planted-value-of-a-secre] }
    secrets:
      PLAIN: { visibility: all, value: { env: PLAIN } }
`

const PULL = { head: { ref: 'topic', sha: TIP }, base: 'main' }
const seed = (web: object, runners: object) => ({
  product: 'ghec',
  organizations: {
    acme: {
      runners,
      runner_groups: { gpu: { visibility: 'selected', repositories: ['web'], runners: Object.keys(runners) } },
      repositories: {
        admin: { branches: { main: TIP, topic: TIP }, default_branch: 'main', pull_requests: { 7: PULL } },
        web,
      },
    },
  },
  tokens: { [TOKEN]: {}, [WORKFLOW]: { workflow: 'acme/admin' } },
})

interface Where {
  readonly web?: object
  readonly runners?: object
  readonly fault?: object
  /** The part that is printed where nothing is hidden: `nothing` for text that is never passed on. */
  readonly shown: 'itself' | 'nothing'
}

const READ = { method: 'GET', route: '/orgs/{org}/actions/permissions', times: 50 }
const page = `<html><title>${SAID.join(' ')}</title><body onload="${SAID.join(' ')}">${SAID.join('<br>')}</body></html>`
const PLACES: readonly (readonly [string, Where])[] = [
  ['the page of a proxy', { fault: { ...READ, status: 502, body: page }, shown: 'nothing' }],
  ['the page of a proxy that says 200', { fault: { ...READ, status: 200, body: page }, shown: 'nothing' }],
  ['a redirect', { fault: header('location', `/x/${SAID.join('/')}?token=${VALUE}`, 302), shown: 'itself' }],
  ['a redirect elsewhere', { fault: header('location', `https://${VALUE}.example.com/x`, 302), shown: 'itself' }],
  [
    'a header that names permissions',
    { fault: header('x-accepted-github-permissions', SAID.join(',')), shown: 'itself' },
  ],
  ['a header that names scopes', { fault: header('x-accepted-oauth-scopes', SAID.join(', ')), shown: 'nothing' }],
  ['the id of a request', { fault: header('x-github-request-id', SAID.join(' ')), shown: 'nothing' }],
  ['a time to wait', { fault: header('retry-after', VALUE, 429), shown: 'nothing' }],
  ['a topic', { web: { topics: [VALUE] }, shown: 'itself' }],
  ['the name of a runner', { runners: { [VALUE]: { os: 'linux', status: 'online' } }, shown: 'itself' }],
]

function header(name: string, text: string, status = 403, body: unknown = { message: 'No.' }): object {
  return { ...READ, status, headers: { [name]: text }, body }
}

async function begin({ web = {}, runners = {}, fault }: Where, env: Readonly<Record<string, string>>) {
  const sandbox = await watchedSandbox({ seed: seed(web, runners) })
  if (fault) await sandbox.fault(fault)
  return {
    sandbox,
    place: await workplace(
      sandbox,
      { 'octoform.yaml': YAML },
      {
        OCTOFORM_TOKEN: TOKEN,
        GITHUB_TOKEN: WORKFLOW,
        ...env,
      },
    ),
  }
}

/** All output of octoform, by its place. */
async function outputs(sandbox: WatchedSandbox, place: Workplace): Promise<Readonly<Record<string, string>>> {
  const said: Record<string, string> = {}
  const run = async (
    what: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const { stdout, stderr } = await place.run([...args, '--max-wait', '0s'], { env })
    said[what] = stdout + stderr
    const summary = env.GITHUB_STEP_SUMMARY
    if (summary !== undefined) said[`${what}: summary`] = await readIfThere(summary)
  }
  const push = () => actionsEnv({ event: 'push', payload: REPOSITORY })
  // By day, the other outputs have the same texts in each of these forms.
  for (const format of atNightElse(['text', 'json', 'markdown', 'html'], ['json'])) {
    await run(`plan --format ${format}`, ['plan', '--format', format, '--debug', '--html-file', 'plan.html'])
  }
  said['html file'] = await place.read('plan.html')
  await run('plan --out', ['plan', '--out', 'plan.json'])
  said['saved plan'] = await readIfThere(`${place.folder}/plan.json`)
  await run('plan of a push', ['plan', '--show-private'], await push())
  await run('plan --comment', ['plan', '--comment', 'acme/admin#7', '--show-private'])
  await run('drift --issue', ['drift', '--issue', 'acme/admin', '--show-private'])
  await run('import', ['import', 'orgs/acme', '--debug'])
  await run('doctor', ['doctor'])
  const flags = ['--auto-approve', '--allow', 'incomplete', '--allow', 'self', '--report', 'report.json']
  await run('apply', ['apply', ...flags, '--show-private'], await push())
  said.report = await readIfThere(`${place.folder}/report.json`)
  said.ledger = await readIfThere(`${place.folder}/.octoform/ledger.json`)
  const { admin } = (sandbox.state() as { organizations: { acme: { repositories: { admin: object } } } }).organizations
    .acme.repositories
  const { pull_requests, issues, check_runs } = admin as Readonly<Record<string, unknown>>
  said.told = JSON.stringify({ pull_requests, issues, check_runs })
  return said
}

describe.each(PLACES)('%s', (_, where) => {
  it('repeats no value of a secret and no credential in any output', async () => {
    const { sandbox, place } = await begin(where, { PLAIN: VALUE, OCTOFORM_LEDGER_KEY: LEDGER_KEY })
    const said = await outputs(sandbox, place)
    for (const [output, text] of Object.entries(said)) {
      const known = WITHOUT_VALUES.includes(output) ? [TOKEN, WORKFLOW] : KNOWN
      for (const form of known.flatMap(forms))
        expect(text.includes(form) ? `${output} holds ${form}:\n${text}` : '').toBe('')
    }
    for (const what of ['plan --format json', 'html file', 'plan of a push: summary', 'told', 'apply: summary']) {
      expect(said[what], what).not.toBe('')
    }
  })

  it('is what the message is made of', async () => {
    const { place } = await begin(where, {})
    const { stdout, stderr } = await place.run(['plan', '--max-wait', '0s'])
    expect((stdout + stderr).includes(VALUE)).toBe(where.shown === 'itself')
  })
})
