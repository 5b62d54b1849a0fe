import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runAction } from '../../src/action/run-action.ts'
import { formatMarker, parseMarker } from '../../src/render/marker.ts'
import { commentFaults } from '../support/comment-faults.ts'
import { actionsEnv, HEAD, pullRequest, REPOSITORY } from '../support/github-actions.ts'
import { commandLines, logFaults, markdownFaults, terminalFaults, textsIn } from '../support/harmless.ts'
import { CANARY, hostileFiles, hostileSeed, TEXTS, yaml } from '../support/hostile-world.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const CONFIG = ['--config', 'octoform.yaml', '--config', 'teams']
const ON_PULL = { event: 'pull_request', payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') } }
const ON_PUSH = { event: 'push', payload: REPOSITORY }

/** Few enough for a report to name them all. */
const SOME: readonly (readonly string[])[] = Array.from({ length: Math.ceil(TEXTS.length / 13) }, (_, part) =>
  TEXTS.slice(part * 13, (part + 1) * 13),
)

/** The plan as the check run keeps it for apply. */
const PACKED = /<!-- octoform-plan [A-Za-z0-9+/]+={0,2} -->$/

interface Place {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  readonly env: Readonly<Record<string, string>>
  /** The bodies that were sent, by `METHOD route`. */
  sent(request: string): readonly Record<string, unknown>[]
  summary(): Promise<string>
}

async function placeOf(
  event: Parameters<typeof actionsEnv>[0],
  texts: readonly string[],
  { seed = {}, env: more = {} }: { readonly seed?: object; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Place> {
  const sandbox = await watchedSandbox({ seed: { ...hostileSeed(texts), ...seed } })
  const env: Record<string, string> = {
    GITHUB_TOKEN: 'token-of-the-workflow',
    ...(await actionsEnv(event)),
    ...more,
  }
  const place = await workplace(sandbox, hostileFiles(texts), env)
  return {
    sandbox,
    place,
    env: { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner', ...env },
    sent: (request) =>
      sandbox.asked.filter(({ method, route }) => `${method} ${route}` === request).map(({ body }) => body as never),
    summary: () => readFile(env.GITHUB_STEP_SUMMARY ?? '', 'utf8'),
  }
}

/** The first line is ours, and nothing else in the text could be taken for one. */
function expectReport(body: unknown, about: object): void {
  const text = String(body)
  const [first = ''] = text.split('\n')
  expect(parseMarker(first)).toMatchObject(about)
  const isComment = parseMarker(first)?.kind === 'plan'
  expect(isComment ? commentFaults(text) : markdownFaults(text)).toEqual([])
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
  expect(text.split(CANARY).length).toBeGreaterThan(10)
}

describe.each(SOME.map((texts, part) => [part, texts] as const))('hostile names, part %i', (_, texts) => {
  it('do nothing in a comment, a check run, annotations and a summary', async () => {
    const { place, sent, summary } = await placeOf(ON_PULL, texts)
    const ran = await place.run(['plan', '--comment', '--base', '.', ...CONFIG])
    expect(ran.code).toBe(0)
    expect(logFaults(ran)).toEqual([])
    expect(commandLines(ran.stderr).length).toBeGreaterThan(15)
    for (const line of commandLines(ran.stderr)) expect(line).toContain(CANARY)
    const [comment, ...others] = sent('POST /repos/{owner}/{repo}/issues/{issue_number}/comments')
    expect(others).toEqual([])
    expectReport(comment?.body, { kind: 'plan', owner: 'acme' })
    const [check] = sent('POST /repos/{owner}/{repo}/check-runs')
    expect(check).toMatchObject({
      name: 'octoform plan',
      conclusion: 'action_required',
      output: { title: expect.any(String) },
    })
    for (const text of textsIn(check?.output)) expect(commentFaults(text.replace(PACKED, ''))).toEqual([])
    for (const text of textsIn(check)) expect(terminalFaults(text)).toEqual([])
    // Names stand in its text alone, which is the plan.
    const { title, summary: told } = (check?.output ?? {}) as Readonly<Record<string, unknown>>
    expect(JSON.stringify({ ...check, output: { title, told } })).not.toContain(CANARY)
    expect(markdownFaults(await summary())).toEqual([])
    expect((await summary()).split(CANARY).length).toBeGreaterThan(6 * texts.length)
    expect(await summary()).toMatch(/\n\nPlan: \d+ to add, \d+ to change, \d+ to delete\.\n\n$/)
  })

  it('do nothing in an issue', async () => {
    const { place, sent, summary } = await placeOf(ON_PUSH, texts)
    const ran = await place.run(['drift', '--issue', 'acme/admin', ...CONFIG])
    expect(ran.code).toBe(2)
    expect(logFaults(ran)).toEqual([])
    const [issue] = sent('POST /repos/{owner}/{repo}/issues')
    expect(issue?.title).toBe('octoform: drift in acme')
    expectReport(issue?.body, { kind: 'drift', owner: 'acme' })
    expect(markdownFaults(await summary())).toEqual([])
  })
})

describe('hostile texts about the run', () => {
  it('do nothing in marker and origin: what --config names, and who did it', async () => {
    const { place, sent, summary } = await placeOf(ON_PULL, [])
    for (const [index, text] of TEXTS.entries()) {
      const name = `${text.replaceAll('/', '_')}.yaml`
      const server = `https://github.example.com/${text}`
      const env = {
        GITHUB_ACTOR: text,
        GITHUB_REF: `refs/heads/${text}`,
        GITHUB_RUN_ID: text,
        GITHUB_SERVER_URL: server,
      }
      await place.write(
        name,
        yaml({ version: 1, organizations: { acme: { permissions: { allowed_actions: 'all' } } } }),
      )
      const ran = await place.run(['plan', '--comment', '--config', name], { env })
      expect({ text, faults: logFaults(ran), code: ran.code }).toEqual({ text, faults: [], code: 0 })
      const comment = sent('POST /repos/{owner}/{repo}/issues/{issue_number}/comments')[index]
      const body = String(comment?.body)
      expect(parseMarker(body.split('\n')[0] ?? '')?.configuration).toBe(name)
      expect({ text, faults: commentFaults(body) }).toEqual({ text, faults: [] })
    }
    expect(markdownFaults(await summary())).toEqual([])
  })

  it('do nothing in the messages of runs that are refused', async () => {
    for (const text of TEXTS.filter((each) => /[^ -~]|::|##\[/.test(each))) {
      const branch = { repository: { full_name: text, default_branch: text } }
      const head = { ...(pullRequest(text) as object), base: { ref: text, repo: { full_name: text } } }
      for (const event of [
        { event: 'push', payload: branch, env: { GITHUB_REF: `refs/heads/${text} x` } },
        { event: text, payload: branch },
        { event: 'pull_request', payload: { ...REPOSITORY, pull_request: head } },
        {
          event: 'workflow_run',
          payload: { ...REPOSITORY, workflow_run: { event: text, head_repository: { full_name: text } } },
        },
      ]) {
        const env = { GITHUB_TOKEN: 'token-of-the-workflow', ...(await actionsEnv(event)) }
        const files = {
          'octoform.yaml': 'version: 1\norganizations: { acme: { permissions: { allowed_actions: all } } }\n',
        }
        const place = await workplace({ url: 'http://127.0.0.1:9' }, files, env)
        const elsewhere = 'pull_request' in event.payload || 'workflow_run' in event.payload
        for (const args of [['apply'], ['apply', '--branch', text], ...(elsewhere ? [['drift'], ['plan']] : [])]) {
          const ran = await place.run(args)
          expect(ran.code).toBe(args[0] === 'plan' ? 0 : 3)
          expect({ event, args, faults: logFaults(ran) }).toEqual({ event, args, faults: [] })
        }
      }
    }
  })

  it('do nothing in comments that somebody wrote before', async () => {
    const marker = { kind: 'plan', host: '127.0.0.1', owner: 'acme', configuration: 'octoform.yaml teams' } as const
    const own = (owner: string): string => formatMarker({ ...marker, owner })
    const bodies = TEXTS.flatMap((text) => [text, `${own('acme')}\n${text}`, `${text}\n${own('acme')}`, own(text)])
    const { sandbox } = await placeOf(ON_PULL, [])
    const seed = hostileSeed([]) as { organizations: { acme: { repositories: Record<string, object> } } }
    const { admin } = seed.organizations.acme.repositories
    const host = new URL(sandbox.url).host
    const comments = bodies.flatMap((body, index) => [
      { body: body.replace('127.0.0.1', host), user: index % 2 === 0 ? 'mallory' : 'github-actions' },
    ])
    const pulls = { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main', comments } }
    Object.assign(seed.organizations.acme.repositories, { admin: { ...admin, pull_requests: pulls } })
    const { place, sandbox: second } = await placeOf(ON_PULL, [], { seed })
    await place.write(
      'octoform.yaml',
      'version: 1\norganizations: { acme: { permissions: { allowed_actions: all } } }\n',
    )
    const ran = await place.run(['plan', '--comment'])
    expect(ran.code).toBe(0)
    expect(logFaults(ran)).toEqual([])
    expect(second.writes().filter((write) => !/check-runs|graphql/.test(write))).toEqual([
      'POST /repos/acme/admin/issues/7/comments',
    ])
  })
})

describe('the outputs of the action', () => {
  it('hold nothing but what they name, whatever the plan and its file are called', async () => {
    for (const texts of SOME) {
      const { place, env } = await placeOf(ON_PUSH, texts)
      const output = join(place.folder, 'output')
      await appendFile(output, '')
      const name = `${texts.slice(-3).join('').replaceAll(/[/\s]/gu, '_')}.json`
      let log = ''
      const code = await runAction({
        env: {
          ...env,
          INPUT_COMMAND: 'plan',
          INPUT_CONFIG: 'octoform.yaml teams',
          'INPUT_PLAN-FILE': name,
          GITHUB_OUTPUT: output,
          RUNNER_TEMP: place.folder,
        },
        cwd: place.folder,
        stdout: (piece) => {
          log += piece
        },
        stderr: (piece) => {
          log += piece
        },
        ask: undefined,
        stdin: () => Promise.resolve(new Uint8Array()),
        colour: 'plain',
        stopped: () => new Promise(() => {}),
      })
      expect(code).toBe(0)
      const masks = ['token-of-an-owner', 'token-of-the-workflow'].map((token) => `::add-mask::${token}\n`).join('')
      expect(log.startsWith(masks)).toBe(true)
      expect(logFaults({ stdout: '', stderr: log.slice(masks.length) })).toEqual([])
      const outputs = outputsIn(await readFile(output, 'utf8'))
      expect(Object.keys(outputs)).toEqual([
        'changes',
        'to_add',
        'to_change',
        'to_delete',
        'plan_path',
        'html_path',
        'findings',
        'plan_digest',
        'failure_reason',
      ])
      expect(outputs).toMatchObject({
        changes: 'true',
        to_delete: String(texts.length),
        plan_path: join(place.folder, name),
        html_path: '',
        findings: '',
        failure_reason: '',
      })
      expect(outputs.plan_digest).toMatch(/^[\da-f]{64}$/)
    }
  })
})

/** As the runner reads them. https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split(/\r\n|\n|\r/)
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc < 0 || (equals >= 0 && equals < heredoc)) {
      outputs[line.slice(0, equals)] = line.slice(equals + 1)
      continue
    }
    const end = lines.indexOf(line.slice(heredoc + 2))
    if (end < 0) throw new Error(`no end of ${line}`)
    outputs[line.slice(0, heredoc)] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n')
  }
  return outputs
}
