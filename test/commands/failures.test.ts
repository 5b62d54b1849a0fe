import { CommanderError } from '@commander-js/extra-typings'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/commands/program.ts'
import { RefusedRun } from '../../src/core/refused-run.ts'
import { SetupError } from '../../src/core/setup-error.ts'
import { GitHubError } from '../../src/github/errors.ts'
import { renderFailedCheck, renderFailedComment } from '../../src/render/failed-run.ts'
import { askedReport } from '../../src/report/asked-report.ts'
import { explained } from '../../src/report/explained.ts'
import { withHiding } from '../../src/run/io.ts'
import { ConfigurationError } from '../../src/run/load.ts'
import { printingWorld } from '../support/printing-world.ts'
import { FACTS } from '../support/report-plan.ts'

const SHA = 'b'.repeat(40)
const facts = { ...FACTS, commit: SHA, files: `https://github.com/acme/admin/blob/${SHA}` }
const marker = { kind: 'plan', host: 'api.github.com', owner: 'acme', configuration: 'octoform.yaml' } as const

const readAt = { kind: 'forbidden', route: 'GET /orgs/{org}', status: 403 } as const
const writtenAt = { kind: 'refused', route: 'PUT /orgs/{org}', status: 422 } as const
const problem = (line: number) => ({
  severity: 'error' as const,
  message: `wrong ${line}`,
  source: { file: './orgs/a b.yaml', line, col: 3 },
})

describe('an error is told as', () => {
  it.each<[string, unknown, { code: number; failure: string }, string]>([
    [
      'a misspelt flag',
      new CommanderError(1, 'x', 'error: unknown option --x'),
      { code: 1, failure: 'could_not_run' },
      'unknown option --x',
    ],
    ['a refusal', new RefusedRun({ code: 4, message: 'moved on' }), { code: 4, failure: 'plan_changed' }, 'moved on'],
    [
      'a refused event',
      new RefusedRun({ code: 3, message: 'not here' }),
      { code: 3, failure: 'event_refused' },
      'not here',
    ],
    [
      'a missing token',
      new SetupError('No token', { failure: 'no_credentials' }),
      { code: 1, failure: 'no_credentials' },
      'No token',
    ],
    [
      'what may not be read',
      new GitHubError('GET /orgs/a: 403', readAt),
      { code: 5, failure: 'unread' },
      'GET /orgs/a: 403',
    ],
    [
      'what GitHub refuses',
      new GitHubError('PUT /orgs/a: 422', writtenAt),
      { code: 1, failure: 'refused_by_github' },
      'PUT',
    ],
    [
      'a file',
      Object.assign(new Error('ENOENT: x'), { syscall: 'open', code: 'ENOENT', path: '/x' }),
      { code: 1, failure: 'could_not_run' },
      '/x cannot be read or written (',
    ],
    [
      'a bug',
      new TypeError('x is not a function'),
      { code: 1, failure: 'bug' },
      'this is a bug in octoform, please report it: x is not a function',
    ],
    ['what is no error', 'thrown', { code: 1, failure: 'bug' }, 'thrown'],
  ])('%s', (_, error, expected, message) => {
    const failed = explained(error)
    expect(failed).toMatchObject(expected)
    const comment = renderFailedComment(marker, failed ?? { failure: 'bug', reasons: [] }, facts)
    expect(comment).toContain(`\n\n**The plan of ${SHA} failed`)
    expect(comment).toContain(message)
  })

  it('none where somebody asks for help', () => {
    expect(explained(new CommanderError(0, 'commander.help', '(help)'))).toBeUndefined()
  })
})

describe('the errors of a configuration', () => {
  const many = Array.from({ length: 12 }, (_, index) => problem(index + 1))
  const rest = { severity: 'error' as const, message: 'and 500 more', stands_for: 500 }
  const failed = explained(new ConfigurationError([...many, rest, { severity: 'warning', message: 'odd' }]))

  it('are counted, and the first ten linked', () => {
    const text = renderFailedComment(marker, failed ?? { failure: 'bug', reasons: [] }, facts)
    expect(text).toContain('failed: the configuration has 512 errors.**')
    expect(text).toContain(
      `- [\`./orgs/a b.yaml:10:3\`](<https://github.com/acme/admin/blob/${SHA}/orgs/a%20b.yaml#L10>): \`wrong 10\``,
    )
    expect(text).not.toContain('wrong 11')
    expect(text).toContain('- … 502 more: [the job')
    expect(text).not.toContain('odd')
  })

  it('are told to whoever reads the files anyway, and what GitHub says is not', () => {
    const counts = { ...facts, audience: 'counts' } as const
    expect(renderFailedCheck(failed ?? { failure: 'bug', reasons: [] }, counts).summary).toContain('wrong 1')
    const unread = explained(new GitHubError('GET /repos/acme/hush: 403', readAt))
    const told = renderFailedCheck(unread ?? { failure: 'bug', reasons: [] }, counts)
    expect(JSON.stringify(told)).not.toContain('hush')
    expect(told.title).toBe(`The plan of ${SHA} failed: something could not be read.`)
  })

  it.each([['/etc/x.yaml'], ['../x.yaml'], ['a/../../x.yaml'], ['C:\\x.yaml']])('%s has no link', (file) => {
    const at = { ...problem(1), source: { file, line: 1, col: 1 } }
    const text = renderFailedComment(
      marker,
      explained(new ConfigurationError([at])) ?? { failure: 'bug', reasons: [] },
      facts,
    )
    expect(text).not.toContain('/blob/')
  })
})

describe('what a command line asks for is read as it is parsed', () => {
  it.each<[readonly string[]]>([
    [['plan']],
    [['plan', '--comment']],
    [['plan', '--comment', 'acme/admin#7', '--config', 'a.yaml', '--config', 'orgs']],
    [['plan', '--config=a.yaml', '--owner', 'acme,Globex', '--owner', 'other', '--comment=acme/admin#7']],
    [['plan', '--comment', '--html-file', 'x.html', '--show-private', '--format', 'json', '--allow', 'fork,public']],
    [['plan', '--html-file=x.html', '--target', 'orgs/acme/**', '--parallelism', '3', '--insecure-http']],
    [['--no-color', 'plan', '--base', 'base', '--comment']],
    [['drift', '--issue', 'acme/admin', '--owner=acme']],
    [['drift', '--issue=acme/admin', '--api-url', 'https://api.github.com']],
    [['apply', '--branch', 'main', '--expect-pull-request', '--auto-approve']],
    [['apply', '--config', 'orgs', '--branch=main', '--lock-timeout', '3m']],
    [['plan', '--comment', '--label']],
  ])('%j', async (args) => {
    const { world } = printingWorld({ env: {}, cwd: '/' })
    const program = createProgram(withHiding(world), args, () => undefined)
    const command = program.commands.find((known) => args.includes(known.name()))
    command?.action(() => undefined)
    await program.parseAsync([...args], { from: 'user' })
    const given = (command?.opts() ?? {}) as Record<string, unknown>
    const { config, owner, comment, issue, branch, htmlFile, apiUrl, allow } = given
    expect(askedReport(args)).toEqual({
      command: command?.name(),
      words: command?.args,
      config,
      owners: (owner as readonly string[] | undefined)?.map((name) => name.toLowerCase()),
      comment,
      label: given.label ?? false,
      issue,
      branch,
      expectsPull: given.expectPullRequest ?? false,
      htmlFile,
      showPrivate: given.showPrivate ?? false,
      allowsFork: ((allow ?? []) as readonly string[]).includes('fork'),
      apiUrl,
      insecureHttp: given.insecureHttp ?? false,
    })
  })
})
