import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { workplace } from '../support/octoform.ts'
import { type Reaction, serve } from '../support/scripted-server.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = `
organizations:
  acme:
    repositories:
      web: { id: 101, secrets: { K: { value: old } } }
      api: { id: 102 }
    permissions:
      enabled_repositories: selected
      repositories: [web]
      allowed_actions: selected
      selected_actions: { github_owned_allowed: true, patterns_allowed: [] }
    secrets: { S: { visibility: selected, repositories: [web], value: old }, T: { visibility: all, value: old } }
    runners: { r1: { os: linux, status: online, labels: [a] }, r2: { os: linux, status: online, labels: [a] } }
    runner_groups:
      g: { visibility: selected, repositories: [web], runners: [r1] }
      h: { visibility: all }
  beta:
    repositories:
      web: { id: 201, permissions: { allowed_actions: selected }, secrets: { K: { value: old }, L: { value: old } } }
    secrets: { S: { visibility: all, value: old } }
repositories:
  octo/hello: { id: 301, secrets: { K: { value: old } } }
`

const YAML = `version: 1
organizations:
  acme:
    permissions:
      repositories: [web, api]
      selected_actions: { patterns_allowed: ["docker/*"] }
    secrets:
      S: { visibility: selected, repositories: [web, api] }
      T: absent
    runner_groups:
      g: { visibility: selected, repositories: [web, api], runners: [r1, r2] }
    repositories:
      web: { secrets: { K: absent } }
  beta:
    permissions: { allowed_actions: all }
    secrets: { S: absent }
    repositories:
      web:
        permissions: { selected_actions: { patterns_allowed: ["docker/*"] } }
        secrets: { K: absent }
repositories:
  octo/hello: { permissions: { allowed_actions: local_only }, secrets: { K: absent } }
