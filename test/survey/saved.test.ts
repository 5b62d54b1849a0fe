import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import type { ReportChanges } from '../../src/survey/changes-document.ts'
import type { ReportReading } from '../../src/survey/reading.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const workflow = (...uses: readonly string[]) =>
  `on: push\njobs:\n  a:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}      - run: echo \${{ secrets.TOKEN }}\n`
const WORKFLOW = '.github/workflows/a.yml'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: {
          visibility: 'public',
          files: { main: { [WORKFLOW]: workflow('octo/thing@v1', 'octo/gone@v1') } },
          variables: { PLACE: { value: 'text-of-a-variable' } },
        },
        api: { files: { main: { [WORKFLOW]: workflow('octo/thing@v1') } } },
      },
      secrets: {
        TOKEN: { visibility: 'selected', repositories: ['api'], value: 'value-of-a-secret' },
        DEAD: { visibility: 'all', value: 'value-of-a-secret', updated_at: '2020-01-01T00:00:00Z' },
      },
      variables: { ZONE: { visibility: 'all', value: 'text-of-a-variable' } },
      runner_groups: { open: { visibility: 'all', allows_public_repositories: true } },
      runners: { far: { os: 'linux', status: 'offline' } },
    },
  },
}

async function shop() {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, {})
  const report = (...args: readonly string[]) => place.run(['report', ...args])
  const id = async (name: string) => ((await sandbox.call('GET', `/repos/acme/${name}`)).body as { id: number }).id
  const share = async (...names: readonly string[]) => {
    const body = { selected_repository_ids: await Promise.all(names.map(id)) }
    await sandbox.call('PUT', '/orgs/acme/actions/secrets/TOKEN/repositories', body)
  }
  const write = async (repo: string, text: string) => {
    const path = `/repos/acme/${repo}/contents/${WORKFLOW}`
    const { sha } = (await sandbox.call('GET', path)).body as { sha: string }
    const content = Buffer.from(text).toString('base64')
    await sandbox.call('PUT', path, { message: 'x', content, sha })
  }
  return { sandbox, place, report, share, write }
}

/** The lines of a report, without the sentence that names the file. */
const lines = (text: string) =>
  text.split('\n').filter((line) => !line.startsWith('From ') && !line.includes('read_at'))

describe('a saved reading', () => {
  it('holds when, with which credential, and no value; every report follows from it without a request', async () => {
    const { sandbox, place, report } = await shop()
    const live = await report('hygiene', 'orgs/acme', '--older-than', '365', '--save', 'r.json')
    expect(live.code).toBe(0)
    const text = await place.read('r.json')
    const reading = JSON.parse(text) as ReportReading
    expect(reading).toMatchObject({
      report: 'hygiene',
      asked: ['orgs/acme'],
      owners: [{ credential: 'OCTOFORM_TOKEN' }],
    })
    expect(Math.abs(Date.parse(reading.read_at) - Date.now())).toBeLessThan(600_000)
    expect(text).not.toMatch(/value-of-a-secret|text-of-a-variable|echo/)
    const access = await report('access', 'acme/web', 'orgs/acme/secrets/TOKEN')
    const used = await report('actions-used', 'orgs/acme')
    const asked = sandbox.asked.length
    const from = (...args: readonly string[]) => report(...args, '--from', 'r.json')
    expect(lines((await from('hygiene', '--older-than', '365')).stdout)).toEqual(lines(live.stdout))
    expect(lines((await from('access', 'acme/web', 'orgs/acme/secrets/TOKEN')).stdout)).toEqual(lines(access.stdout))
    expect(lines((await from('actions-used')).stdout)).toEqual(lines(used.stdout))
    expect((await from('hygiene')).stdout).toContain(`From r.json, which was read at ${reading.read_at}.`)
    expect(sandbox.asked).toHaveLength(asked)
  })

  it('is reported from in part, and never beyond what it holds', async () => {
    const { report } = await shop()
    await report('actions-used', 'acme/web', '--save', 'web.json')
    await report('hygiene', 'orgs/acme', '--save', 'all.json')
    await report('access', 'acme/web', '--save', 'access.json')
    const said = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await report(...args)
      return [code, (stdout.trimEnd().split('\n').at(-1) || stderr.trim()).slice(0, 90)]
    }
    expect(await said('actions-used', 'acme/api', '--from', 'all.json')).toEqual([
      0,
      'Actions used: 1 in 1 repository, 1 not pinned.',
    ])
    expect(await said('actions-used', 'orgs/acme', '--from', 'web.json')).toEqual([
      1,
      expect.stringContaining('does not hold all of acme/*'),
    ])
    expect(await said('actions-used', 'acme/api', '--from', 'web.json')).toEqual([
      1,
      expect.stringContaining('holds nothing of acme/api'),
    ])
    expect(await said('actions-used', 'other/api', '--from', 'web.json')).toEqual([
      1,
      expect.stringContaining('holds nothing of other'),
    ])
    expect(await said('hygiene', '--from', 'web.json')).toEqual([
      1,
      expect.stringContaining('was read for actions-used'),
    ])
    expect(await said('access', '--from', 'all.json')).toEqual([1, expect.stringContaining('name the addresses')])
    expect(await said('access', '--people', '--from', 'access.json')).toEqual([1, expect.stringContaining('--people')])
    const { code, stdout } = await report('access', 'acme/api', '--from', 'access.json')
    expect([code, stdout]).toEqual([5, expect.stringContaining('the reading holds nothing of its settings')])
    expect((await report('access', '--from', 'access.json')).code).toBe(0)
  })

  it('holds what could not be read, and exits 5 for it each time', async () => {
    const { sandbox, report } = await shop()
    await sandbox.fault({
      method: 'GET',
      route: '/repos/{owner}/{repo}/contents/{path}',
      nth: 1,
      times: 1,
      status: 403,
    })
    expect((await report('actions-used', 'orgs/acme', '--parallelism', '1', '--save', 'r.json')).code).toBe(5)
    const again = await report('actions-used', '--from', 'r.json')
    expect(again).toMatchObject({ code: 5, stdout: expect.stringContaining('1 thing could not be read') })
    expect((await report('actions-used', 'acme/web', '--from', 'r.json')).code).toBe(0)
  })
})

