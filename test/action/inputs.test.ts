import { describe, expect, it } from 'vitest'
import { argsOf } from '../../src/action/inputs.ts'
import { formatOutputs, outputsOf } from '../../src/action/outputs.ts'
import { splitWords } from '../../src/action/split-words.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

describe('the words of an input', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['  \n ', []],
    ['octoform.yaml', ['octoform.yaml']],
    ['a b\n c\t d ', ['a', 'b', 'c', 'd']],
    [`--target "orgs/a b/*" 'x'y`, ['--target', 'orgs/a b/*', 'xy']],
    [`"it's" '"'`, ["it's", '"']],
    [`'' ""`, ['', '']],
    ['$HOME `id` $(id) \\n', ['$HOME', '`id`', '$(id)', '\\n']],
  ])('%j', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it('refuses a quote that is not closed', () => {
    expect(() => splitWords('a "b')).toThrow('not closed')
  })
})

describe('the inputs', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      'plan',
      { COMMAND: 'plan', CONFIG: 'octoform.yaml orgs' },
      ['plan', '--config', 'octoform.yaml', '--config', 'orgs', '--out', '/tmp/r/octoform-plan.json'],
    ],
    [
      'plan with a comment',
      { COMMAND: 'plan', COMMENT: 'true', 'PLAN-FILE': 'p.json', ARGS: '--base b' },
      ['plan', '--out', 'p.json', '--comment', '--base', 'b'],
    ],
    [
      'plan that comments on changes alone, and labels',
      { COMMAND: 'plan', COMMENT: 'changes', LABEL: 'true', 'PLAN-FILE': 'p.json' },
      ['plan', '--out', 'p.json', '--comment', '--only-changes', '--label'],
    ],
    [
      'apply asks nobody',
      { COMMAND: 'apply', 'EXPECT-DIGEST': 'd1', ALLOW: 'self deletions=12' },
      ['apply', '--allow', 'self', '--allow', 'deletions=12', '--expect-digest', 'd1', '--auto-approve'],
    ],
    [
      'apply of a saved plan',
      { COMMAND: 'apply', 'PLAN-FILE': 'p.json', COMMENT: 'false' },
      ['apply', 'p.json', '--auto-approve'],
    ],
    [
      'drift',
      { COMMAND: 'drift', ISSUE: 'acme/admin', OWNER: 'acme  other' },
      ['drift', '--owner', 'acme', '--owner', 'other', '--issue', 'acme/admin'],
    ],
    ['validate', { COMMAND: ' validate ' }, ['validate']],
    [
      'cleanup asks nobody',
      { COMMAND: 'cleanup', ALLOW: 'cleanup=5000' },
      ['cleanup', '--allow', 'cleanup=5000', '--auto-approve'],
    ],
    ['cleanup of a saved plan', { COMMAND: 'cleanup', 'PLAN-FILE': 'c.json' }, ['cleanup', 'c.json', '--auto-approve']],
    [
      'report',
      {
        COMMAND: 'report',
        REPORT: 'hygiene',
        SCOPE: 'orgs/acme acme/web',
        CONFIG: 'octoform.yaml',
        ISSUE: 'acme/admin',
      },
      ['report', 'hygiene', 'orgs/acme', 'acme/web', '--issue', 'acme/admin'],
    ],
    [
      'report with a list',
      { COMMAND: 'report', REPORT: 'actions-used', SCOPE: 'acme/*', CONFIG: 'orgs', ARGS: '--save r.json' },
      ['report', 'actions-used', 'acme/*', '--config', 'orgs', '--save', 'r.json'],
    ],
    ['a page', { COMMAND: 'drift', 'HTML-FILE': '-d.html' }, ['drift', '--html-file=-d.html']],
    [
      'a rotation, of which no word becomes a flag',
      { COMMAND: 'apply', ROTATE: 'env:NPM_TOKEN  --allow fork', TARGET: 'orgs/acme/**' },
      [
        'apply',
        '--rotate=env:NPM_TOKEN',
        '--rotate=--allow',
        '--rotate=fork',
        '--target=orgs/acme/**',
        '--auto-approve',
      ],
    ],
  ])('%s', (_, inputs, args) => {
    const env = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value]))
    expect(argsOf({ ...env, RUNNER_TEMP: '/tmp/r' })).toEqual(args)
  })

  it.each<[string, Record<string, string>, string]>([
    // Such as the output of a job that failed, or whose name is misspelt.
    ['an empty digest', { INPUT_COMMAND: 'apply', 'INPUT_EXPECT-DIGEST': ' ' }, '`expect-digest` is empty'],
    ['an empty saved plan', { INPUT_COMMAND: 'apply', 'INPUT_PLAN-FILE': '' }, '`plan-file` is empty'],
    ['no command', {}, 'command'],
    ['a command that the action does not have', { INPUT_COMMAND: 'sandbox' }, 'plan, apply, drift, validate'],
    ['a comment of an apply', { INPUT_COMMAND: 'apply', INPUT_COMMENT: 'true' }, '`comment` goes with plan'],
    ['an issue of a plan', { INPUT_COMMAND: 'plan', INPUT_ISSUE: 'a/b' }, '`issue` goes with drift'],
    ['a digest for a plan', { INPUT_COMMAND: 'plan', 'INPUT_EXPECT-DIGEST': 'd' }, '`expect-digest` goes with apply'],
    ['a page of an apply', { INPUT_COMMAND: 'apply', 'INPUT_HTML-FILE': 'p.html' }, 'goes with plan and drift'],
    ['a comment that is neither', { INPUT_COMMAND: 'plan', INPUT_COMMENT: 'yes' }, 'true, changes or false'],
  ])('refuses %s', (_, env, message) => {
    expect(() => argsOf(env)).toThrow(message)
  })

  it.each(['plan', 'apply', 'drift', 'validate'])('%s goes without anything of a review', (command) => {
    const args = argsOf({ INPUT_COMMAND: command, 'INPUT_EXPECT-DIGEST': 'none', 'INPUT_PLAN-FILE': 'none' })
    expect(args).not.toContain('--expect-digest')
    expect(args).not.toContain('none')
  })
})

