// Compares the plans of two checkouts, each with its own dist/cli.js (npm run build) and its own sandbox:
//   node scripts/compare-plans.mjs OLD_CHECKOUT NEW_CHECKOUT [--cases FOLDER] [--only TEXT]
// For each example, each world of the contract test on each product, and each folder of cases (octoform.yaml, seed.yaml):
// `validate`, then for each stage the plan as JSON and as text, and what apply reports; in the end `import`. Prints each
// difference and a count; exit 1 where there is one.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { parse, stringify } from 'yaml'

const PRODUCTS = ['dotcom', 'ghec', 'ghes-2.22', 'ghes-3.4', 'ghes-3.7', 'ghes-3.12', 'ghes-3.17', 'ghes-3.19']
const TOKEN = 'ghp_comparePlans'
const LEDGER_KEY = Buffer.alloc(32, 7).toString('base64')
const ALLOW = ['--auto-approve', '--allow', 'deletions=99,revocations=99,runner_moves=99,public,protected']

/** Each variable that an example, a world or a case takes a value from. */
const VALUES = Object.fromEntries(
  ['PLANTED_ONE', 'PLANTED_TWO', 'PLANTED_THREE', 'NPM_TOKEN', 'DEPLOY_KEY', 'DEPLOY_TOKEN', 'QUEUE_URL', 'PAY_KEY']
    .concat(['DEMO_NPM_TOKEN', 'DEMO_DEPLOY_KEY', 'A', 'B', 'TOKEN', 'VALUE'])
    .map((name) => [name, `value of ${name}`]),
)

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string' }, only: { type: 'string', default: '' } },
})
const [before, after] = positionals.map((folder) => resolve(folder))
if (before === undefined || after === undefined) {
  console.error('usage: node scripts/compare-plans.mjs OLD_CHECKOUT NEW_CHECKOUT [--cases FOLDER] [--only TEXT]')
  process.exit(2)
}

const root = mkdtempSync(join(tmpdir(), 'compare-plans-'))
try {
  const all = [...examples(after), ...(await worlds(after)), ...cases(values.cases)]
  const chosen = all.filter(({ name }) => name.includes(values.only))
  const found = { plans: 0, different: 0 }
  const port = await freePort()
  for (const given of chosen) await compare(given, port, found)
  console.log(`${chosen.length} configurations, ${found.plans} plans: ${found.different} differences`)
  process.exitCode = found.different > 0 || found.plans === 0 ? 1 : 0
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** One server address for both, because the digest holds the host. */
async function compare(given, port, found) {
  const old = await record(before, given, port)
  const now = await record(after, given, port)
  found.plans += old.filter(({ step }) => step.startsWith('plan')).length
  for (const [index, { step, text }] of old.entries()) {
    const other = now[index]?.text ?? ''
    if (text === other) continue
    found.different += 1
    console.log(`\n${given.name}: ${step}`)
    const [left, right] = [text.split('\n'), other.split('\n')]
    const differing = left.flatMap((line, at) => (line === right[at] ? [] : [at]))
    for (const at of differing.slice(0, 5)) console.log(`  - ${left[at]}\n  + ${right[at] ?? ''}`)
    if (left.length !== right.length) console.log(`  ${left.length} lines, and now ${right.length}`)
  }
}

/** The output of the commands of one checkout, step by step, without the parts that differ from run to run. */
async function record(checkout, { files, seed, stages, product, imports }, port) {
  const folder = mkdtempSync(join(root, 'run-'))
  for (const [name, text] of Object.entries(files)) put(folder, name, text)
  put(folder, 'seed.yaml', stringify(seed))
  const main = await mainOf(checkout)
  const sandbox = await serve(main, folder, ['--port', String(port), '--product', product])
  try {
    const steps = []
    const take = async (step, args) => {
      const printed = { stdout: [], stderr: [] }
      const code = await main(args, world(folder, printed))
      steps.push({ step, text: stable(`exit ${code}\n${printed.stdout.join('')}\n${printed.stderr.join('')}`, folder) })
    }
    const api = ['--api-url', sandbox.url]
    for (const [index, stage] of stages.entries()) {
      if (stage !== undefined) put(folder, 'octoform.yaml', stringify(stage))
      const at = stages.length > 1 ? ` ${index + 1}` : ''
      if (index === 0) await take('validate', ['validate', '--product', product])
      await take(`plan${at} as JSON`, ['plan', '--format', 'json', '--detailed-exitcode', ...api])
      await take(`plan${at} as text`, ['plan', ...api])
      await take(`apply${at}`, ['apply', '--format', 'json', ...ALLOW, ...api])
      await take(`plan after apply${at}`, ['plan', '--detailed-exitcode', ...api])
    }
    for (const address of imports) await take(`import ${address}`, ['import', address, ...api])
    return steps
  } finally {
    await sandbox.stop()
  }
}

/** The command line of a checkout, in this process. Before dist/main.js was built, dist/cli.js said where it is. */
async function mainOf(checkout) {
  const dist = join(checkout, 'dist')
  const built = join(dist, 'main.js')
  const [, path] = /import \{ main \} from '([^']+)'/.exec(readFileSync(join(dist, 'cli.js'), 'utf8')) ?? []
  const { main } = await import(pathToFileURL(path === undefined ? built : join(dist, path)).href)
  return main
}