describe('two readings', () => {
  const changesOf = async (ran: Promise<{ readonly stdout: string; readonly code: number }>) => {
    const { stdout, code } = await ran
    const made = JSON.parse(stdout) as ReportChanges
    const words = (list: readonly { place: string; file?: string; what: string }[]) =>
      list.map(({ place, what }) => `${place} ${what}`)
    return { made, code, added: words(made.added), gone: words(made.gone), changed: words(made.changed) }
  }

  it('show who gained, lost, and by another way', async () => {
    const { report, share } = await shop()
    const words = ['orgs/acme/secrets/TOKEN', 'acme/web'] as const
    await report('access', ...words, '--save', 'a.json')
    await share('web')
    await report('access', ...words, '--save', 'b.json')
    const { added, gone, changed, made, code } = await changesOf(
      report('access', '--from', 'a.json', '--to', 'b.json', '--format', 'json'),
    )
    expect([added, gone, changed, code]).toEqual([
      ['acme/web orgs/acme/secrets/TOKEN'],
      ['acme/api orgs/acme/secrets/TOKEN'],
      [],
      0,
    ])
    expect(made).toMatchObject({
      format_version: '1.0',
      from: { file: 'a.json', credentials: ['OCTOFORM_TOKEN'] },
      to: { file: 'b.json' },
    })
    const same = await report('access', '--from', 'b.json', '--to', 'b.json')
    expect(same.stdout.trimEnd().split('\n').at(-1)).toBe('Nothing changed.')
  })

  it('show actions that came, went, and moved to another ref, in each format', async () => {
    const { report, write } = await shop()
    await report('actions-used', 'orgs/acme', '--save', 'a.json')
    await write('web', workflow('octo/new@v1', 'octo/thing@v2'))
    await report('actions-used', 'orgs/acme', '--save', 'b.json')
    const args = ['actions-used', '--from', 'a.json', '--to', 'b.json'] as const
    const { added, gone, made } = await changesOf(report(...args, '--format', 'json'))
    expect([added, gone]).toEqual([['acme/web octo/new'], ['acme/web octo/gone']])
    expect(made.changed).toMatchObject([{ place: 'acme/web', what: 'octo/thing', before: 'v1', after: 'v2' }])
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await report(...args, '--format', format)
      expect(stdout).toContain('octo/gone')
      expect(stdout).toContain('Changed: 1 added, 1 gone, 1 changed.')
    }
  })

  it('show findings that came and went, and no age that only grew', async () => {
    const { sandbox, report, share } = await shop()
    const words = ['hygiene', 'orgs/acme', '--save'] as const
    await report(...words, 'a.json')
    await sandbox.call('DELETE', '/orgs/acme/actions/secrets/DEAD')
    await share()
    await report(...words, 'b.json')
    const args = ['hygiene', '--older-than', '1', '--from', 'a.json', '--to', 'b.json', '--format', 'json'] as const
    const { added, gone, changed } = await changesOf(report(...args))
    expect(added).toEqual(['orgs/acme/secrets/TOKEN unused secret'])
    // A change of who may use it is an update.
    expect(gone).toEqual([
      'orgs/acme/secrets/DEAD unused secret',
      'orgs/acme/secrets/DEAD old secret',
      'orgs/acme/secrets/TOKEN old secret',
    ])
    expect(changed).toEqual([])
  })

  it('say of what one could not read that it is not known, and never that it is gone', async () => {
    const { sandbox, report } = await shop()
    const words = ['actions-used', 'orgs/acme', '--parallelism', '1', '--save'] as const
    await report(...words, 'a.json')
    await sandbox.fault({
      method: 'GET',
      route: '/repos/{owner}/{repo}/contents/{path}',
      nth: 1,
      times: 1,
      status: 403,
    })
    await report(...words, 'b.json')
    for (const [from, to] of [
      ['a.json', 'b.json'],
      ['b.json', 'a.json'],
    ] as const) {
      const { made, added, gone, code } = await changesOf(
        report('actions-used', '--from', from, '--to', to, '--format', 'json'),
      )
      expect([added, gone, code]).toEqual([[], [], 5])
      expect(made.unknown).toMatchObject([{ place: 'acme/api', what: 'octo/thing' }])
    }
    const { stdout } = await report('actions-used', '--from', 'a.json', '--to', 'b.json')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'Nothing changed in what both readings hold; 1 place could not be read. 1 not known.',
    )
  })

  it('do not call a repository gone that the other was not read for', async () => {
    const { report } = await shop()
    await report('actions-used', 'orgs/acme', '--save', 'a.json')
    await report('actions-used', 'acme/web', '--save', 'b.json')
    const { made, gone, code } = await changesOf(
      report('actions-used', '--from', 'a.json', '--to', 'b.json', '--format', 'json'),
    )
    expect([gone, code]).toEqual([[], 5])
    expect(made.unknown).toMatchObject([{ place: 'acme/api', reason: expect.stringContaining('acme/web') }])
  })
})

