import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ActionsUsed } from '../../src/survey/actions-used.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const step = (...uses: readonly string[]) =>
  `on: push\njobs:\n  a:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}`

const W = '.github/workflows'
const YAML = `version: 1
organizations:
  acme:
    permissions:
      allowed_actions: selected
      selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["octo/good@*"] }
`

async function shop(repositories: object) {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML })
  const report = async (...args: readonly string[]) => {
    const ran = await place.run(['report', 'actions-used', '--format', 'json', ...args])
    if (ran.stdout === '') throw new Error(ran.stderr)
    return { code: ran.code, made: JSON.parse(ran.stdout) as ActionsUsed }
  }
  return { sandbox, place, report }
}

const usesOf = ({ uses }: ActionsUsed) =>
  uses.map(({ file, line, uses: text }) => `${file.replace(`${W}/`, '')}:${line} ${text}`)
const faultsOf = ({ faults }: ActionsUsed) =>
  faults.map(({ file, line, message }) => `${file.replace(`${W}/`, '')}:${line} ${message}`)
const gapsOf = ({ not_read }: ActionsUsed) =>
  not_read.map(({ file, reason }) => `${file.replace(`${W}/`, '')} ${reason}`)
const breaksOf = ({ policies }: ActionsUsed, name: string) =>
  policies.find(({ policy }) => policy === name)?.breaks.map(({ file, line }) => `${file.replace(`${W}/`, '')}:${line}`)

const TWICE = 'this key stands twice in its map, so that GitHub refuses the file'

/** The text of a file, what is used in it by line, and the lines of its faults. */
const TEXTS: readonly (readonly [name: string, text: string, uses: readonly string[], faults: readonly string[]])[] = [
  [
    'CRLF',
    step('octo/good@v1', `octo/bad@${SHA}`).replaceAll('\n', '\r\n'),
    ['5 octo/good@v1', `6 octo/bad@${SHA}`],
    [],
  ],
  ['a byte order mark', `\ufeff${step('octo/good@v1')}`, ['5 octo/good@v1'], []],
  ['tabs for blanks', step('octo/good@v1').replaceAll('      ', '\t'), [], [expect.any(String)]],
  ['an empty file', '', [], []],
  ['comments alone', '# uses: octo/good@v1\n', [], []],
  ['a document that begins and ends', `---\n${step('octo/good@v1')}...\n`, ['6 octo/good@v1'], []],
  [
    'two documents',
    `${step('octo/good@v1')}---\n${step('octo/bad@v1')}`,
    [],
    [expect.stringMatching(/^[67] .*document/i)],
  ],
  [
    'a key that stands twice',
    'on: push\njobs:\n  a:\n    steps:\n      - uses: octo/good@v1\n        uses: octo/bad@v1\n',
    ['5 octo/good@v1', '6 octo/bad@v1'],
    [`6 ${TWICE}`],
  ],
  [
    'a job that stands twice, and jobs',
    `${step('octo/good@v1')}  a:\n    uses: octo/flows/.github/workflows/x.yml@v1\njobs:\n  b: { steps: [{ uses: octo/bad@v1 }] }\n`,
    ['5 octo/good@v1', '7 octo/flows/.github/workflows/x.yml@v1', '9 octo/bad@v1'],
    [`6 ${TWICE}`, `8 ${TWICE}`],
  ],
  [
    'keys in quotes, and with a question mark',
    '"jobs":\n  a:\n    "steps":\n      - ? \'uses\'\n        : octo/good@v1\n',
    ['5 octo/good@v1'],
    [],
  ],
  [
    'folded and literal texts',
    step('>-\n          octo/good@v1', '|\n          octo/bad@v1'),
    ['5 octo/good@v1', '7 octo/bad@v1'],
    [],
  ],
  [
    'texts in quotes, with blanks',
    step("' octo/good@v1 '", '"octo\\u002fbad@v1"'),
    ['5 octo/good@v1', '6 octo/bad@v1'],
    [],
  ],
  ['an alias as a key', 'x: &k uses\njobs: { a: { steps: [{ *k : octo/bad@v1 }] } }\n', ['2 octo/bad@v1'], []],
  [
    'anchors on all levels',
    'x: &all\n  a: &job\n    steps: &steps\n      - &step { uses: &u octo/good@v1 }\n      - *step\n  b: *job\njobs: *all\n',
    ['4 octo/good@v1'],
    [],
  ],
  ['an alias in itself', 'jobs: { a: &a { steps: [{ uses: octo/good@v1 }], b: *a } }\n', ['1 octo/good@v1'], []],
  [
    'an alias that nothing has',
    'jobs: { a: { steps: *none } }\n',
    [],
    ['1 no anchor above has the name of this alias'],
  ],
  [
    'a merge key with what it brings',
    'x: &x { uses: octo/good@v1 }\njobs: { a: { steps: [{ <<: *x }, { <<: { uses: octo/bad@v1 } }] } }\n',
    [],
    [
      '2 `<<` is not followed: GitHub takes anchors and no merge keys',
      '2 `<<` is not followed: GitHub takes anchors and no merge keys',
    ],
  ],
  [
    'what is no action',
    step(
      '',
      '~',
      '1',
      '[octo/bad@v1]',
      '{ a: octo/bad@v1 }',
      'octo/bad',
      '"@v1"',
      '../bad',
      '/bad',
      'C:\\bad',
      'octo//bad@v1',
    ),
    ['5 ', '6 ~', '7 1', '10 octo/bad', '11 @v1', '12 ../bad', '13 /bad', '14 C:\\bad', '15 octo//bad@v1'],
    [],
  ],
  ['a step in place of steps, a list in place of jobs', 'jobs: [{ steps: { uses: octo/bad@v1 } }]\n', [], []],
  ['UTF-16', Buffer.from(`\ufeff${step('octo/good@v1')}`, 'utf16le').toString('latin1'), [], [expect.any(String)]],
  ['a NUL character', step('octo/good@v1').concat('# \0'), [], [expect.stringMatching(/^6 .*NUL/)]],
]