`

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Items = readonly { readonly [key: string]: Json }[]

/** A route that plan reads, with its path here, and the mark of its answer. */
interface Read {
  readonly path: string
  /** The owner whose scopes may be left out. */
  readonly owner: string
  readonly product?: string
  /** Key of its list; null for a bare one; undefined for a document. */
  readonly list?: string | null
  readonly id?: true
  /** A field that the document must have, with an impossible value. */
  readonly field?: string
}

const READS: readonly Read[] = [
  { path: '/meta', owner: '*', field: 'verifiable_password_authentication' },
  { path: '/orgs/acme', owner: 'acme', field: 'login', id: true },
  { path: '/users/octo', owner: 'octo', field: 'login', id: true },
  { path: '/repos/octo/hello', owner: 'octo', field: 'full_name', id: true },
  { path: '/orgs/acme/repos', owner: 'acme', list: null, id: true },
  { path: '/orgs/acme/actions/permissions', owner: 'acme', field: 'enabled_repositories' },
  { path: '/orgs/acme/actions/permissions/repositories', owner: 'acme', list: 'repositories', id: true },
  { path: '/orgs/acme/actions/permissions/selected-actions', owner: 'acme', field: 'patterns_allowed' },
  { path: '/orgs/acme/actions/secrets', owner: 'acme', list: 'secrets' },
  { path: '/orgs/acme/actions/secrets/S/repositories', owner: 'acme', list: 'repositories', id: true },
  { path: '/orgs/acme/actions/runner-groups', owner: 'acme', list: 'runner_groups', id: true },
  { path: '/orgs/acme/actions/runner-groups/G/repositories', owner: 'acme', list: 'repositories', id: true },
  {
    path: '/orgs/acme/actions/runner-groups/G/runners',
    owner: 'acme',
    list: 'runners',
    id: true,
    product: 'ghes-3.7',
  },
  { path: '/orgs/acme/actions/runners', owner: 'acme', list: 'runners', id: true },
  { path: '/repos/beta/web/actions/permissions', owner: 'beta', field: 'enabled' },
  { path: '/repos/beta/web/actions/permissions/selected-actions', owner: 'beta', field: 'patterns_allowed' },
  { path: '/repos/beta/web/actions/secrets', owner: 'beta', list: 'secrets' },
]

/** One way in which an answer is wrong: another body or, where no JSON does it, another answer. */
type Cell = readonly [
  name: string,
  spoil: { readonly body: Json } | { readonly status: 204 } | { readonly answer: Reaction },
]

const BAD_IDS: readonly (readonly [string, Json])[] = [
  ['text', '101'],
  ['0', 0],
  ['negative', -1],
  ['2^60', 2 ** 60],
  ['a fraction', 1.5],
  ['null', null],
]

const DRIPS = 'a page that drips'

const WITHOUT_JSON: readonly Cell[] = [
  ['204', { status: 204 }],
  ['an error body without end', { answer: endless(403) }],
  ['a body without end', { answer: endless(200) }],
  ['a gzip bomb', { answer: bomb }],
  [DRIPS, { answer: drip }],
]

function cellsOf({ path, list, id, field = '' }: Read, body: Json): readonly Cell[] {
  if (list === undefined) return [...documentCells(body as Items[number], field, id), ...WITHOUT_JSON]
  const items = (list === null ? body : (body as { readonly [key: string]: Json })[list]) as Items
  const put = (changed: Json, more: object = {}): Cell[1] => ({
    body: list === null ? changed : ({ ...(body as object), [list]: changed, ...more } as Json),
  })
  const [first = {}, ...rest] = items
  const without = (name: string): Json => Object.fromEntries(Object.entries(first).filter(([key]) => key !== name))
  const cells: Cell[] = [
    ['a null member', put([null, ...rest])],
    ['a number as member', put([7, ...rest])],
    ['a list as member', put([[], ...rest])],
    ['no name', put([without('name'), ...rest])],
    ['a number as name', put([{ ...first, name: 7 }, ...rest])],
    ['no text as name', put([{ ...first, name: '' }, ...rest])],
    ['{}', { body: {} }],
    ['an object for a list', list === null ? put({ a: first }) : put({ a: first })],
    ['pages without end', { answer: pages(put([first])) }],
  ]
  // Runners may have one name: what the YAML says of it is held back, and the rest of the scope is planned.
  if (!path.endsWith('/runners')) {
    cells.push(['a name twice', put([...items, id ? { ...first, id: 999_999 } : { ...first }])])
  }
  if (id) {
    cells.push(['no id', put([without('id'), ...rest])])
    for (const [name, bad] of BAD_IDS) cells.push([`${name} as id`, put([{ ...first, id: bad }, ...rest])])
  }
  if (list !== null) {
    cells.push(['[]', { body: [] }])
    const { total_count: total, ...bare } = { ...(body as { readonly [key: string]: Json }), [list]: rest }
    cells.push(['total_count as text, cut short', { body: { ...bare, total_count: String(total) } }])
    cells.push(['no total_count, cut short', { body: bare }])
    cells.push(['total_count not reached', { body: { ...bare, total_count: total ?? 0 } }])
    cells.push(['null as total_count', { body: { ...bare, total_count: null } }])
  }
  return [...cells, ...WITHOUT_JSON]
}

function documentCells(body: Items[number], field: string, id: true | undefined): Cell[] {
  const without = (name: string): Json => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))
  const cells: Cell[] = [
    ['{}', { body: {} }],
    ['[]', { body: [] }],
    [`no ${field}`, { body: without(field) }],
    [`null as ${field}`, { body: { ...body, [field]: null } }],
    [`a number as ${field}`, { body: { ...body, [field]: 7 } }],
    [`another text as ${field}`, { body: { ...body, [field]: 'neither/nor/this' } }],
    ['itself in a list', { body: [body] }],
  ]
  if (id) {
    cells.push(['no id', { body: without('id') }])
    for (const [name, bad] of BAD_IDS) cells.push([`${name} as id`, { body: { ...body, id: bad } }])
  }
  return cells
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
/** A hundredth of the usual: a limit is exceeded in the same way. */
const LIMITS = { answerBytes: 300_000, errorBytes: 10_000, pages: 20, members: 2000, listMs: 20_000 }
/** Long enough for an answer that does come, on a busy machine too. */
const PATIENCE_MS = 2500

function endless(status: number): Reaction {
  return (_, response) => {
    response.writeHead(status, JSON_TYPE).write('{"message":"')
    const chunk = 'm'.repeat(65_536)
    const pump = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pump)
    }
    pump()
  }
}

function bomb(...[, response]: Parameters<Reaction>): void {
  const packed = gzipSync(Buffer.from(`{"total_count":1,"x":"${' '.repeat(3_000_000)}"}`))
  response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(packed)
}

function drip(...[, response]: Parameters<Reaction>): void {
  response.writeHead(200, JSON_TYPE).write('{"total_count":0,')
  const timer = setInterval(() => response.write(' '), 100)
  response.once('close', () => clearInterval(timer))
}

function pages(spoil: Cell[1]): Reaction {
  return ({ path, headers }, response) => {
    const url = new URL(path, `http://${headers.host}`)
    const page = Number(url.searchParams.get('page') ?? 1)
    url.searchParams.set('page', String(page + 1))
    const body = 'body' in spoil ? spoil.body : null
    const numbered = JSON.stringify(body)
      .replace(/"id":\d+/, `"id":${page}`)
      .replace(/"name":"[^"]*"/, `"name":"N${page}"`)
      .replace(/"total_count":\d+/, '"total_count":1000000')
    response.writeHead(200, { ...JSON_TYPE, link: `<${url.href}>; rel="next"` }).end(numbered)
  }
}