function world(cwd, printed, more = {}) {
  return {
    env: { PATH: process.env.PATH, NO_COLOR: '1', GITHUB_TOKEN: TOKEN, OCTOFORM_LEDGER_KEY: LEDGER_KEY, ...VALUES },
    cwd,
    stdout: (text) => void printed.stdout.push(text),
    stderr: (text) => void printed.stderr.push(text),
    ask: undefined,
    stdin: async () => Buffer.alloc(0),
    colour: 'plain',
    stopped: () => new Promise(() => undefined),
    ...more,
  }
}

async function serve(main, folder, flags) {
  const printed = { stdout: [], stderr: [] }
  let stop = () => undefined
  const stopped = new Promise((done) => {
    stop = done
  })
  const ended = main(['sandbox', '--seed', 'seed.yaml', ...flags], world(folder, printed, { stopped: () => stopped }))
  while (printed.stdout.length === 0) {
    if ((await Promise.race([ended, new Promise((done) => setTimeout(done, 5))])) !== undefined) {
      throw new Error(`the sandbox did not start: ${printed.stderr.join('')}`)
    }
  }
  const stopAll = async () => {
    stop()
    await ended
  }
  return { url: JSON.parse(printed.stdout.join('').split('\n')[0]).url, stop: stopAll }
}

function stable(text, folder) {
  return text
    .replaceAll(folder, 'FOLDER')
    .replaceAll(/^(?:reading .*: \d+|applying: \d+ of \d+) requests$\n?/gm, '')
    .replaceAll(/^\d\d:\d\d:\d\dZ .*$\n?/gm, '')
    .replaceAll(/"request_ids": \[[^\]]*\]/g, '"request_ids": []')
    .replaceAll(/"at": "[^"]*"/g, '"at": ""')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/request id [\w:]+/g, 'request id')
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

function put(folder, name, text) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The examples, each on a world that is made of the names that stand in it. */
function examples(checkout) {
  const folder = join(checkout, 'examples')
  const names = readdirSync(folder).filter((name) => name !== 'workflows')
  return names.map((name) => {
    const path = join(folder, name)
    const files = name.endsWith('.yaml') ? { 'octoform.yaml': readFileSync(path, 'utf8') } : filesIn(path)
    const seed =
      files['github.yaml'] === undefined
        ? seedFor(Object.values(files).map((text) => parse(text)))
        : parse(files['github.yaml'])
    delete files['github.yaml']
    return { name: `examples/${name}`, files, seed, stages: [undefined], product: 'ghec', imports: importsOf(seed) }
  })
}