describe('a workflow file with', () => {
  it.each(TEXTS)('%s', async (_, text, uses, faults) => {
    const { report } = await shop({ web: { files: { main: { [`${W}/x.yml`]: text } } } })
    const { made, code } = await report('acme/web')
    expect(usesOf(made).map((each) => each.replace('x.yml:', ''))).toEqual(uses)
    if (!text.includes('[octo/bad@v1]'))
      expect(faultsOf(made).map((each) => each.replace('x.yml:', ''))).toEqual(faults)
    expect([made.not_read, code]).toEqual([[], 0])
    expect(breaksOf(made, 'selected') ?? []).toEqual(
      uses.filter((each) => /octo\/(bad|flows\/.*)@/.test(each)).map((each) => `x.yml:${each.split(' ')[0]}`),
    )
  })
})

it('reads files of both endings in the folder itself, by their case, and by any name', async () => {
  const files = {
    [`${W}/a.yml`]: step('octo/a@v1'),
    [`${W}/A.yml`]: step('octo/b@v1'),
    [`${W}/a.yaml`]: step('octo/c@v1'),
    [`${W}/a.YML`]: step('octo/no@v1'),
    [`${W}/a.yml.bak`]: step('octo/no@v1'),
    [`${W}/deep/a.yml`]: step('octo/no@v1'),
    [`${W}/.yml`]: step('octo/d@v1'),
    [`${W}/50% ü #1?&x=y@v1.yml`]: step('octo/e@v1'),
    'workflows/a.yml': step('octo/no@v1'),
    '.github/a.yml': step('octo/no@v1'),
  }
  const { report } = await shop({ web: { files: { main: files } } })
  const { made, code } = await report('acme/web')
  expect(usesOf(made).sort()).toEqual([
    '.yml:5 octo/d@v1',
    '50% ü #1?&x=y@v1.yml:5 octo/e@v1',
    'A.yml:5 octo/b@v1',
    'a.yaml:5 octo/c@v1',
    'a.yml:5 octo/a@v1',
  ])
  expect([made.not_read, code]).toEqual([[], 0])
})

