import { describe, expect, it } from 'vitest'
import type { FindingKind, HygieneReport } from '../../src/survey/hygiene.ts'
import { secretNames } from '../../src/survey/secret-names.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SHA = 'a'.repeat(40)
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().replace(/\.\d+/, '')
const workflow = (...lines: readonly string[]) => `on: push\njobs:\n  a:\n    steps:\n${lines.join('\n')}\n`
const value = 'x'

const REPOSITORIES = {
  web: {
    visibility: 'public',
    files: {
      main: {
        '.github/workflows/a.yml': workflow(
          `      - run: echo \${{ secrets.npm_token }} \${{ secrets['QUOTED'] }}`,
          '      - uses: octo/thing@v1',
          `      - uses: octo/other@${SHA}`,
        ),
      },
    },
    secrets: { QUOTED: { value, updated_at: ago(10) }, DEAD: { value, updated_at: ago(900) } },
    environments: { prod: { secrets: { NPM_TOKEN: { value } } } },
    runners: { here: { os: 'linux', status: 'online' }, gone: { os: 'linux', status: 'offline' } },
  },
  api: { files: { main: { '.github/workflows/b.yml': workflow('      - run: make') } } },
}
const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: REPOSITORIES,
      permissions: {
        allowed_actions: 'selected',
        selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['octo/other@*'] },
      },
      secrets: {
        NPM_TOKEN: { visibility: 'all', value, updated_at: ago(400) },
        LOST: { visibility: 'selected', repositories: ['api'], value, updated_at: ago(1) },
        NOWHERE: { visibility: 'selected', repositories: [], value, updated_at: ago(1) },
      },
      runner_groups: { open: { visibility: 'all', allows_public_repositories: true } },
      runners: { far: { os: 'linux', status: 'offline' } },
    },
  },
}

async function shop(seed: object = SEED) {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, {})
  const report = async (...args: readonly string[]) => {
    const ran = await place.run(['report', 'hygiene', '--format', 'json', ...args])
    if (ran.stdout === '') throw new Error(ran.stderr)
    return { ...ran, made: JSON.parse(ran.stdout) as HygieneReport }
  }
  return { sandbox, place, report }
}

const found = ({ findings }: HygieneReport, kind: FindingKind) =>
  findings.filter((each) => each.kind === kind).map(({ place, sure }) => `${place}${sure ? '' : ' (unsure)'}`)

describe('report hygiene', () => {
  it('finds each kind, and tells how it knows', async () => {
    const { report, sandbox } = await shop()
    const { made, code } = await report('orgs/acme', '--older-than', '365')
    expect(found(made, 'unused secret')).toEqual([
      'orgs/acme/secrets/LOST',
      'orgs/acme/secrets/NOWHERE',
      'repos/acme/web/secrets/DEAD',
    ])
    expect(found(made, 'old secret')).toEqual(['orgs/acme/secrets/NPM_TOKEN', 'repos/acme/web/secrets/DEAD'])
    expect(found(made, 'hidden secret')).toEqual(['orgs/acme/secrets/NPM_TOKEN'])
    expect(found(made, 'open to public')).toEqual(['orgs/acme/runner_groups/open'])
    expect(found(made, 'offline runner')).toEqual(['orgs/acme/runners/far', 'repos/acme/web/runners/gone'])
    expect(found(made, 'forbidden action')).toEqual(['acme/web/.github/workflows/a.yml:6'])
    expect(found(made, 'too many secrets')).toEqual([])
    expect(made.findings.filter(({ how }) => how === '')).toEqual([])
    expect(code).toBe(0)
    expect(sandbox.writes()).toEqual([])
    expect(found((await report('orgs/acme')).made, 'old secret')).toEqual([])
  })

  it('calls no shared secret unused whose other repositories were not read', async () => {
    const { report } = await shop()
    const { made } = await report('acme/web')
    expect(found(made, 'unused secret')).toEqual(['orgs/acme/secrets/NOWHERE', 'repos/acme/web/secrets/DEAD'])
  })

  it('names repositories that may use more than a workflow gets', async () => {
    const secrets = Object.fromEntries(
      Array.from({ length: 101 }, (_, n) => [`S${n}`, { visibility: 'private', value }]),
    )
    const { report } = await shop({ product: 'ghec', organizations: { acme: { repositories: REPOSITORIES, secrets } } })
    expect(found((await report('orgs/acme')).made, 'too many secrets')).toEqual(['acme/api'])
  })

  it('names what it could not read, and says nothing of it', async () => {
    const { report, sandbox } = await shop()
    const route = '/repos/{owner}/{repo}/contents/{path}'
    await sandbox.fault({ method: 'GET', route, nth: 1, times: 1, status: 403 })
    const { made, code } = await report('orgs/acme', '--parallelism', '1')
    expect(code).toBe(5)
    expect(made.not_read).toEqual([{ repository: 'acme/api', file: '', reason: expect.any(String) }])
    expect(found(made, 'unused secret')).not.toContain('orgs/acme/secrets/LOST')
  })

  it('ends with a line for scripts', async () => {
    const { place } = await shop()
    const { stdout } = await place.run(['report', 'hygiene', 'orgs/acme'], { columns: 80 })
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Hygiene: 8 findings in 2 repositories.')
  })
})

describe('secrets that a text names', () => {
  it.each<[string, readonly string[], boolean]>([
    [`a: \${{ secrets.One }}`, ['ONE'], true],
    [`a: \${{ secrets['two'] }} \${{secrets . THREE}}`, ['TWO', 'THREE'], true],
    ['secrets: inherit', [], false],
    ["{ uses: x, secrets: 'inherit' }", [], false],
    [`a: \${{ join(secrets.*, ',') }}`, [], false],
    [`a: \${{ format('{0}', secrets ) }}`, [], false],
    ['echo my_secrets.txt, secrets.txt', ['TXT'], true],
    [`a: \${{ toJson( secrets ) }}`, [], false],
    [`a: \${{ secrets[matrix.name] }}`, [], false],
    [`a: \${{ secrets[format('A_{0}', 1)] }}`, [], false],
    [`a: \${{ vars.ONE }}`, [], true],
  ])('%s', (text, names, sure) => {
    const { secrets: got, unsure } = secretNames(text)
    expect([...got]).toEqual(names)
    expect(unsure === undefined).toBe(sure)
  })
})
