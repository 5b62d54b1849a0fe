import { describe, expect, it } from 'vitest'
import { listed, listedGlobs, repeated } from '../../src/commands/repeated.ts'
import { commandLine } from '../../src/core/shell-word.ts'
import { workplace } from '../support/octoform.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }
const YAML = 'version: 1\norganizations: { acme: {} }\n'

const FILES = {
  'octoform.yaml': YAML,
  'orgs/acme.yaml': YAML,
  'more.json': '{ "version": 1, "organizations": {} }',
  'saved.txt': '{ "format_version": "1.0", "changes": [] }',
}

/** The output of a command line: one line, and the command to paste where there is one. */
async function said(args: readonly string[]): Promise<string> {
  const place = await workplace(NOWHERE, FILES)
  const { code, stdout, stderr } = await place.run(args)
  expect({ code, stdout }, args.join(' ')).toEqual({ code: 1, stdout: '' })
  return stderr.trimEnd()
}

const PLAN = 'octoform apply p.json applies it, octoform show p.json prints it.'

describe('a word that a command does not take', () => {
  it.each([
    [['plan', 'orgs'], 'orgs is a folder: write --config orgs, so', 'plan --config orgs'],
    [
      ['plan', 'octoform.yaml'],
      'octoform.yaml is a configuration: write --config octoform.yaml, so',
      'plan --config octoform.yaml',
    ],
    [['plan', 'more.json'], 'more.json is a configuration: write --config more.json, so', 'plan --config more.json'],
    [['validate', 'x.yaml'], 'x.yaml is a configuration: write --config x.yaml, so', 'validate --config x.yaml'],
    [['drift', 'X.YML'], 'X.YML is a configuration: write --config X.YML, so', 'drift --config X.YML'],
    [['doctor', 'orgs'], 'orgs is a folder: write --config orgs, so', 'doctor --config orgs'],
    [
      ['apply', 'octoform.yaml'],
      'octoform.yaml is a configuration: write --config octoform.yaml, so',
      'apply --config octoform.yaml',
    ],
    [['apply', 'orgs', 'p.json'], 'orgs is a folder: write --config orgs, so', 'apply --config orgs p.json'],
    [['ledger', 'adopt', '**', 'orgs'], 'orgs is a folder: write --config orgs, so', "ledger adopt '**' --config orgs"],
    [['ledger', 'key', 'orgs'], 'orgs is a folder: write --config orgs, so', 'ledger key --config orgs'],
    [
      ['plan', '--config', 'octoform.yaml', 'orgs'],
      '--config takes one word, and is repeated: write --config orgs, so',
      'plan --config octoform.yaml --config orgs',
    ],
    [
      ['plan', '--owner', 'acme', 'beta', 'gamma', '--debug'],
      '--owner takes one word, and is repeated: write --owner beta, so',
      'plan --owner acme --owner beta --owner gamma --debug',
    ],
    [
      ['apply', '--owner=acme', 'beta', 'p.json'],
      '--owner takes one word, and is repeated: write --owner beta, so',
      'apply --owner=acme --owner beta p.json',
    ],
    [
      ['apply', '--allow', 'deletions=18', 'public'],
      '--allow takes one word, and is repeated: write --allow public, so',
      'apply --allow deletions=18 --allow public',
    ],
    [
      ['plan', '--target', 'orgs/acme/*', 'repos/**'],
      '--target takes one word, and is repeated: write --target repos/**, so',
      "plan --target 'orgs/acme/*' --target 'repos/**'",
    ],
    [
      ['apply', '--accept', 'acme/web=7', 'acme=5'],
      '--accept takes one word, and is repeated: write --accept acme=5, so',
      'apply --accept acme/web=7 --accept acme=5',
    ],
    [
      ['import', '--only', 'secrets', 'permissions', 'orgs/acme'],
      '--only takes one word, and is repeated: write --only permissions, so',
      'import --only secrets --only permissions orgs/acme',
    ],
    [
      ['init', '--owner', 'acme', 'beta'],
      '--owner takes one word, and is repeated: write --owner beta, so',
      'init --owner acme --owner beta',
    ],
  ])('%j is told the flag that it lacks', async (args, why, command) => {
    expect(await said(args)).toBe(`error: ${why}\n  octoform ${command}`)
  })

  it.each(['plan', 'drift', 'validate', 'doctor', 'ledger key'])(
    '%s is told that it takes no saved plan',
    async (command) => {
      expect(await said([...command.split(' '), 'p.json'])).toBe(
        `error: p.json is a saved plan, and ${command} takes none: ${PLAN}`,
      )
      expect(await said([...command.split(' '), 'saved.txt'])).toContain('octoform apply saved.txt applies it')
    },
  )

  it.each([
    [
      ['show', 'octoform.yaml'],
      'octoform.yaml is a configuration, no saved plan: octoform plan --config octoform.yaml --out plan.json makes one.',
    ],
    [['show', 'orgs'], 'orgs is a folder, no saved plan: octoform plan --config orgs --out plan.json makes one.'],
    [['show', 'a.json', 'b.json'], 'too many words for show: b.json. Its flags: octoform show --help'],
    [['apply', 'a.json', 'b.json'], 'too many words for apply: b.json. Its flags: octoform apply --help'],
    [['plan', 'foo', 'bar'], 'too many words for plan: foo bar. Its flags: octoform plan --help'],
    [['seal', 'orgs/acme/secrets/A', 'orgs'], 'too many words for seal: orgs. Its flags: octoform seal --help'],
    [['import', 'orgs/acme', 'orgs'], 'too many words for import: orgs. Its flags: octoform import --help'],
    [['sandbox', 'seed.yaml'], 'too many words for sandbox: seed.yaml. Its flags: octoform sandbox --help'],
  ])('%j is told what there is instead', async (args, message) => {
    expect(await said(args)).toBe(`error: ${message}`)
  })
})