it('follows local actions and workflows where GitHub does', async () => {
  const composite = (...uses: readonly string[]) =>
    `runs:\n  using: composite\n  steps:\n${uses.map((each) => `    - uses: ${each}\n`).join('')}`
  const files = {
    [`${W}/a.yml`]: step('./', './one/', './two', './made', './docker', './One'),
    [`${W}/calls.yml`]: `jobs:
  good: { uses: ./.github/workflows/called.yml }
  deep: { uses: ./.github/workflows/deep/called.yml }
  other: { uses: ./other.yml }
  image: { uses: docker://alpine }
  at: { uses: ./.github/workflows/called.yml@main }
`,
    [`${W}/called.yml`]: step('octo/good@v1'),
    [`${W}/deep/called.yml`]: step('octo/no@v1'),
    'other.yml': step('octo/no@v1'),
    'action.yml': composite('octo/root@v1'),
    'one/action.yaml': composite('octo/one@v1', './two', './one'),
    'One/action.yml': composite('octo/case@v1'),
    'two/action.yml': `runs: { using: docker, image: docker://octo/image@sha256:${'a'.repeat(64)} }\n`,
    'two/action.yaml': composite('octo/no@v1'),
    'docker/Dockerfile': 'FROM scratch\n',
  }
  const { report } = await shop({ web: { files: { main: files } } })
  const { made, code } = await report('acme/web')
  expect(usesOf(made)).toEqual([
    'a.yml:5 ./',
    'a.yml:6 ./one/',
    'a.yml:7 ./two',
    'a.yml:8 ./made',
    'a.yml:9 ./docker',
    'a.yml:10 ./One',
    'called.yml:5 octo/good@v1',
    'calls.yml:2 ./.github/workflows/called.yml',
    'calls.yml:3 ./.github/workflows/deep/called.yml',
    'calls.yml:4 ./other.yml',
    'calls.yml:5 docker://alpine',
    'calls.yml:6 ./.github/workflows/called.yml@main',
    'One/action.yml:4 octo/case@v1',
    'action.yml:4 octo/root@v1',
    'one/action.yaml:4 octo/one@v1',
    'one/action.yaml:5 ./two',
    'one/action.yaml:6 ./one',
    `two/action.yml:1 docker://octo/image@sha256:${'a'.repeat(64)}`,
  ])
  expect(made.uses.filter(({ kind }) => kind === 'malformed').map(({ line }) => line)).toEqual([3, 4, 5, 6])
  expect(faultsOf(made)).toEqual(['a.yml:8 this path is not on the branch'])
  expect([made.not_read, code]).toEqual([[], 0])
  expect(breaksOf(made, 'local_only')).toEqual([
    'called.yml:5',
    'One/action.yml:4',
    'action.yml:4',
    'one/action.yaml:4',
  ])
  expect(breaksOf(made, 'selected')).toEqual(['One/action.yml:4', 'action.yml:4', 'one/action.yaml:4'])
  expect(breaksOf(made, 'sha_pinning_required')).toEqual(breaksOf(made, 'local_only'))
})

it('follows workflows within the owner at their own refs, round and round, and no others', async () => {
  const call = (...uses: readonly string[]) =>
    `jobs:\n${uses.map((each, index) => `  j${index}: { uses: "${each}" }\n`).join('')}`
  const flow = `${W}/f.yml`
  const { report, sandbox } = await shop({
    web: {
      files: {
        main: {
          [`${W}/a.yml`]: call(
            `acme/lib/${flow}@v1`,
            `acme/lib/${flow}@V1`,
            `ACME/Lib/${flow}@v1`,
            `acme/lib/${flow}@feature/x`,
            `acme/gone/${flow}@v1`,
            `octo/lib/${flow}@v1`,
            `acme/lib/${flow}`,
            `acme/lib/${W}/deep/f.yml@v1`,
            `acme/lib/${flow}@\${{ github.sha }}`,
          ),
        },
      },
    },
    lib: {
      branches: { main: 'c'.repeat(40), v1: 'd'.repeat(40), 'feature/x': 'e'.repeat(40) },
      files: {
        v1: {
          [flow]: `${call(`acme/lib/${flow}@v1`, './.github/workflows/g.yml')}  s: { steps: [{ uses: octo/v1@v1 }] }\n`,
          [`${W}/g.yml`]: step('octo/g@v1', './local'),
        },
        'feature/x': { [flow]: step(`octo/x@${SHA}`) },
      },
    },
  })
  const { made, code } = await report('acme/web')
  const foreign = made.uses.filter(({ repository }) => repository !== 'acme/web')
  expect(foreign.map(({ file, uses }) => `${file.replace(`${W}/`, '')} ${uses}`)).toEqual([
    `f.yml@feature/x octo/x@${SHA}`,
    `f.yml@v1 acme/lib/${flow}@v1`,
    'f.yml@v1 ./.github/workflows/g.yml',
    'f.yml@v1 octo/v1@v1',
    'g.yml@v1 octo/g@v1',
    'g.yml@v1 ./local',
  ])
  expect(gapsOf(made).sort()).toEqual([
    'f.yml@V1 it is not there, or may not be read',
    'f.yml@v1 it is not there, or may not be read',
  ])
  expect(code).toBe(5)
  expect(breaksOf(made, 'local_only')).toEqual(['f.yml@feature/x:5', 'f.yml@v1:4', 'g.yml@v1:5', 'a.yml:7'])
  expect(breaksOf(made, 'sha_pinning_required')).toEqual(['f.yml@v1:4', 'g.yml@v1:5'])
  const read = sandbox.asked.filter(({ path }) => path.includes('/contents/'))
  expect(read.filter(({ path }) => path.includes('/octo/'))).toEqual([])
})

