import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLI } from '../support/cli.ts'
import { type Workplace, workplace } from '../support/octoform.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }
const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets:
      NPM_TOKEN: { visibility: all, value: { env: NPM } }
      PYPI_TOKEN: absent
    runner_groups: { gpu: { visibility: all } }
    repository_sets: [{ match: { topic: java }, permissions: { enabled: true } }]
repositories:
  acme/web: { permissions: { enabled: true }, environments: { prod: { secrets: { KEY: { value: { env: K } } } } } }
`

async function complete(place: Workplace, ...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await place.run(['complete', '--', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.split('\n').slice(0, -1)
}

const values = async (place: Workplace, ...words: readonly string[]): Promise<readonly string[]> =>
  (await complete(place, ...words)).map((line) => line.split('\t')[0] ?? '')

describe('completion', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['commands', ['pl'], ['plan']],
    ['commands of a command', ['ledger', ''], ['adopt', 'forget', 'key']],
    ['commands of a resource', ['runs', 'can'], ['cancel']],
    ['flags', ['plan', '--det'], ['--detailed-exitcode']],
    ['flags of a resource', ['runs', 'list', '--bra'], ['--branch']],
    ['the words that a flag takes', ['plan', '--format', 'm'], ['markdown']],
    ['the same behind a sign', ['plan', '--format=m'], ['--format=markdown']],
    ['the same as bash breaks it', ['plan', '--format', '=', 'm'], ['markdown']],
    ['the words that an argument takes', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['owners', ['plan', '--owner', ''], ['acme']],
    ['files', ['plan', '--config', ''], [':files']],
    ['a saved plan', ['apply', 'pl'], [':files']],
    ['addresses', ['plan', '--target', 'orgs/acme/s'], ['orgs/acme/secrets/NPM_TOKEN', 'orgs/acme/secrets/PYPI_TOKEN']],
    [
      'addresses as an argument',
      ['import', 'repos/acme/web/e'],
      ['repos/acme/web/environments/prod', 'repos/acme/web/environments/prod/secrets/KEY'],
    ],
    ["nothing for a word of one's own", ['plan', '--max-wait', ''], []],
    ['nothing behind the last argument', ['show', 'plan.json', ''], []],
  ])('gives %s', async (_, words, expected) => {
    const place = await workplace(NOWHERE, { 'octoform.yaml': YAML })
    expect(await values(place, ...words)).toEqual(expected)
  })

  it('says what each command and flag is, and shows no hidden one', async () => {
    const place = await workplace(NOWHERE, {})
    const lines = await complete(place, 'co')
    expect(lines).toEqual(['completion\tprint the script by which a shell completes commands, flags and addresses'])
    expect(await complete(place, 'plan', '--out')).toEqual(['--out\tsave the plan, for apply and show'])
  })

  it('offers a flag again only where it is repeated', async () => {
    const place = await workplace(NOWHERE, {})
    const given = ['plan', '--owner', 'acme', '--out', 'x']
    expect(await values(place, ...given, '--ow')).toEqual(['--owner'])
    expect(await values(place, ...given, '--ou')).toEqual([])
  })

  it('reads the configuration that the line names, and is silent where that has a mistake', async () => {
    const place = await workplace(NOWHERE, { 'other.yaml': YAML, 'bad.yaml': 'version: [' })
    expect(await values(place, 'plan', '--config', 'other.yaml', '--target', 'orgs/acme/r')).toEqual([
      'orgs/acme/runner_groups/gpu',
    ])
    expect(await values(place, 'plan', '--config', 'bad.yaml', '--target', '')).toEqual([])
    expect(await values(place, 'plan', '--target', '')).toEqual([])
  })

  it('goes by parts where there are many addresses', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `  acme/r${index}: { permissions: { enabled: true } }`)
    const place = await workplace(NOWHERE, { 'octoform.yaml': `version: 1\nrepositories:\n${names.join('\n')}\n` })
    expect(await values(place, 'plan', '--target', '')).toEqual(['repos/'])
    expect(await values(place, 'plan', '--target', 'repos/acme/r299')).toHaveLength(2)
  })
})

describe.each(['bash', 'zsh', 'fish'] as const)('the script for %s', (shell) => {
  const path = ['/bin', '/usr/bin'].map((folder) => join(folder, shell)).find((each) => existsSync(each))

  it('is code that the shell takes, as far as it is here', async () => {
    const place = await workplace(NOWHERE, {})
    const { stdout } = await place.run(['completion', shell])
    expect(stdout).toContain('octoform complete --')
    // Nothing that was typed or comes back is read as code.
    expect(stdout).not.toMatch(/\beval\b|compgen -W/)
    if (path !== undefined) execFileSync(path, ['-n'], { input: stdout })
  })
})

it('bash completes, runs nothing that stands in the line, and takes no name for code', async () => {
  const hostile = YAML.replace('environments: { prod:', 'environments: { "$(touch made)":')
  const place = await workplace(NOWHERE, { 'octoform.yaml': YAML, 'hostile.yaml': hostile })
  writeFileSync(join(place.folder, 'octoform'), `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`)
  chmodSync(join(place.folder, 'octoform'), 0o755)
  const typed = (...words: readonly string[]): readonly string[] => {
    const script = `source <(octoform completion bash)
compopt() { printf 'compopt %s %s\\n' "$@"; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_octoform
printf '%s\\n' "\${COMPREPLY[@]}"`
    const env = { PATH: `${place.folder}:${process.env.PATH}` }
    const out = execFileSync('bash', ['-c', script, 'bash', 'octoform', ...words], { cwd: place.folder, env })
    return out
      .toString()
      .split('\n')
      .filter((line) => line !== '')
  }
  expect(typed('val')).toEqual(['validate'])
  expect(typed('plan', '--target', 'orgs/acme/run')).toEqual(['orgs/acme/runner_groups/gpu'])
  expect(typed('plan', '--config', '')).toEqual(['compopt -o default'])
  expect(typed('plan', '--target', '$(touch made)')).toEqual([])
  const named = typed('plan', '--config', 'hostile.yaml', '--target', 'repos/acme/web/environments/')
  expect(named[0]).toMatch(/touch/)
  expect(existsSync(join(place.folder, 'made'))).toBe(false)

  // The line that it makes is one word, which means the address.
  const odd = YAML.replace('environments: { prod:', `environments: { "it's (a) !~*":`)
  writeFileSync(join(place.folder, 'odd.yaml'), odd)
  const environment = "repos/acme/web/environments/it's%20(a)%20!~*"
  for (const quote of ['', "'", '"']) {
    const line = ['plan', '--config', 'odd.yaml', '--target']
    const [made = ''] = typed(...line, `${quote}repos/acme/web/environments/it`)
    const read = execFileSync('bash', ['-c', `printf '%s\n' ${quote}${made}${quote}`])
    expect(read.toString()).toBe(`${environment}\n`)
  }
  expect(typed('plan', '--config', 'odd.yaml', '--target', "repos/acme/web/environments/it\\'s%20\\(")).toHaveLength(2)
})
