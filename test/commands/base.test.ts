import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { actionsEnv, HEAD, pullRequest, REPOSITORY, TIP } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: { topics: ['node'] },
        // Added since: the configuration does not name them.
        fresh: { topics: ['node'], visibility: 'public' },
        late: { topics: ['node'] },
        admin: {
          visibility: 'private',
          default_branch: 'main',
          branches: { main: TIP, topic: HEAD },
          pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        },
      },
      secrets: {
        NPM_TOKEN: { visibility: 'selected', repositories: ['web'], value: 'planted' },
        SONAR: { visibility: 'selected', repositories: ['web', 'admin'], value: 'planted' },
      },
      runner_groups: { gpu: { visibility: 'selected', repositories: ['web'] } },
    },
    globex: {
      repositories: { web: {} },
      secrets: { S: { visibility: 'selected', repositories: [], value: 'planted' } },
    },
  },
  tokens: { owner: {}, 'token-of-an-owner': {}, workflow: { workflow: 'acme/admin' } },
}

/** A configuration of `acme` with the secret's readers, and further text on top or below. */
function yaml(readers: string, { top = '', below = '' }: { top?: string; below?: string } = {}): string {
  const secret = `secrets: { NPM_TOKEN: { visibility: selected, repositories: [${readers}] } }`
  return `version: 1\n${top}\norganizations:\n  acme:\n    ${secret}\n${below}`
}

interface OutputFacts {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly comment: string
  readonly summary: string
  readonly sandbox: WatchedSandbox
  readonly plan: Awaited<ReturnType<Awaited<ReturnType<typeof workplace>>['plan']>>
}

/** Plans the pull request's configuration with a comment, beside a checkout of the base in `base`. */
async function planned(
  own: string,
  base: Readonly<Record<string, string>> | undefined,
  flags: readonly string[] = [],
): Promise<OutputFacts> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const run = { event: 'pull_request', payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') } }
  const env = await actionsEnv({ ...run, env: { GITHUB_REF: 'refs/pull/7/merge' } })
  const files = Object.fromEntries(Object.entries(base ?? {}).map(([name, text]) => [`base/${name}`, text]))
  const place = await workplace(sandbox, { 'octoform.yaml': own, ...files }, { ...env, GITHUB_TOKEN: 'workflow' })
  const there = base === undefined ? [] : ['--base', 'base']
  const ran = await place.run(['plan', '--comment', '--out', 'plan.json', ...there, ...flags])
  const { body } = await sandbox.call('GET', '/repos/acme/admin/issues/7/comments')
  const comments = body as readonly { readonly body: string }[]
  return {
    ...ran,
    sandbox,
    comment: comments.map((comment) => comment.body).join('\n'),
    summary: ran.code === 0 ? await readFile(env.GITHUB_STEP_SUMMARY ?? '', 'utf8') : '',
    plan: ran.code === 0 ? JSON.parse(await place.read('plan.json')) : undefined,
  }
}

/** The lines below a heading, up to the next. */
function below(text: string, title: string): readonly string[] {
  const [, part] = text.split(`### ${title}\n`)
  return part === undefined ? [] : (part.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('- '))
}

const GAINS = 'Effective access: who gains'
const LOSES = 'Effective access: who loses'
const ANYWAY = 'Would come without this change'
const NODE = '{ topic: node }'

