import { appendFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runAction } from '../../src/action/run-action.ts'
import { sampled } from '../support/by-night.ts'
import { actionsEnv, HEAD, pullRequest, REPOSITORY, type RunOfActions, TIP } from '../support/github-actions.ts'
import { logFaults } from '../support/harmless.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** Realistic values, each line of which contains `planted`. */
const VALUES: Readonly<Record<string, string>> = {
  PEM: `-----BEGIN PLANTED KEY-----\n${['cGxhbnRlZC1vbmU', 'cGxhbnRlZC10d28+/'].map((line) => `${line}planted${'x'.repeat(40)}`).join('\n')}\n-----END PLANTED KEY-----`,
  JSON: '{\n  "type": "planted-account",\n  "key": "planted \\"quoted\\" \\\\ back",\n  "url": "https://planted.example/?a=b&c=%20"\n}',
  PERCENT: 'planted%0A::error::planted-percent%25%0D',
  BASE64: 'cGxhbnRlZC1iYXNlNjQtdmFsdWU=planted',
  COMMAND: '::set-output name=planted::planted-command',
  LINES: 'planted-first\r\n::stop-commands::planted-second\r\n##[error]planted-third',
  MARKUP: '<script>planted("markup")</script> `planted` @planted/team ]]>',
  CONTROLS: 'planted\u001b[31m-escape\t\u202eplanted-override\u0007',
  UNICODE: 'plánted-ünïcode-🔑-planted',
  LONG: Array.from({ length: 600 }, (_, index) => `planted${index}`).join('-'),
}
const NAMES = Object.keys(VALUES)

/** Every text that holds a value, or a telling part of it, in some form. */
function formsOf(value: string): readonly string[] {
  const parts = [value, ...value.split(/\r\n|\n/).map((line) => line.trim())].filter((part) => /planted/i.test(part))
  const bytes = Buffer.from(value)
  const inside = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  const raw = parts.flatMap((part) => [
    part,
    encodeURIComponent(part),
    encodeURIComponent(part).replaceAll('%20', '+'),
    JSON.stringify(part).slice(1, -1),
    JSON.stringify(JSON.stringify(part)).slice(3, -3),
    part.replaceAll('%', '%25'),
    part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    Buffer.from(part).toString('base64'),
  ])
  return [...raw, ...inside, bytes.toString('base64url'), bytes.toString('hex')]
}

const FORMS = NAMES.map((name) => [name, formsOf(VALUES[name] ?? '')] as const)

/** The parts of the values in a text. */
function leaks(text: string): readonly string[] {
  const whole = FORMS.flatMap(([name, forms]) =>
    forms.filter((form) => text.includes(form)).map((form) => `${name}: ${form}`),
  )
  const at = text.search(/planted(?!-source)/i)
  return at === -1 ? whole : [...whole, text.slice(Math.max(0, at - 40), at + 47)]
}

const source = (name: string): string =>
  name === 'PEM' || name === 'LINES' ? `{ file: ${name}.key }` : `{ env: V_${name} }`

const YAML = `version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
organizations:
  acme:
    secrets:
${NAMES.map((name) => `      ${name}: { visibility: all, value: ${source(name)} }`).join('\n')}
    repositories:
      web: { secrets: { ${NAMES.map((name) => `${name}: { value: ${source(name)} }`).join(', ')} } }
`
const FILES = { 'octoform.yaml': YAML, 'PEM.key': `${VALUES.PEM}\n`, 'LINES.key': `${VALUES.LINES}\r\n` }

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: {},
        admin: {
          default_branch: 'main',
          branches: { main: TIP, topic: HEAD },
          pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        },
      },
    },
  },
  tokens: { owner: {}, 'token-of-an-owner': {}, 'token-of-the-workflow': { workflow: 'acme/admin' } },
}
const ON_PULL = { event: 'pull_request', payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') } }
const ON_PUSH = { event: 'push', payload: REPOSITORY }

interface SeedOfSecrets {
  readonly organizations: { readonly acme: { readonly secrets: Record<string, { readonly value: string }> } }
}

interface Place {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  readonly env: Readonly<Record<string, string>>
}

async function placeOf(event: RunOfActions | undefined): Promise<Place> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const values = Object.entries(VALUES).map(([name, value]) => [`V_${name}`, value] as const)
  const env = {
    GITHUB_TOKEN: 'token-of-the-workflow',
    ...Object.fromEntries(values),
    ...(event ? await actionsEnv(event) : {}),
  }
  return { sandbox, env, place: await workplace(sandbox, FILES, env) }
}

/** Everything that was written anywhere: requests, files beside the values, the job's summary, the branch of ledger and lock. */
async function everything({ sandbox, place, env }: Place): Promise<string> {
  const texts: string[] = []
  for (const { method, path, body } of sandbox.asked) {
    texts.push(`${method} ${path} ${JSON.stringify(body)}`)
    const { content } = (body ?? {}) as { content?: unknown }
    if (typeof content === 'string') texts.push(Buffer.from(content, 'base64').toString())
  }
  const names = await readdir(place.folder, { recursive: true, withFileTypes: true })
  for (const entry of names) {
    if (!entry.isFile() || entry.name.endsWith('.key')) continue
    texts.push(entry.name, await readFile(join(entry.parentPath, entry.name), 'utf8'))
  }
  const { GITHUB_STEP_SUMMARY: summary } = env
  if (summary !== undefined) texts.push(await readFile(summary, 'utf8').catch(() => ''))
  return texts.join('\n')
}