/** Stands before a sandbox and spoils the answers at one path. */
async function spoiled(
  sandbox: WatchedSandbox,
): Promise<{ readonly url: string; spoil(path: string, how: Cell[1] | undefined): void }> {
  const { origin, pathname } = new URL(sandbox.url)
  const root = pathname.replace(/\/$/, '')
  const state: { path: string; how: Cell[1] | undefined } = { path: '', how: undefined }
  const between = await serve((request, response) => {
    const { method, path, headers, body } = request
    const { how } = state
    if (how !== undefined && method === 'GET' && path.split('?')[0] === root + state.path) {
      if ('answer' in how) how.answer(request, response)
      else if ('status' in how) response.writeHead(204).end()
      else response.writeHead(200, JSON_TYPE).end(JSON.stringify(how.body))
      return
    }
    const passed = { authorization: headers.authorization ?? '', 'user-agent': headers['user-agent'] ?? '' }
    void fetch(origin + path, { method, headers: passed, ...(body === '' ? {} : { body }) }).then(async (answer) => {
      const version = answer.headers.get('x-github-enterprise-version')
      const told = version === null ? {} : { 'x-github-enterprise-version': version }
      response.writeHead(answer.status, { ...JSON_TYPE, ...told }).end(await answer.text())
    })
  })
  return {
    url: between.url + root,
    spoil(path, how) {
      Object.assign(state, { path, how })
    },
  }
}

const tally = { right: 0, tried: 0 }
afterAll(() => {
  process.stdout.write(`answers: ${tally.right} of ${tally.tried} cells right\n`)
})

function scopeOf(address: string): string {
  return address
    .split('/')
    .slice(0, address.startsWith('orgs/') ? 2 : 3)
    .join('/')
}

/**
 * Each read route × each way in which its answer can be wrong.
 * @param stride of the cells of a route every so manyth is tried, each route beginning at another one
 */
export function describeAnswers(stride: number): void {
  describe('an answer that is not GitHub’s', () => {
    it.each(READS)(
      '$path: that scope is not read, and all the others are',
      async ({ path: named, ...read }) => {
        const { product = 'ghec', owner } = read
        const sandbox = await watchedSandbox({ product, seed: SEED })
        const groups = (await sandbox.call('GET', '/orgs/acme/actions/runner-groups')).body as { runner_groups: Items }
        const group = groups.runner_groups.find(({ name }) => name === 'g')?.id
        const path = named.replace('/G/', `/${group}/`)
        const between = await spoiled(sandbox)
        const place = await workplace(between, { 'octoform.yaml': YAML })
        const baseline = await place.plan()
        expect(baseline).toMatchObject({ complete: true, diagnostics: [] })
        expect(baseline.changes.length).toBeGreaterThan(8)
        const { body } = await sandbox.call('GET', `${path}?per_page=100`)
        const wrong: string[] = []
        const offset = READS.findIndex((each) => each.path === named)
        for (const [index, [name, how]] of cellsOf({ path, ...read }, body as Json).entries()) {
          if ((index + offset) % stride > 0) continue
          between.spoil(path, how)
          const limits = name === DRIPS ? { ...LIMITS, timeoutMs: PATIENCE_MS } : LIMITS
          const planned = await place.run(['plan', '--format', 'json'], { limits })
          // It reads as plan does: now and then shows that nothing is written.
          const applied = tally.tried % 3 > 0 ? planned : await place.run(['apply', '--auto-approve'], { limits })
          between.spoil(path, undefined)
          const faults = faultsOf(planned, applied, { baseline, owner, path })
          if (sandbox.writes().length > 0) faults.push(`wrote ${sandbox.writes()}`)
          tally.tried += 1
          if (faults.length === 0) tally.right += 1
          else wrong.push(`${name}: ${faults.join('; ')}`)
        }
        expect(wrong).toEqual([])
      },
      240_000,
    )
  })
}