describe('what the base’s configuration would grant too', () => {
  it('stands apart, in comment and summary', async () => {
    const told = await planned(yaml(`${NODE}, admin`), { 'octoform.yaml': yaml(NODE) })
    expect(told.code).toBe(0)
    for (const text of [told.comment, told.summary]) {
      expect(below(text, GAINS)).toEqual(['- `orgs/acme/secrets/NPM_TOKEN`: newly accessible to 1 repository: `admin`'])
      expect(below(text, ANYWAY)).toEqual([
        '- `orgs/acme/secrets/NPM_TOKEN`: newly accessible to 2 repositories, 1 of them public: `fresh`, `late`',
      ])
    }
  })

  it('is nothing where the base names no owner yet', async () => {
    const told = await planned(yaml(NODE), { 'octoform.yaml': 'version: 1\n' })
    expect(told.code).toBe(0)
    expect(told.stderr).not.toContain('has errors')
    expect(below(told.comment, ANYWAY)).toEqual([])
  })

  it('is all of it where the change touches something else', async () => {
    const told = await planned(yaml(NODE, { below: '    runner_groups: { gpu: { add_repositories: [admin] } }\n' }), {
      'octoform.yaml': yaml(NODE),
    })
    expect(below(told.comment, GAINS)).toEqual([
      '- `orgs/acme/runner_groups/gpu`: newly accessible to 1 repository: `admin`',
    ])
    expect(below(told.comment, ANYWAY)).toHaveLength(1)
  })

  it('is none where there is no base, and then all is the change’s', async () => {
    const told = await planned(yaml(`${NODE}, admin`), undefined)
    expect(below(told.comment, GAINS)).toEqual([
      '- `orgs/acme/secrets/NPM_TOKEN`: newly accessible to 3 repositories, 1 of them public: `fresh`, `admin`, `late`',
    ])
    expect(below(told.comment, ANYWAY)).toEqual([])
  })

  it('is told of who loses as well, and of what the change lets stay', async () => {
    const sonar = (readers: string): string =>
      `version: 1\norganizations:\n  acme:\n    secrets: { SONAR: { repositories: [${readers}] } }\n`
    const loses = await planned(sonar('late'), { 'octoform.yaml': sonar('web') })
    expect(below(loses.comment, GAINS)).toEqual([
      '- `orgs/acme/secrets/SONAR`: newly accessible to 1 repository: `late`',
    ])
    expect(below(loses.comment, LOSES)).toEqual([
      '- `orgs/acme/secrets/SONAR`: no longer accessible to 1 repository: `web`',
    ])
    expect(below(loses.comment, ANYWAY)).toEqual([
      '- `orgs/acme/secrets/SONAR`: no longer accessible to 1 repository: `admin`',
    ])

    const keeps = await planned(sonar('web, admin'), { 'octoform.yaml': sonar('web') })
    expect(keeps.stdout).toContain('No changes.')
    for (const text of [keeps.comment, keeps.summary]) {
      expect(below(text, GAINS)).toEqual([
        '- `orgs/acme/secrets/SONAR`: stays accessible, though the base takes it away, to 1 repository: `admin`',
      ])
    }
  })

  it('is not lost where the change renames what grants it', async () => {
    const told = await planned(yaml('web, fresh, late'), { 'octoform.yaml': yaml(NODE) })
    expect(below(told.comment, GAINS)).toEqual([])
    expect(below(told.comment, ANYWAY)).toHaveLength(1)
  })

  it('changes neither plan nor digest nor exit code', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {
      'octoform.yaml': yaml(`${NODE}, admin`),
      'base/octoform.yaml': yaml(NODE),
    })
    const alone = await place.plan()
    expect(await place.plan(['--base', 'base'])).toEqual(alone)
    expect((await place.run(['plan', '--base', 'base', '--detailed-exitcode'])).code).toBe(2)
  })
})

describe('what governs the configuration', () => {
  const FILES = 'files: { "octoform.yaml": { addresses: ["orgs/acme/**"], values: ["NPM_*"] } }'

  it.each<[string, string, string, readonly string[]]>([
    ['max_deletions raised', 'guards: { max_deletions: 9 }', 'guards: { max_deletions: 3 }', ['raised from 3 to 9']],
    [
      'protect without an entry',
      'guards: { protect: [] }',
      'guards: { protect: ["orgs/acme/secrets/*"] }',
      ['loses protect'],
    ],
    ['files gone', '', FILES, ['`files` is gone: every file may declare anything.']],
    ['files wider', FILES.replace('NPM_*', '*'), FILES, ['gains values `*`', 'loses values `NPM_*`']],
  ])('%s is said on top of comment and summary', async (_, own, base, sentences) => {
    const told = await planned(yaml(NODE, { top: own }), { 'octoform.yaml': yaml(NODE, { top: base }) })
    for (const [text, first] of [
      [told.comment.replaceAll(/ ?`+<wbr>`+/g, ''), '\n| Change'],
      [told.summary, '### '],
    ] as const) {
      const at = text.search(/changes the rules that guard the configuration itself/i)
      expect(at).toBeGreaterThan(0)
      for (const sentence of sentences) expect(text.slice(at)).toContain(sentence)
      expect(at).toBeLessThan(text.indexOf(first))
    }
    expect(told.comment.split('\n')[0]).toMatch(/^<!-- octoform /)
  })

  it('is not told where it is the same', async () => {
    const told = await planned(yaml(`${NODE}, admin`, { top: FILES }), { 'octoform.yaml': yaml(NODE, { top: FILES }) })
    expect(told.code).toBe(0)
    expect(told.comment + told.summary).not.toContain('guard the configuration itself')
  })
})