/** The ways in which a server may repeat a sent text. */
const ECHOES: readonly ((value: string) => object)[] = [
  (value) => ({ message: `not ${value} at all` }),
  (value) => ({ message: Buffer.from(value).toString('base64'), documentation_url: value }),
  (value) => ({
    message: 'no',
    errors: [Buffer.from(`user:${value}:x`).toString('base64'), { message: value, value }],
  }),
  (value) => ({ message: encodeURIComponent(value), errors: value }),
  (value) => ({ message: JSON.stringify({ value }), errors: [{ code: 'custom', resource: { inner: [value] } }] }),
  (value) => ({ message: `${'.'.repeat(1990)}${value}` }),
]

const PLACES = [
  ['in GitHub Actions', ON_PUSH],
  ['at a terminal', undefined],
] as const

describe.each(sampled(PLACES, 2))('values, %s', (_, event) => {
  it('stand in nothing that is printed, sent or written, but sealed', async () => {
    const all = await placeOf(event)
    const { place, sandbox } = all
    const printed: string[] = []
    for (const args of [
      ['validate'],
      ['plan', '--out', 'plan.json', '--debug'],
      ['plan', '--format', 'json'],
      ['plan', '--format', 'markdown'],
      ['plan', '--format', 'html'],
      ['apply', 'plan.json', '--auto-approve', '--report', 'report.json', '--debug'],
      ['plan', '--rotate', '**', '--out', 'again.json', '--format', 'html'],
      ['apply', '--auto-approve', '--rotate', '**', '--format', 'json', '--report', 'again-report.json'],
      ['drift', '--issue', 'acme/admin'],
      ['drift', '--accept'],
      ['plan', '--comment', 'acme/admin#7'],
      ['import', 'orgs/acme', '--out', 'imported'],
      ['import', 'repos/acme/web'],
      ['doctor'],
      ['show', 'plan.json', '--format', 'html'],
      ['ledger', 'adopt', '**'],
    ]) {
      const ran = await place.run(args)
      expect({ args, code: ran.code, stderr: ran.stderr }).toMatchObject({ args, code: 0 })
      expect(logFaults(ran)).toEqual([])
      printed.push(ran.stdout, ran.stderr)
    }
    expect(leaks(printed.join('\n'))).toEqual([])
    const written = await everything(all)
    expect(written.length).toBeGreaterThan(20_000)
    expect(written).toContain('Update ledger.json')
    expect(leaks(written)).toEqual([])
    const { body } = await sandbox.call('GET', '/_sandbox/state')
    const { secrets } = (body as SeedOfSecrets).organizations.acme
    expect(Object.fromEntries(Object.entries(secrets).map(([name, { value }]) => [name, value]))).toEqual(VALUES)
  })

  it('stand in nothing where the server repeats them', async () => {
    const all = await placeOf(event)
    for (const echo of ECHOES) {
      for (const scope of ['/orgs/acme', '/repos/acme/web']) {
        for (const name of NAMES) {
          const route = `${scope}/actions/secrets/${name}`
          const body = { documentation_url: '', ...echo(VALUES[name] ?? '') }
          await all.sandbox.fault({ method: 'PUT', route, times: 2, status: 422, body })
        }
      }
      for (const format of ['text', 'json']) {
        const args = ['apply', '--auto-approve', '--debug', '--format', format, '--report', `${format}.json`]
        const ran = await all.place.run(args)
        expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('***') })
        expect(leaks(ran.stdout + ran.stderr)).toEqual([])
        expect(logFaults(ran)).toEqual([])
        expect(leaks(await everything(all))).toEqual([])
      }
    }
  })
})

it('values are not read for a pull request, and stand in nothing that it publishes', async () => {
  const all = await placeOf(ON_PULL)
  const ran = await all.place.run(['plan', '--comment', '--out', 'plan.json', '--debug'])
  expect(ran.code).toBe(0)
  expect(leaks(ran.stdout + ran.stderr)).toEqual([])
  expect(leaks(await everything(all))).toEqual([])
  expect(all.sandbox.writes()).toContain('POST /repos/acme/admin/issues/7/comments')
})

it('the action masks them before anything else, and prints them nowhere besides', async () => {
  const all = await placeOf(ON_PUSH)
  const output = join(all.place.folder, 'output')
  await appendFile(output, '')
  for (const command of ['plan', 'apply']) {
    let log = ''
    const print = (text: string): void => {
      log += text
    }
    const code = await runAction({
      env: {
        ...all.env,
        GITHUB_API_URL: all.sandbox.url,
        OCTOFORM_TOKEN: 'token-of-an-owner',
        OCTOFORM_LEDGER_KEY: LEDGER_KEY,
        INPUT_COMMAND: command,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: all.place.folder,
      },
      cwd: all.place.folder,
      stdout: print,
      stderr: print,
      ask: undefined,
      stdin: () => Promise.resolve(new Uint8Array()),
      colour: 'plain',
      stopped: () => new Promise(() => {}),
    })
    expect(code).toBe(0)
    const lines = log.split('\n')
    const masks = lines.slice(
      0,
      lines.findIndex((line) => !line.startsWith('::add-mask::')),
    )
    expect(masks.length).toBeGreaterThan(NAMES.length)
    const masked = masks.map((line) =>
      line.slice('::add-mask::'.length).replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%'),
    )
    for (const value of Object.values(VALUES)) {
      for (const line of value.split(/\r\n|\n/))
        if (line.trim().length >= 4) expect(masked.map((each) => each.trim())).toContain(line.trim())
    }
    const rest = lines.slice(masks.length).join('\n')
    expect(leaks(rest)).toEqual([])
    expect(logFaults({ stdout: '', stderr: rest })).toEqual([])
    expect(leaks(await everything(all))).toEqual([])
  }
})
