import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { SMALL_SEED, SMALL_VALUE, SMALL_YAML } from '../support/small-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const ENV = { NEW_VALUE: SMALL_VALUE }
const NAMES = Array.from({ length: 14 }, (_, index) => `service-${index + 10}`)
const MANY = {
  organizations: {
    acme: {
      secrets: {
        BY_HAND: { visibility: 'all', value: 'x' },
        S: { visibility: 'selected', repositories: [], value: 'x' },
      },
      repositories: Object.fromEntries(NAMES.map((name) => [name, {}])),
    },
  },
}
const YAML = `version: 1
organizations:
  acme:
    secrets: { S: { visibility: selected, repositories: ["service-*"] } }
    repository_sets:
      - match: { name: "service-*" }
        permissions: { enabled: true, allowed_actions: local_only }
`

describe('how much is printed', () => {
  it('usually shortens names, and counts what is left alone', async () => {
    const place = await workplace(await watchedSandbox({ seed: MANY }), { 'octoform.yaml': YAML })
    const { stdout, stderr } = await place.run(['plan'])
    expect(stdout).toContain('service-19, … 4 more')
    expect(stdout).toContain('\n  orgs/acme: 1 member,')
    expect(stdout).not.toContain('BY_HAND')
    expect(stderr).toMatch(/^Using /)
  })

  it('--verbose has all names, and all that is left alone', async () => {
    const place = await workplace(await watchedSandbox({ seed: MANY }), { 'octoform.yaml': YAML })
    const { stdout } = await place.run(['plan', '--verbose'])
    for (const name of NAMES) expect(stdout.split(name).length).toBeGreaterThan(3)
    expect(stdout).not.toMatch(/… \d+ more/)
    expect(stdout).toContain('orgs/acme/secrets: 1 member (members: BY_HAND)')
    await place.run(['plan', '--out', 'p.json'])
    const shown = await place.run(['show', 'p.json', '--verbose'])
    expect(shown.stdout).toContain('BY_HAND')
  })

  it('--verbose names archived repositories, which patterns pass over', async () => {
    const seed = { organizations: { acme: { repositories: { web: {}, 'service-old': { archived: true } } } } }
    const place = await workplace(await watchedSandbox({ seed }), {
      'octoform.yaml': YAML.replace(/ {4}secrets.*\n/, ''),
    })
    const { stdout } = await place.run(['plan', '--verbose'])
    expect(stdout).toMatch(
      /\nLeft out\n {2}octoform\.yaml:5:9: .* passes over 1 repository \(archived\) \(acme\/service-old\)\n/,
    )
    expect((await place.run(['plan'])).stdout).not.toContain('(archived)')
  })

  it.each(['plan', 'drift'])('%s --quiet has the last line, and no note', async (command) => {
    const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), { 'octoform.yaml': SMALL_YAML }, ENV)
    const { stdout: whole } = await place.run([command])
    const { stdout, stderr } = await place.run([command, '--quiet'])
    expect(stdout).toBe(`${whole.trimEnd().split('\n').at(-1)}\n`)
    expect(stderr).toBe('')
  })

  it('--quiet has errors, and what could not be read', async () => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, ENV)
    await sandbox.fault({
      method: 'GET',
      route: '/orgs/{org}/actions/secrets',
      nth: 1,
      times: 9,
      status: 403,
      body: {},
    })
    const { code, stdout } = await place.run(['plan', '--quiet'])
    expect(code).toBe(5)
    expect(stdout).toMatch(/^Could not be read\n {2}orgs\/acme.*403.*\n\nIncomplete: .*\n(?:Nothing|Plan:).*\n$/)
  })

  it('apply --quiet has the last line where nobody is asked, and shows a person what is asked about', async () => {
    const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), { 'octoform.yaml': SMALL_YAML }, ENV)
    const asked = await place.run(['apply', '--quiet'], { answer: 'no' })
    expect(asked.stdout).toContain('orgs/acme/')
    const { code, stdout } = await place.run(['apply', '--quiet', '--auto-approve'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Plan: .*\nApplied: .*\n$/)
  })

  it.each(['plan', 'apply', 'drift', 'show x.json'])('%s --quiet --verbose is refused', async (command) => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, {})
    const { code, stderr } = await place.run([...command.split(' '), '--quiet', '--verbose'])
    expect(code).toBe(1)
    expect(stderr).toContain("option '--verbose' cannot be used with option '--quiet'")
  })
})

describe('--json', () => {
  const COMMANDS = ['validate', 'plan', 'drift', 'apply --auto-approve', 'doctor', 'show p.json', 'cleanup']

  it.each(COMMANDS)('of %s is --format json', async (line) => {
    const words = line.split(' ')
    const run = async (flags: readonly string[]) => {
      const place = await workplace(await watchedSandbox({ seed: SMALL_SEED }), { 'octoform.yaml': SMALL_YAML }, ENV)
      await place.run(['plan', '--out', 'p.json'])
      const { code, stdout } = await place.run([...words, ...flags])
      const unlike = /127\.0\.0\.1:\d+|[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=")[0-9A-F]{4,}(?::[0-9A-F]+)*(?=")/g
      return { code, printed: stdout.replaceAll(unlike, '…') }
    }
    const [short, long] = [await run(['--json']), await run(['--format', 'json'])]
    expect(() => JSON.parse(short.printed)).not.toThrow()
    expect(short).toEqual(long)
  })

  it('is refused beside another format, which says what to leave out', async () => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, { 'octoform.yaml': SMALL_YAML })
    const { code, stderr } = await place.run(['validate', '--json', '--format', 'text'])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'error: --json is --format json: leave it out, or --format text.\n',
    })
    expect((await place.run(['validate', '--json', '--format', 'json'])).code).toBe(0)
  })
})

describe('at a terminal of 60 columns', () => {
  const LONG = `version: 1
guards: { max_deletions: 5 }
organizations: { acme: { variables: { V: { value: a, visibility: all } } } }
`
  it.each(['validate', 'doctor', 'plan', 'plan --target nothing', 'validate --explain orgs/acme/variables/V'])(
    '%s prints no line that is wider, but for a word that is',
    async (line) => {
      const place = await workplace(await watchedSandbox({ seed: MANY }), { 'octoform.yaml': LONG })
      const { stdout, stderr } = await place.run(line.split(' '), { columns: 60, terminal: { errorColumns: 60 } })
      expect(`${stdout}${stderr}`.length).toBeGreaterThan(60)
      const wide = `${stdout}${stderr}`.split('\n').filter((each) => each.length > 60 && each.trim().includes(' '))
      expect(wide).toEqual([])
      const whole = await place.run(line.split(' '))
      const words = (text: string) => text.replaceAll(/\s+/g, ' ')
      expect(words(stdout)).toBe(words(whole.stdout))
    },
  )
})