describe('a base that cannot be planned decides nothing', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['is no YAML', { 'octoform.yaml': 'version: [1' }],
    ['has an unknown key', { 'octoform.yaml': yaml(NODE).replace('secrets:', 'secretz:') }],
    ['is not there', { 'README.md': 'nothing yet' }],
    ['breaks its own files rule', { 'octoform.yaml': yaml(NODE, { top: 'files: {}' }) }],
  ])('%s', async (_, base) => {
    const own = yaml(`${NODE}, admin`)
    const alone = await planned(own, undefined)
    const told = await planned(own, base)
    expect(told.code).toBe(0)
    expect(told.plan.changes).toEqual(alone.plan.changes)
    expect(told.plan.complete).toBe(true)
    for (const text of [told.comment, told.summary]) {
      expect(below(text, GAINS)).toEqual(below(alone.comment, GAINS))
      expect(below(text, ANYWAY)).toEqual([])
      expect(text).toContain('whether `files`, `guards` or `approvals` changed is not known')
    }
    expect(told.stderr).toContain('so nothing is listed apart')
  })

  it('is for another product', async () => {
    const base = yaml(NODE, { top: 'github: { product: ghes-3.19 }' })
    const told = await planned(yaml(NODE), { 'octoform.yaml': base })
    expect(told).toMatchObject({ code: 0, plan: { complete: true, diagnostics: [] } })
    expect(below(told.comment, GAINS)).toHaveLength(1)
    expect(below(told.comment, ANYWAY)).toEqual([])
  })

  it('that names nothing of what is planned: all is the change’s', async () => {
    const base =
      'version: 1\norganizations:\n  globex:\n    secrets: { S: { visibility: selected, repositories: [web] } }\n'
    const told = await planned(yaml(NODE), { 'octoform.yaml': base })
    expect(below(told.comment, GAINS)).toHaveLength(1)
    expect(told.sandbox.asked.map(({ path }) => path)).not.toContainEqual(expect.stringContaining('globex'))
  })

  it('that reads to nothing at one address leaves that to the change', async () => {
    const told = await planned(yaml(NODE), { 'octoform.yaml': yaml('{ topic: gone }') })
    expect(told.code).toBe(0)
    expect(below(told.comment, GAINS)).toHaveLength(1)
    expect(below(told.comment, ANYWAY)).toEqual([])
  })

  it('that cannot be read makes no plan incomplete', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const route = '/orgs/{org}/actions/runner-groups'
    await sandbox.fault({ method: 'GET', route, times: 9, status: 403, body: { message: 'Forbidden' } })
    const base = yaml(NODE, { below: '    runner_groups: { gpu: { repositories: [web] } }\n' })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(NODE), 'base/octoform.yaml': base })
    expect(await place.run(['plan', '--base', 'base'])).toMatchObject({ code: 0 })
  })
})

describe('requests', () => {
  it('are those of the plan alone: what was read once is remembered', async () => {
    const own = yaml(`${NODE}, admin`)
    const alone = await planned(own, undefined)
    const told = await planned(own, { 'octoform.yaml': yaml(NODE) })
    expect(told.sandbox.asked.length).toBe(alone.sandbox.asked.length)
    const gets = told.sandbox.asked.filter(({ method, path }) => method === 'GET' && path.startsWith('/orgs/'))
    expect(new Set(gets.map(({ path }) => path)).size).toBe(gets.length)
  })

  it('are more by what only the base mentions', async () => {
    const own = yaml(NODE)
    const alone = await planned(own, undefined)
    const base = yaml(NODE, { below: '    permissions: { enabled_repositories: all }\n' })
    const told = await planned(own, { 'octoform.yaml': base })
    expect(told.sandbox.asked.length - alone.sandbox.asked.length).toBe(1)
  })
})
