import { execFileSync } from 'node:child_process'
import { CommanderError } from '@commander-js/extra-typings'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/commands/program.ts'
import { withHiding } from '../../src/run/io.ts'
import { workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { sourceHints } from '../support/source-hints.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const names = Array.from({ length: 12 }, (_, index) => `S${index}`)
const SEED = {
  organizations: {
    acme: {
      repositories: { web: {}, site: { visibility: 'public' } },
      secrets: Object.fromEntries(names.map((name) => [name, { visibility: 'all', value: 'x' }])),
    },
  },
}
const absent = names.map((name) => `${name}: absent`).join(', ')
const DELETES = `version: 1\norganizations: { acme: { secrets: { ${absent} } } }\n`
const UNKNOWN = 'version: 1\norganizations: { acme: { secrets: { S1: { visibility: all, value: { env: A } } } } }\n'
const FILES = { 'octoform.yaml': DELETES, 'my orgs/acme.yaml': DELETES, 'unknown.yaml': UNKNOWN }

/** Commands in a text: up to a backtick, the end of a line or of a sentence. */
function commandsIn(text: string): string[] {
  const commands = 'validate|plan|apply|drift|show|import|init|doctor|seal|ledger adopt|ledger key|sandbox'
  const found = text.matchAll(new RegExp(`octoform (?:${commands})\\b(?:'[^']*'|[^\`'\\n])*`, 'g'))
  return [...found].map(([command]) =>
    command.replace(/ (applies it|prints it|makes one|seals|signs).*$/s, '').replace(/ > .*$/, ''),
  )
}

/** The words that a shell makes of it. */
function shellSplit(line: string): string[] {
  return execFileSync('sh', [
    '-c',
    `for word in "$@"; do printf '%s\\0' "$word"; done; set -f; eval "set -- $0"; printf '%s\\0' "$@"`,
    line,
  ])
    .toString()
    .split('\0')
    .slice(0, -1)
}

/** Parses as the program does, and runs nothing. */
async function parsed(args: readonly string[], cwd: string): Promise<string> {
  const { world, printed } = printingWorld({ env: {}, cwd })
  const program = createProgram(withHiding(world), args, () => undefined)
  for (const command of program.commands)
    for (const each of [command, ...command.commands]) each.action(() => undefined)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return ''
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return ''
    return `${printed().stderr}${String(error)}`
  }
}

let sandbox: WatchedSandbox

it.each<[readonly string[], readonly string[]]>([
  [['plan'], ['apply', '--allow', 'deletions=12']],
  [['drift'], ['apply', '--allow', 'deletions=12']],
  [
    ['plan', '--config', 'my orgs'],
    ['apply', '--config', 'my orgs', '--allow', 'deletions=12'],
  ],
  [
    ['plan', '--out', 'a plan.json'],
    ['apply', '--allow', 'deletions=12', 'a plan.json'],
  ],
  [
    ['plan', '--target', 'orgs/acme/**', '--owner', 'acme', '--allow', 'public', '--protect', 'repos/**'],
    [
      ...['apply', '--owner', 'acme', '--target', 'orgs/acme/**', '--protect', 'repos/**', '--allow', 'public'],
      ...['--allow', 'deletions=12'],
    ],
  ],
  [
    ['apply', '--auto-approve', '--config', 'my orgs', 'saved.json'],
    ['apply', '--config', 'my orgs', '--auto-approve', '--allow', 'deletions=12', 'saved.json'],
  ],
  [
    ['show', 'saved.json'],
    ['apply', '--target', 'orgs/acme/**', '--allow', 'deletions=12', 'saved.json'],
  ],
])('%j prints how to go past a guard, as a shell takes it', async (args, expected) => {
  sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, FILES)
  const save = args[0] === 'show' ? ['--target', 'orgs/acme/**'] : []
  if (args.includes('saved.json')) expect((await place.run(['plan', '--out', 'saved.json', ...save])).code).toBe(0)
  const { stdout, stderr } = await place.run(args)
  const [, hint = ''] = /To go past it: (.*)/.exec(stdout + stderr) ?? []
  expect(shellSplit(hint)).toEqual(['octoform', ...expected])
  expect(await parsed(expected, place.folder)).toBe('')
  const done = await place.run([
    ...shellSplit(hint).slice(1),
    ...(expected.includes('--auto-approve') ? [] : ['--auto-approve']),
  ])
  // The pasted line holds the limiting flags: the run does what was shown.
  expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('12 deleted') })
})