function faultsOf(
  planned: { readonly code: number; readonly stdout: string; readonly stderr: string },
  applied: { readonly code: number; readonly stdout: string; readonly stderr: string },
  { baseline, owner, path }: { readonly baseline: Plan; readonly owner: string; readonly path: string },
): string[] {
  const faults: string[] = []
  if (planned.code !== 5) faults.push(`plan ended with ${planned.code}: ${planned.stderr.slice(-300)}`)
  if (applied.code !== 5) faults.push(`apply ended with ${applied.code}: ${applied.stderr.slice(-300)}`)
  const said = planned.stdout + planned.stderr + applied.stdout + applied.stderr
  if (/\bbug\b/i.test(said)) faults.push('called it a bug')
  if (!said.includes(`GET ${path}`)) faults.push('did not name the route')
  // Without knowing what the server is, nothing can be planned.
  if (planned.stdout === '') return owner === '*' ? faults : [...faults, 'printed no plan']
  const { changes, not_read: notRead } = JSON.parse(planned.stdout) as Plan
  const unread = new Set(notRead.map(({ scope }) => scope))
  if (unread.size === 0) faults.push('named nothing as unread')
  const strange = [...unread].filter((scope) => owner !== '*' && scope.split('/')[1] !== owner)
  if (strange.length > 0) faults.push(`also left out ${strange}`)
  // An organization that is not read leaves out its repositories, too.
  const isLeftOut = (address: string): boolean =>
    owner === '*' || unread.has(scopeOf(address)) || address.split('/')[1] === owner
  const elsewhere = (all: Plan['changes']): Plan['changes'] => all.filter(({ address }) => !isLeftOut(address))
  if (JSON.stringify(elsewhere(changes)) !== JSON.stringify(elsewhere(baseline.changes))) faults.push('changed others')
  const decided = changes.filter(({ address }) => unread.has(scopeOf(address)))
  if (decided.length > 0) faults.push(`decided on ${decided.map(({ address }) => address)}`)
  return faults
}

/** What is asked for only once a plan is confirmed: public keys, and what a write carries of GitHub's own. */
const LATER = [
  {
    path: '/orgs/acme/actions/secrets/public-key',
    right: { key_id: '1', key: Buffer.alloc(32, 9).toString('base64') },
    fields: ['key_id', 'key'],
  },
  {
    path: '/repos/acme/web/actions/secrets/public-key',
    right: { key_id: '1', key: Buffer.alloc(32, 9).toString('base64') },
    fields: ['key_id', 'key'],
  },
  {
    path: '/orgs/acme/actions/secrets/S',
    right: { name: 'S', visibility: 'selected', updated_at: '2026-01-01T00:00:00Z' },
    fields: ['name', 'visibility'],
  },
] as const

export function describeAnswersBeforeWrites(): void {
  describe('an answer that is not GitHub’s, asked for before a write', () => {
    const yaml = `version: 1
organizations:
  acme:
    secrets: { S: { value: { env: V } } }
    repositories: { web: { secrets: { K: { value: { env: V } } } } }
  beta:
    secrets: { S: absent, N: { visibility: all, value: { env: V } } }
`
    it.each(LATER)(
      '$path: its change fails, and the others are made',
      async ({ path, right, fields }) => {
        const cells: readonly Cell[] = [
          ['{}', { body: {} }],
          ['[]', { body: [] }],
          ...fields.flatMap((field): Cell[] => [
            [`no ${field}`, { body: Object.fromEntries(Object.entries(right).filter(([key]) => key !== field)) }],
            [`a number as ${field}`, { body: { ...right, [field]: 7 } }],
            [`null as ${field}`, { body: { ...right, [field]: null } }],
          ]),
          ...WITHOUT_JSON.filter(([name]) => name !== DRIPS),
        ]
        const wrong: string[] = []
        for (const [name, how] of cells) {
          const sandbox = await watchedSandbox({ seed: SEED })
          const between = await spoiled(sandbox)
          const place = await workplace(between, { 'octoform.yaml': yaml }, { V: 'planted-value' })
          between.spoil(path, how)
          const ran = await place.run(['apply', '--auto-approve', '--rotate', '**'], { limits: LIMITS })
          const state = JSON.stringify((await sandbox.call('GET', '/_sandbox/state')).body)
          const faults: string[] = []
          if (ran.code !== 1) faults.push(`ended with ${ran.code}`)
          if (/\bbug\b/i.test(ran.stdout + ran.stderr)) faults.push('called it a bug')
          if (!(ran.stdout + ran.stderr).includes(`GET ${path}`)) faults.push('did not name the route')
          // Of three values two are put, and the third is as it was.
          const put = state.split('planted-value').length - 1
          if (put !== 2) faults.push(`${put} values were put`)
          const { secrets } = (JSON.parse(state) as { organizations: { beta: { secrets: object } } }).organizations.beta
          if (Object.keys(secrets).join() !== 'N') faults.push(`beta has ${Object.keys(secrets)}`)
          tally.tried += 1
          if (faults.length === 0) tally.right += 1
          else wrong.push(`${name}: ${faults.join('; ')}`)
        }
        expect(wrong).toEqual([])
      },
      120_000,
    )
  })
}