const CONTENTS = '/repos/{owner}/{repo}/contents/{path}'

describe('a file that GitHub', () => {
  const names = ['big', 'bytes', 'link', 'dangling', 'folder'] as const
  const listing = names.map((name) => ({
    ...{
      name: `${name}.yml`,
      path: `${W}/${name}.yml`,
      sha: 'a'.repeat(40),
      size: 0,
      url: '',
      git_url: '',
      html_url: '',
      download_url: '',
      _links: {},
    },
    type: name === 'link' || name === 'dangling' ? 'symlink' : name === 'folder' ? 'dir' : 'file',
  }))
  const content = (bytes: Buffer, more: object = {}) => ({
    ...{ type: 'file', sha: 'a'.repeat(40), size: bytes.length, encoding: 'base64', content: bytes.toString('base64') },
    ...more,
  })

  it('does not give as text is named, and the others are read', async () => {
    const { sandbox, report } = await shop({ web: { files: { main: { [`${W}/a.yml`]: step('octo/no@v1') } } } })
    // In the order in which they are asked for.
    const answers = [
      listing,
      content(Buffer.alloc(0), { size: 2 << 20, encoding: 'none', content: '' }),
      content(Buffer.from([0x6a, 0xff, 0xfe, 0x80])),
      { type: 'symlink', sha: 'a'.repeat(40), size: 3, target: '../gone' },
      content(Buffer.from(step('octo/linked@v1'))),
    ]
    for (const [index, body] of answers.entries()) {
      await sandbox.fault({ method: 'GET', route: CONTENTS, nth: index + 1, status: 200, body })
    }
    const { made, code } = await report('acme/web')
    expect(usesOf(made)).toEqual(['link.yml:5 octo/linked@v1'])
    expect(gapsOf(made).sort()).toEqual([
      'big.yml it is larger than 1 MiB',
      'bytes.yml it is not UTF-8 text',
      'dangling.yml it is a folder, a link or a submodule',
    ])
    expect(code).toBe(5)
  })

  it('shows as a link in place of the folder is a gap', async () => {
    const { sandbox, report } = await shop({ web: { files: { main: { [`${W}/a.yml`]: step('octo/no@v1') } } } })
    const body = { type: 'symlink', sha: 'a'.repeat(40), size: 3, target: '../elsewhere' }
    await sandbox.fault({ method: 'GET', route: CONTENTS, status: 200, body })
    const { made, code } = await report('acme/web')
    expect([made.uses, gapsOf(made), code]).toEqual([
      [],
      ['.github/workflows it is no folder, but a file, a link or a submodule'],
      5,
    ])
  })
})

it('reads a checkout with links, bytes and sizes as the API gives them', async () => {
  const { place, report } = await shop({ web: {} })
  const write = async (path: string, text: string | Buffer) => {
    await mkdir(dirname(join(place.folder, path)), { recursive: true })
    await writeFile(join(place.folder, path), text)
  }
  await write(`tree/${W}/big.yml`, '#'.repeat(2 << 20))
  await write(`tree/${W}/bytes.yml`, Buffer.from([0x6a, 0xff, 0xfe, 0x80]))
  await write('tree/common.yml', step('octo/linked@v1'))
  await write('outside.yml', step('octo/outside@v1'))
  await symlink('../../common.yml', join(place.folder, `tree/${W}/link.yml`))
  await symlink('../../../outside.yml', join(place.folder, `tree/${W}/out.yml`))
  await symlink('loop.yml', join(place.folder, `tree/${W}/loop.yml`))
  await mkdir(join(place.folder, `tree/${W}/folder.yml`))
  const { made, code } = await report('acme/web', '--checkout', 'tree')
  expect(usesOf(made)).toEqual(['link.yml:5 octo/linked@v1'])
  expect(gapsOf(made).sort()).toEqual([
    'big.yml it is larger than 1 MiB',
    'bytes.yml it is not UTF-8 text',
    'loop.yml it is a link to nothing that can be read',
    'out.yml it is a link to nothing that can be read',
  ])
  expect(code).toBe(5)
})