it('every command that is printed parses', async () => {
  sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, FILES, { A: 'planted' })
  const empty = await workplace(sandbox, {
    'none.yaml': 'version: 1\n',
    'quiet.yaml': 'version: 1\norganizations: { acme: {} }\n',
  })
  const texts: string[] = []
  const ran = async (at: typeof place, args: readonly string[]): Promise<void> => {
    const { stdout, stderr } = await at.run(args)
    texts.push(stdout + stderr)
  }
  await ran(place, ['plan', 'my orgs'])
  await ran(place, ['plan', '--target', 'orgs/acme/secrets/S1', 'repos/**'])
  await ran(place, ['plan', '-out=p.json'])
  await ran(place, ['show', 'octoform.yaml'])
  await ran(place, ['show', 'my orgs'])
  await ran(place, ['import', 'acme/*'])
  await ran(place, ['plan', 'a', 'b'])
  await ran(place, ['plan', '--config', 'unknown.yaml'])
  await ran(place, ['plan', '--target', 'orgs/acme/**', '--out', 'p.json'])
  await ran(place, ['plan', 'p.json'])
  await ran(place, ['apply', '--auto-approve', 'p.json'])
  await ran(empty, ['plan'])
  await ran(empty, ['plan', '--config', 'none.yaml'])
  await ran(empty, ['plan', '--config', 'quiet.yaml'])
  await ran(empty, ['init', '--owner', 'acme'])
  texts.push(await empty.read('orgs/acme.yaml'))
  const commands = new Set(texts.flatMap(commandsIn))
  expect(commands.size).toBeGreaterThan(12)
  for (const command of commands) {
    const [, ...args] = shellSplit(command.replace(/[.:,]$/, ''))
    expect(await parsed(args, place.folder), command).toBe('')
  }
  const flags = [
    ...new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/(?:made with|left out by) (--\w.*?)(?: \(|, add|\.?\n)/g)].map(([, given]) => given ?? ''),
      ),
    ),
  ]
  expect(flags).toContain("--target 'orgs/acme/**'")
})

const SECRET = 'orgs/acme/secrets/S'

/**
 * Every command line that a text of `src/` names, with a person's version of it: as written, or with its placeholders
 * filled in. `name`: a heading or the name of a workflow or check run, and no command line.
 */
const WRITTEN: Readonly<Record<string, string | 'name'>> = {
  'commands/completion-scripts.ts: octoform complete': 'name',
  'commands/completion-scripts.ts: octoform completion': 'name',
  'commands/terraform-habits.ts: octoform --version': 'octoform --version',
  'commands/terraform-habits.ts: octoform apply': 'octoform apply',
  'commands/terraform-habits.ts: octoform apply --rotate orgs/NAME/secrets/NAME':
    'octoform apply --rotate orgs/acme/secrets/S',
  'commands/terraform-habits.ts: octoform doctor': 'octoform doctor',
  'commands/terraform-habits.ts: octoform drift': 'octoform drift',
  'commands/terraform-habits.ts: octoform import orgs/NAME': 'octoform import orgs/acme',
  'commands/terraform-habits.ts: octoform plan': 'octoform plan',
  'commands/terraform-habits.ts: octoform plan --config FILE': 'octoform plan --config other.yaml',
  'commands/terraform-habits.ts: octoform plan --json': 'octoform plan --json',
  'commands/terraform-habits.ts: octoform validate': 'octoform validate',
  'cleanup/cleanup-html.ts: octoform cleanup': 'name',
  'cleanup/cleanup-plan.ts: octoform cleanup': 'name',
  'cleanup/cleanup-text.ts: octoform cleanup': 'name',
  'commands/cleanup.ts: octoform cleanup': 'name',
  'commands/cleanup.ts: octoform cleanup {flags.out}': 'octoform cleanup c.json',
  'config/expressions.ts: octoform runs': 'name',
  'operations/runs.ts: octoform runs': 'name',
  'survey/access-of-reading.ts: octoform report access': 'name',
  'survey/hygiene-of-reading.ts: octoform report hygiene': 'name',
  'survey/access.ts: octoform report access': 'name',
  'survey/hygiene.ts: octoform report hygiene': 'name',
  'survey/actions-used.ts: octoform report actions-used': 'name',
  'survey/saved-reading.ts: octoform cleanup': 'name',
  'survey/saved-reading.ts: octoform report … --save FILE': 'name',
  'commands/import.ts: octoform init --owner NAME': 'octoform init --owner acme',
  'init/checklist.ts: octoform doctor': 'octoform doctor',
  'init/checklist.ts: octoform plan': 'octoform plan',
  'run/load.ts: octoform init --owner NAME --import': 'octoform init --owner acme --import',
  'apply/missing-values.ts: octoform seal': `octoform seal ${SECRET}`,
  'run/secret-facts.ts: octoform seal': `octoform seal ${SECRET}`,
  'config/check.ts: octoform seal': `octoform seal ${SECRET}`,
  'config/idle.ts: octoform import {scope}': 'octoform import repos/acme/web',
  'config/idle.ts: octoform import orgs/NAME': 'octoform import orgs/acme',
  'config/idle.ts: octoform init --owner NAME': 'octoform init --owner acme',
  'core/plan-hidden-member.ts: octoform ledger adopt {address}': 'octoform ledger adopt orgs/acme/runner_groups/gpu=42',
  'engine/hidden-refusal.ts: octoform ledger adopt {address}': 'octoform ledger adopt orgs/acme/runner_groups/gpu=42',
  'engine/hidden-refusal.ts: octoform ledger forget {address}': 'octoform ledger forget orgs/acme/runner_groups/gpu',
  'init/starter.ts: octoform import orgs/{owner} --only permissions': 'octoform import orgs/acme --only permissions',
  'init/starter.ts: octoform import {address}': 'octoform import enterprises/acme-inc',
  'init/starter.ts: octoform plan --owner {address}': 'octoform plan --owner enterprises/acme-inc',
  'init/workflows.ts: octoform apply': 'name',
  'init/workflows.ts: octoform drift': 'name',
  'init/workflows.ts: octoform plan': 'name',
  'render/apply-report.ts: octoform apply': 'name',
  'render/comment-headline.ts: octoform plan': 'name',
  'render/drift-issue.ts: octoform apply': 'octoform apply',
  'render/drift-issue.ts: octoform drift --accept': 'octoform drift --accept',
  'render/failed-apply.ts: octoform apply': 'name',
  'render/failed-run.ts: octoform plan': 'name',
  'render/html-header.ts: octoform drift': 'name',
  'render/html-header.ts: octoform plan': 'name',
  'render/ledger.ts: octoform ledger adopt': "octoform ledger adopt '**'",
  'render/ledger.ts: octoform ledger adopt GLOB': "octoform ledger adopt 'orgs/acme/secrets/*'",
  'render/ledger.ts: octoform ledger key': 'octoform ledger key',
  'review/check-run.ts: octoform plan': 'name',
  'secrets/ledger-whole.ts: octoform ledger key': 'octoform ledger key',
  'secrets/values.ts: octoform seal': `octoform seal ${SECRET}`,
}

