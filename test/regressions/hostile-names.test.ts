import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { escapeBraces } from '../../src/core/placeholders.ts'
import type { Plan } from '../../src/core/plan.ts'
import { atNightElse, sampled } from '../support/by-night.ts'
import { actionsEnv, REPOSITORY } from '../support/github-actions.ts'
import { commandLines, logFaults, markdownFaults, pageFaults, terminalFaults, textsIn } from '../support/harmless.ts'
import {
  asFileName,
  asName,
  CANARY,
  hostileFiles,
  hostileSeed,
  pattern,
  TEXTS,
  unbraced,
  yaml,
} from '../support/hostile-world.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const CONFIG = ['--config', 'octoform.yaml', '--config', 'teams']

const PLACES = [
  ['in GitHub Actions', () => actionsEnv({ event: 'push', payload: REPOSITORY })],
  ['at a terminal', () => Promise.resolve({})],
] as const

async function hostilePlace(env: Readonly<Record<string, string>>): Promise<Workplace> {
  const sandbox = await watchedSandbox({ seed: hostileSeed() })
  return workplace(sandbox, hostileFiles(), env)
}

/** The worst of them for a terminal or a log. */
const SOME = TEXTS.filter((text) => /[^ -~]/.test(text)).slice(0, 12)

/** That a command printed the texts at all, or the check of it would tell nothing. */
function expectNamed({ stdout, stderr }: Ran): void {
  expect((stdout + stderr).split(CANARY).length).toBeGreaterThan(TEXTS.length)
}