function importsOf({ organizations = {}, repositories = {} }) {
  const owners = Object.keys(organizations)
  return [
    ...owners.flatMap((name) => [`orgs/${name}`, `repos/${name}/*`]),
    ...Object.keys(repositories).map((name) => `repos/${name}`),
  ]
}

function seedFor(documents) {
  const organizations = {}
  const repositories = {}
  for (const document of documents) {
    for (const [owner, body] of Object.entries(document.organizations ?? {})) {
      const known = organizations[owner]?.repositories ?? {}
      const names = [
        ...namesIn(body),
        ...Object.keys(body.repositories ?? {}),
        'service-a',
        'service-legacy',
        'web',
        'ml',
      ]
      const made = Object.fromEntries(
        names.map((name, index) => [name, { id: 100 + index, topics: ['backend', 'machine-learning', 'java'] }]),
      )
      const runners = Object.fromEntries(['gpu-01', 'gpu-02'].map((name) => [name, { os: 'linux', status: 'online' }]))
      organizations[owner] = { id: 7, repositories: { ...made, ...known }, runners }
    }
    for (const [index, name] of Object.keys(document.repositories ?? {}).entries())
      repositories[name] = { id: 900 + index }
  }
  return { organizations, repositories }
}

/** Plain names in the lists of repositories below a value. */
function namesIn(value) {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (!/^(?:add_|remove_)?repositories$/.test(key) || !Array.isArray(inner)) return namesIn(inner)
    return inner.filter((entry) => typeof entry === 'string' && /^[\w.-]+$/.test(entry))
  })
}

function filesIn(folder, below = '') {
  const found = {}
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const name = join(below, entry.name)
    if (entry.isDirectory()) Object.assign(found, filesIn(folder, name))
    else found[name] = readFileSync(join(folder, name), 'utf8')
  }
  return found
}

/** Folders with an octoform.yaml and a seed. */
function cases(folder) {
  if (folder === undefined) return []
  return readdirSync(folder)
    .map((name) => ({ name, path: join(folder, name) }))
    .filter(({ path }) => existsSync(join(path, 'seed.yaml')) && existsSync(join(path, 'octoform.yaml')))
    .map(({ name, path }) => {
      const seed = parse(readFileSync(join(path, 'seed.yaml'), 'utf8'))
      const files = { 'octoform.yaml': readFileSync(join(path, 'octoform.yaml'), 'utf8') }
      return { name: `cases/${name}`, files, seed, stages: [undefined], product: 'ghec', imports: importsOf(seed) }
    })
}

/** The worlds of the contract test, on each product. */
async function worlds(checkout) {
  const { worlds: byFamily } = await transpiled(checkout, 'index.ts')
  const { seedOf, configurationOf, stagesOf, isSupported } = await transpiled(checkout, 'case.ts')
  const { VALUES: texts } = await transpiled(checkout, 'world.ts')
  return Object.entries(byFamily).flatMap(([family, { scopes, since }]) =>
    Object.entries(scopes).flatMap(([scope, all]) =>
      all.flatMap((world, index) =>
        [...PRODUCTS.map((product) => [product, 'organization']), ['dotcom', 'personal']].flatMap(
          ([product, owner]) => {
            if (owner === 'personal' && (scope !== 'repository' || world.above !== undefined)) return []
            const given = { family, scope, product, owner, world, since }
            if (!isSupported(given)) return []
            const name = `worlds/${family} of the ${scope} ${index + 1}, ${product}, ${owner}`
            const seed = seedOf(given)
            const stages = stagesOf(given).map((stage) => configurationOf(given, stage))
            return [{ name, files: texts.files, seed, stages, product, imports: importsOf(seed) }]
          },
        ),
      ),
    ),
  )
}

/** A module of test/worlds as JavaScript. */
async function transpiled(checkout, name) {
  const build = await rolldown({ input: join(checkout, 'test/worlds', name), platform: 'node' })
  const { output } = await build.generate({ format: 'esm' })
  const path = join(root, name.replace('.ts', '.mjs'))
  writeFileSync(path, output[0].code)
  return import(pathToFileURL(path).href)
}