describe('a flag of another program', () => {
  it.each([
    [['plan', '-out=x.json'], 'plan --out x.json'],
    [['plan', '-out', 'x.json', '-target=orgs/acme/**'], "plan --out x.json --target 'orgs/acme/**'"],
    [['plan', '-detailed-exitcode'], 'plan --detailed-exitcode'],
    [['plan', '-json'], 'plan --json'],
    [['plan', '-f', 'x.yaml'], 'plan --config x.yaml'],
    [['plan', '--output=x'], 'plan --out x'],
    [['plan', '-v'], 'plan --verbose'],
    [['plan', '--org', 'acme'], 'plan --owner acme'],
    [['show', 'p.json', '-json'], 'show p.json --json'],
    [['apply', '--yes'], 'apply --auto-approve'],
    [['apply', '-y', 'p.json'], 'apply --auto-approve p.json'],
    [['apply', '-auto-approve', '-parallelism=3'], 'apply --auto-approve --parallelism 3'],
  ])('%j is told what it is called here', async (args, command) => {
    expect(await said(args)).toBe(
      `error: unknown option '${args.find((arg) => arg.startsWith('-'))}'\nWrite: octoform ${command}`,
    )
  })

  it.each([['-variable'], ['-x'], ['--yes']])('plan %s, which it has nothing for, is told no more', async (flag) => {
    expect(await said(['plan', flag])).toBe(`error: unknown option '${flag}'`)
  })

  it.each([
    ['acme', 'orgs/acme'],
    ['acme/web', 'repos/acme/web'],
    ['acme/*', "'repos/acme/*'"],
  ])('import %s is told the address', async (word, address) => {
    expect(await said(['import', word])).toBe(
      `error: ${word} is not an address: write orgs/NAME, repos/OWNER/NAME, repos/OWNER/*, or an address below one. If it is meant: octoform import ${address}`,
    )
  })
})

describe('a flag that is repeated', () => {
  it.each([
    ['a path', repeated, 'a,b.yaml', ['a,b.yaml']],
    ['names', listed, 'acme,other', ['acme', 'other']],
    ['guards', listed, 'deletions=1, public', ['deletions=1', 'public']],
    ['nothing', listed, '', ['']],
    ['one glob', listedGlobs, 'orgs/acme/runner_groups/a,b', ['orgs/acme/runner_groups/a,b']],
    [
      'globs',
      listedGlobs,
      'orgs/a/secrets/*,repos/**, **/permissions',
      ['orgs/a/secrets/*', 'repos/**', '**/permissions'],
    ],
    ['sources', listedGlobs, 'env:A,env:B,orgs/a/**', ['env:A', 'env:B', 'orgs/a/**']],
    ['a source in a file', listedGlobs, 'env:A,file:x,env:y.key', ['env:A', 'file:x,env:y.key']],
  ])('%s: a comma ends a word where it can be no part of one', (_, collect, word, words) => {
    expect(collect(word, undefined)).toEqual(words)
    expect(collect(word, ['first'])).toEqual(['first', ...words])
  })
})

it.each([
  [['plan', '--target', 'orgs/acme/secrets/*'], "octoform plan --target 'orgs/acme/secrets/*'"],
  [['show', "it's.json"], "octoform show 'it'\\''s.json'"],
  [['show', ''], "octoform show ''"],
])('%j is printed as a shell takes it', (args, line) => {
  expect(commandLine(args)).toBe(line)
})