/** Every place that makes a line of words; each quotes them, and the tests above run the results. */
const MADE = [
  'commands/gh-habits.ts: commandLine(meant)',
  'commands/habits.ts: commandLine(mended)',
  "commands/missing-word.ts: commandLine(['init', ...owners, '--import'])",
  "commands/import.ts: commandLine(['import', meant])",
  "commands/check-arguments.ts: commandLine([...command.split(' '), '--help'])",
  "commands/check-arguments.ts: commandLine(['apply', plan])",
  "commands/check-arguments.ts: commandLine(['plan', '--config', config.text, '--out', 'plan.json'])",
  "commands/check-arguments.ts: commandLine(['show', plan])",
  'commands/check-arguments.ts: commandLine(mended)',
  'core/approval-lines.ts: shellWords([`--{name}`, given])',
  "core/shell-word.ts: shellWords(['octoform', ...args])",
  'render/explain-difference.ts: shellWords([`--{name}`, value])',
  "render/past-guard.ts: commandLine(['apply', ...again.flags, ...flag.split(' '), ...plan])",
  'render/remainder.ts: shellWords([flag, value])',
  "render/view.ts: shellWords(plan.flags.rotate.flatMap((glob) => ['--rotate', glob]))",
]

describe('the tables hold every hint of the source', () => {
  const { world } = printingWorld({ env: {}, cwd: '.' })
  const program = createProgram(withHiding(world), [], () => undefined)
  const commands = program.commands.flatMap((command) => {
    const below = command.commands.map((each) => `${command.name()} ${each.name()}`)
    return below.length > 0 ? below : [command.name()]
  })

  it('none of which is missing, and none of which is gone', () => {
    const { written, made } = sourceHints(commands)
    expect([...written].sort()).toEqual(Object.keys(WRITTEN).sort())
    expect([...made].sort()).toEqual([...MADE].sort())
  })

  it.each(Object.entries(WRITTEN).filter(([, line]) => line !== 'name'))('%s parses as %s', async (hint, line) => {
    const [, ...args] = shellSplit(line)
    expect(await parsed(args, '.')).toBe('')
    // The line is the beginning of the hint, up to its first placeholder.
    const [fixed = ''] = hint.replace(/^[^:]*: /, '').split(/[A-Z{>]/)
    expect(line).toContain(fixed.trimEnd())
  })
})