const digest = (value: object) =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')
const signed = (change: (reading: Record<string, never>) => unknown) => (text: string) => {
  const { digest: _, ...rest } = JSON.parse(text)
  const changed = (change(rest) ?? rest) as object
  return JSON.stringify({ ...changed, digest: digest(changed) })
}

describe('a file that is no reading', () => {
  it.each<[string, (text: string) => string, string]>([
    ['cut off', (text) => text.slice(0, -40), 'is not JSON'],
    ['empty', () => '', 'is not JSON'],
    ['another thing', () => '[1]', 'is no reading of a report'],
    ['null', () => 'null', 'is no reading of a report'],
    ['a report', () => '{"format":"octoform report hygiene"}', 'but a report itself'],
    ['a plan', () => JSON.stringify({ digest: 'x', changes: [] }), 'but a saved plan'],
    ['a plan of cleanup', () => '{"format":"octoform cleanup"}', 'but a plan of cleanup'],
    ['newer', signed((r) => ({ ...r, format_version: '2.0' })), 'has the format version 2.0; this octoform reads 1.0'],
    ['a little newer', signed((r) => ({ ...r, format_version: '1.1' })), 'has the format version 1.1'],
    ['of a strange version', signed((r) => ({ ...r, format_version: '\u001b[2J' })), 'format version of another kind'],
    ['edited', (text) => text.replace('octo/thing@v1', 'octo/thing@v9'), 'was changed after it was saved'],
    ['of wrong types', signed((r) => ({ ...r, owners: {} })), '/owners must be array'],
    ['with a wrong repository', signed((r) => ({ ...r, owners: [{ owner: 1 }] })), 'is no reading of a report'],
    ['with a key too many', signed((r) => ({ ...r, extra: 1 })), 'is no reading of a report'],
    ['with a prototype', (text) => text.replace('{', '{"__proto__":{"digest":"x"},'), 'is no reading of a report'],
    [
      'deep',
      () => `{"format":"octoform reading","format_version":"1.0","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      'is no reading',
    ],
  ])('%s', async (_, change, message) => {
    const { place, report } = await shop()
    await report('actions-used', 'acme/web', '--save', 'r.json')
    await place.write('r.json', change(await place.read('r.json')))
    const { code, stderr, stdout } = await report('actions-used', '--from', 'r.json')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('\u001b')
  })

  it('is a folder, or not there', async () => {
    const { report } = await shop()
    for (const file of ['.', 'none.json']) expect((await report('hygiene', '--from', file)).code).toBe(1)
  })

  it.each([
    [['--to', 'b.json'], '--to is the newer'],
    [['--from', 'a.json', '--save', 'b.json'], 'give one of them'],
    [['--from', 'a.json', '--issue', 'acme/admin'], '--issue reports what GitHub has now'],
    [[], 'say what to report on'],
  ])('%j', async (flags, message) => {
    const { report } = await shop()
    expect(await report('hygiene', ...flags)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) })
  })

  it('takes names like those of a prototype for names', async () => {
    const names = ['__proto__', 'constructor', 'toString']
    const repositories = Object.fromEntries(
      names.map((name) => [name, { files: { main: { [WORKFLOW]: workflow('octo/x@v1') } } }]),
    )
    const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
    const place = await workplace(sandbox, {})
    const live = await place.run(['report', 'hygiene', 'orgs/acme', '--save', 'r.json'])
    const again = await place.run(['report', 'hygiene', '--from', 'r.json'])
    expect(lines(again.stdout)).toEqual(lines(live.stdout))
    expect(live.stdout).toContain(`in ${Object.keys(repositories).length} repositories.`)
  })
})