describe.each(sampled(PLACES, 2))('names and values that are no names, %s', (_, environment) => {
  it('do nothing in a plan, whatever its format', async () => {
    const place = await hostilePlace(await environment())
    for (const [command, wording] of [
      ['plan', 'Plan'],
      ['drift', 'Drift'],
    ] as const) {
      const text = await place.run([command, ...CONFIG])
      expectNamed(text)
      expect(logFaults(text)).toEqual([])
      expect(text.stdout).toMatch(
        new RegExp(
          `\\n${wording}: \\d+ to add, \\d+ to change, \\d+ to delete\\.(?: \\d+ (?:held back|secrets unknown)\\.)*\\n$`,
        ),
      )
      // The other formats of drift are made as those of a plan are.
      if (command === 'drift' && atNightElse(false, true)) continue
      const markdown = await place.run([command, '--format', 'markdown', ...CONFIG])
      expectNamed(markdown)
      expect(logFaults(markdown)).toEqual([])
      expect(markdownFaults(markdown.stdout)).toEqual([])
      const html = await place.run([command, '--format', 'html', ...CONFIG])
      expectNamed(html)
      expect(logFaults(html)).toEqual([])
      expect(pageFaults(html.stdout)).toEqual([])
      const json = await place.run([command, '--format', 'json', ...CONFIG])
      expect(logFaults(json)).toEqual([])
      const texts = textsIn(JSON.parse(json.stdout))
      for (const name of TEXTS) {
        expect(texts).toContain(pattern('live', unbraced(name)))
        expect(texts).toContain(pattern('wanted', unbraced(name)))
        expect(texts).toContain(asName(`${name} 1`))
        expect(texts).toContain(`teams/${asFileName(name)}.yaml`)
        expect(texts).toContain(`orgs/acme/runner_groups/${encodeURIComponent(asName(`gone ${name}`))}`)
      }
    }
  })

  it('do nothing in a saved plan, nor when it is shown', async () => {
    const place = await hostilePlace(await environment())
    const { code, stderr } = await place.run(['plan', '--out', 'p.json', ...CONFIG])
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const saved = await place.read('p.json')
    expect([...terminalFaults(saved), ...commandLines(saved)]).toEqual([])
    expect(JSON.parse((await place.run(['show', 'p.json', '--format', 'json'])).stdout)).toEqual(JSON.parse(saved))
    for (const format of ['text', 'markdown', 'html']) {
      const shown = await place.run(['show', 'p.json', '--format', format])
      expect(shown.code).toBe(0)
      expectNamed(shown)
      expect(logFaults(shown)).toEqual([])
      if (format === 'markdown') expect(markdownFaults(shown.stdout)).toEqual([])
      if (format === 'html') expect(pageFaults(shown.stdout)).toEqual([])
    }
  })

  it('do nothing in a diff, which applies', async () => {
    const env = await environment()
    const place = await hostilePlace(env)
    const before: Plan = JSON.parse((await place.run(['drift', '--format', 'json', ...CONFIG])).stdout)
    const drift = await place.run(['drift', '--accept', ...CONFIG])
    expectNamed({ ...drift, stderr: '' })
    expect([...terminalFaults(drift.stdout), ...logFaults({ ...drift, stdout: '' })]).toEqual([])
    // In a log, a diff that holds `##[` is refused: with an altered letter, it would not apply.
    const refused = drift.stderr
      .split('\n')
      .filter((line) => / is not printed: it holds a line that GitHub's runner/.test(line))
    expect(refused).toHaveLength('GITHUB_ACTIONS' in env ? 3 : 0)
    if ('GITHUB_ACTIONS' in env) expect(commandLines(drift.stdout)).toEqual([])
    execFileSync('git', ['apply', '--whitespace=nowarn'], { cwd: place.folder, input: drift.stdout })
    const after: Plan = JSON.parse((await place.run(['drift', '--format', 'json', ...CONFIG])).stdout)
    const told = drift.stderr.split('\n').filter((line) => / is not (?:taken over|printed)/.test(line))
    expect(before.changes).toHaveLength(3 * TEXTS.length + 1)
    const left = after.changes.filter(({ address, source }) => {
      if (told.some((line) => line.startsWith(`${address} `))) return false
      return !('GITHUB_ACTIONS' in env && /##\[|octoform\.yaml/.test(source?.file ?? ''))
    })
    expect(left).toEqual([])
  })

  it('do nothing in what import prints, which plans to no changes', async () => {
    const place = await hostilePlace(await environment())
    const { code, stdout, stderr } = await place.run(['import', 'orgs/acme'])
    expect(code).toBe(0)
    expect(logFaults({ stdout, stderr })).toEqual([])
    const texts = textsIn(parse(stdout))
    for (const name of TEXTS) {
      for (const text of [...[name, `gone ${name}`].map(asName), pattern('live', unbraced(name))])
        expect(texts).toContain(text)
      // In a list, braces alone would be of a placeholder.
      expect(texts).toContain(escapeBraces(asName(`${name} 1`)))
    }
    await place.write('imported.yaml', stdout)
    const planned = await place.run(['plan', '--config', 'imported.yaml'])
    expect({ code: planned.code, last: planned.stdout.split('\n').at(-2) }).toEqual({ code: 0, last: 'No changes.' })
  })

  it('do nothing in the messages about a configuration that is wrong, each on one line', async () => {
    const env = await environment()
    const files = Object.fromEntries(
      TEXTS.map((text, index) => {
        const wrong = {
          [text]: 1,
          organizations: {
            acme: {
              [text]: {},
              permissions: { allowed_actions: text },
              secrets: { [text]: {}, [`A${index}`]: { value: { env: text } }, [`B${index}`]: { value: { [text]: 1 } } },
              runner_groups: {
                [text]: {
                  visibility: 'all',
                  repositories: [text],
                  restricted_to_workflows: true,
                  selected_workflows: [text],
                },
                [`group ${index}`]: { visibility: text, repositories: [`${text}/other/x`] },
              },
              prune: [text],
              repositories: { [text]: {} },
            },
            [text]: {},
          },
        }
        return [`teams/${asFileName(text)}.yaml`, yaml(wrong)]
      }),
    )
    const place = await workplace({ url: 'http://127.0.0.1:9' }, { 'octoform.yaml': 'version: 1\n', ...files }, env)
    const validated = await place.run(['validate', ...CONFIG])
    expect(validated.code).toBe(1)
    expectNamed(validated)
    expect(logFaults(validated)).toEqual([])
    const lines = validated.stdout.trimEnd().split('\n')
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(/^(?:teams\/|octoform\.yaml).*:\d+:\d+: (?:error|warning): /)
    expect(lines.at(-1)).toBe(`${lines.length - 1} errors.`)
    const planned = await place.run(['plan', ...CONFIG])
    expect(planned.code).toBe(1)
    expect(logFaults(planned)).toEqual([])
    expect(planned.stderr.split('\n').filter((line) => !commandLines(line).length)).toEqual([...lines.slice(0, -1), ''])
    const json = await place.run(['validate', '--format', 'json', ...CONFIG])
    expect(logFaults(json)).toEqual([])
    expect(textsIn(JSON.parse(json.stdout)).filter((text) => text.includes('\u202epwned')).length).toBeGreaterThan(1)
  })

  it('do nothing in explanations, and in what a checkup of the credentials tells', async () => {
    const place = await hostilePlace(await environment())
    for (const text of SOME) {
      const address = `orgs/acme/runner_groups/${encodeURIComponent(text)}`
      const explained = await place.run(['validate', '--explain', address, ...CONFIG])
      expect(explained.code).toBe(0)
      expect(explained.stdout).toContain(CANARY)
      expect(logFaults(explained)).toEqual([])
      for (const line of explained.stdout.trimEnd().split('\n')) expect(line).toMatch(/^orgs\/acme\/|^ {2}\S/)
      const wrong = await place.run(['validate', '--explain', text, ...CONFIG])
      expect(logFaults(wrong)).toEqual([])
    }
    const json = await place.run(['validate', '--explain', 'orgs/acme/permissions', '--format', 'json', ...CONFIG])
    expect(logFaults(json)).toEqual([])
    expect(JSON.parse(json.stdout).lines.join('\n')).toContain('wanted/action@')
    for (const format of ['text', 'json']) {
      expect(logFaults(await place.run(['doctor', '--format', format, ...CONFIG]))).toEqual([])
    }
  })

  it('do nothing in what the ledger records, and in what stands in the way of an apply', async () => {
    const place = await hostilePlace(await environment())
    for (const text of TEXTS.slice(10)) await place.write(`teams/${asFileName(unbraced(text))}.key`, 'planted')
    const adopted = await place.run(['ledger', 'adopt', 'orgs/acme/secrets/*', ...CONFIG])
    expectNamed(adopted)
    expect(logFaults(adopted)).toEqual([])
    const lines = adopted.stdout.trimEnd().split('\n')
    expect(lines.at(-1)).toMatch(/^Recorded: \d+ of \d+\.$/)
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^orgs\/acme\/secrets\/\w+ \(file:/)
    const applied = await place.run([
      'apply',
      '--auto-approve',
      '--allow',
      'deletions=1000,revocations=1000,runner_moves=1000',
      ...CONFIG,
    ])
    expect({ code: applied.code, stderr: applied.stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/pwned/),
    })
    expect(logFaults(applied)).toEqual([])
  })

  it('do nothing on a command line', async () => {
    const place = await hostilePlace(await environment())
    for (const text of [TEXTS.join(' '), ...SOME.slice(0, 4)]) {
      for (const args of [
        [text],
        [`--${text}`],
        ['plan', '--config', text],
        ['plan', '--owner', text],
        ['plan', '--target', text],
        ['plan', '--target', `orgs/acme/${text}`, ...CONFIG],
        ['plan', '--api-url', text],
        ['plan', '--comment', text, '--target', 'orgs/acme/permissions'],
        ['plan', '--base', text, '--target', 'orgs/acme/permissions'],
        ['drift', '--issue', text, '--target', 'orgs/acme/permissions'],
        ['plan', '--allow', text],
        ['plan', '--format', text],
        ['apply', text],
        ['apply', '--lock-timeout', text],
        ['show', text],
        ['import', text],
        ['import', `orgs/acme/${text}`, '--only', text],
        ['seal', text],
        ['doctor', '--owner', text],
        ['init', '--owner', text],
        ['init', '--owner', 'acme', '--repository', text],
        ['ledger', 'adopt', text],
        ['validate', '--product', text],
        ['sandbox', '--seed', text],
      ]) {
        const ran = await place.run(args)
        expect({ args, faults: logFaults(ran) }).toEqual({ args, faults: [] })
      }
    }
  })
})

describe('a diff of a file that cannot be printed as it is', () => {
  const SEED = { organizations: { acme: { secrets: { A: { visibility: 'all', value: 'x' } } } } }

  async function accept(yamlText: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yamlText }, env)
    if ('VALUE' in env) expect(await place.run(['ledger', 'adopt', '**'])).toMatchObject({ code: 0 })
    return place.run(['drift', '--accept'])
  }
  const secretWith = (comment: string): string =>
    `version: 1\norganizations:\n  acme:\n    secrets:\n      A: { visibility: private } #${comment}\n`

  it.each([
    ['an escape', '\u001b[31m', 'U+001B'],
    ['another control', '\u009b31m', 'U+009B'],
    ['an override', '\u202e', 'U+202E'],
    ['an isolate', '\u2067', 'U+2067'],
    ['a line separator', 'x\u2028y', 'U+2028'],
    ['a carriage return', ' x\r# y', 'U+000D'],
  ])('is refused: %s', async (_, text, code) => {
    const { code: exit, stdout, stderr } = await accept(secretWith(text))
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toContain(`The change of octoform.yaml is not printed: it holds ${code}`)
    expect(stderr).not.toContain('git apply')
    expect(terminalFaults(stderr)).toEqual([])
  })

  it('is printed with tabs, and with the line ends of Windows', async () => {
    const { stdout } = await accept(secretWith('\tx').replaceAll('\n', '\r\n'))
    expect(stdout).toContain('+      A: { visibility: all } #\tx\r\n')
  })

  it.each([
    ['::error::pwned', 1],
    ['   ::error::pwned', 1],
    ['x', 0],
  ])('is refused in a log: a line %j', async (line, refused) => {
    const text = `${secretWith('')}x-note: |\n  ${line}\n`
    const ran = await accept(text, await actionsEnv({ event: 'push', payload: REPOSITORY }))
    expect(ran.stderr.split('is not printed: it holds a line that GitHub').length - 1).toBe(refused)
    expect(ran.stdout === '').toBe(refused === 1)
    expect(logFaults(ran)).toEqual([])
    expect((await accept(text)).stdout).toContain(line)
  })

  it('is refused where a value stands in it by chance', async () => {
    const text = `${secretWith('').replace('private', 'private, value: { env: VALUE }')}# the word is private\n`
    const ran = await accept(text, { VALUE: 'private' })
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain('is not printed: it holds the value of a secret')
  })
})
