// The part of `plan` that needs no network: the readings are given. DIST holds the compiled modules. node plan-alone.mjs CONFIG
// REPOSITORIES [SECRETS]
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const dist = (path) => import(pathToFileURL(join(process.env.DIST, path)))
const [config, count, each = '0', target] = process.argv.slice(2)
const stage = (name) => {
  const { user, system } = process.cpuUsage()
  if (process.env.STAGES) process.stderr.write(`${name} ${((user + system) / 1e6).toFixed(2)}\n`)
}
const { loadConfiguration } = await dist('config/load.js')
const { resolveOwner } = await dist('config/resolve.js')
const { listingNeeds } = await dist('config/listing.js')
const { excludedRepositories, layersOfOwner, namedRepositories } = await dist('config/scopes.js')
const { startSpending } = await dist('config/limits.js')
const { formatDiagnostic } = await dist('core/diagnostic.js')
const { families } = await dist('families/index.js')
const { indexRepositories } = await dist('core/repository.js')
const { knowNames } = await dist('core/known-names.js')
const { makePlan } = await dist('core/make-plan.js')
const { readSections } = await dist('engine/read-sections.js')
const { supportOf } = await dist('engine/get.js')
const { guardSettings } = await dist('run/guard-settings.js')
const { renderJson } = await dist('render/json.js')
const { renderText } = await dist('render/text.js')
const { renderMarkdown } = await dist('render/markdown.js')
const { viewPlan } = await dist('render/view.js')
const { targetMatcher } = await dist('core/former-addresses.js')
const { sha256Of } = await dist('engine/saved-plan.js')
stage('import')

const topics = ['java', 'node', 'go', 'rust']
const all = Array.from({ length: Number(count) }, (_, id) => ({
  id: id + 1,
  name: `service-${String(id).padStart(5, '0')}`,
  visibility: 'private',
  fork: false,
  archived: false,
  topics: [topics[id % 4]],
  teams: [`t${Math.floor(id / 10)}`],
  properties: new Map([['part', [`p${Math.floor(id / 10)}`]]]),
}))
const updated_at = '2026-01-01T00:00:00Z'
const secrets = Array.from({ length: Number(each) }, (_, id) => ({ name: `LIVE_${id}`, updated_at, visibility: 'all' }))
const get = {
  one: async (route) =>
    route.startsWith('GET /orgs')
      ? { enabled_repositories: 'all', allowed_actions: 'all' }
      : { enabled: true, allowed_actions: 'all' },
  list: async (route) => (route.endsWith('/secrets') ? secrets : []),
}

const { configuration, problems } = await loadConfiguration([config], process.cwd(), families)
stage('load')
if (configuration === undefined) {
  for (const problem of problems.slice(0, 5)) process.stdout.write(`${formatDiagnostic(problem)}\n`)
  process.exit(1)
}
const product = supportOf('ghec')
const inTarget = targetMatcher(target === undefined ? [] : [target])
const spend = startSpending()
const sections = []
const diagnostics = [...configuration.warnings]
const heldBack = []
for (const { name } of configuration.owners) {
  listingNeeds(configuration, name, families)
  const listing = indexRepositories(all, 'complete')
  const layers = layersOfOwner(configuration, name)
  const written = namedRepositories(layers, name, families, 'with negations')
  const excluded = excludedRepositories(layers, name, families)
  const names = knowNames({
    repositories: listing,
    written,
    excluded,
    recorded: new Map(),
    accepted: new Map(),
    holders: new Set(),
    redirects: new Map(),
  })
  const repositories = { ...listing, names }
  const resolved = resolveOwner(configuration, name, repositories, families, spend)
  for (const each of resolved.diagnostics) diagnostics.push(each)
  for (const each of resolved.heldBack) heldBack.push(each)
  stage('resolve')
  const { read } = await readSections({
    sections: resolved.sections,
    families,
    get,
    product,
    productName: 'ghec',
    plan: undefined,
    repositories,
    extent: 'asked',
    inRun: (address) => inTarget(address, names),
  })
  stage('read')
  for (const each of read) sections.push(each)
}
const { plan } = makePlan({
  host: 'api.github.com',
  sections: sections.map(({ section, family, known, live }) => ({
    section,
    live,
    facts: {
      scope: section.scope,
      family,
      known,
      ids: { owner_id: 1, repository_id: null },
      facts: () => undefined,
      rotates: () => false,
      unlisted: [],
    },
  })),
  families,
  notRead: [],
  diagnostics,
  heldBack,
  flags: { owner: [], target: target === undefined ? [] : [target], rotate: [] },
  leftOut: [],
  guards: guardSettings(configuration.guards, [], {}, undefined),
  approvals: { ...configuration.approvals, heldTo: [], spent: undefined },
  keyed: false,
  digest: sha256Of,
})
stage('plan')
const view = viewPlan(plan, 'plan')
const text = renderText(view, { colour: 'plain' })
stage('text')
const markdown = [...renderMarkdown(view)].join('')
stage('markdown')
const json = renderJson(plan)
stage('json')
process.stdout.write(`${text.length} ${markdown.length} ${json.length}\n`)
process.stdout.write(`${text.trimEnd().split('\n').at(-1)}\n`)
const errors = plan.diagnostics.filter(({ severity }) => severity === 'error')
process.stdout.write(errors.map(({ message }) => `error: ${message}\n`).join(''))
if (errors.length > 0) process.exit(1)