describe('the outputs', () => {
  it('are those of the plan', () => {
    const plan = buildPlan([
      buildChange('orgs/acme/secrets/A', null, {}),
      buildChange('orgs/acme/secrets/B', {}, {}),
      buildChange('orgs/acme/secrets/C', {}, null),
      buildChange('orgs/acme/secrets/D', {}, null),
    ])
    expect(outputsOf({ plan, saved: '/tmp/p.json', html: '/tmp/p.html', failure: 'plan_changed' })).toEqual({
      changes: 'true',
      to_add: '1',
      to_change: '1',
      to_delete: '2',
      plan_path: '/tmp/p.json',
      html_path: '/tmp/p.html',
      findings: '',
      plan_digest: 'd1ge57',
      failure_reason: 'plan_changed',
    })
    expect(outputsOf({ plan: buildPlan([]) })).toMatchObject({
      changes: 'false',
      to_add: '0',
      plan_path: '',
    })
    expect(outputsOf({})).toMatchObject({ changes: '', to_add: '' })
  })

  it('cannot be ended by what stands in them', () => {
    const evil = 'x\nplan_digest<<octoform\nforged\noctoform\n'
    const text = formatOutputs({ plan_path: evil, changes: 'false' })
    const parsed = new Map<string, string>()
    const lines = text.split('\n')
    while (lines.length > 1) {
      const [, name = '', delimiter = ''] = /^(\w+)<<(.+)$/.exec(lines.shift() ?? '') ?? []
      const end = lines.indexOf(delimiter)
      parsed.set(
        name,
        lines
          .splice(0, end + 1)
          .slice(0, -1)
          .join('\n'),
      )
    }
    expect(Object.fromEntries(parsed)).toEqual({ plan_path: evil, changes: 'false' })
  })
})
