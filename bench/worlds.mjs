// The worlds that are measured: the configuration, the seed of the sandbox, and the requests of a naive reader, by item. The
// same arguments give the same bytes. Written from GitHub's documentation and docs/: nothing of src/ is imported.

const NAME = 'repo-*'
const SECRETS = [1, 2, 3, 4, 5].map((index) => `DEPLOY_${index}`)
const ADMIN = 'admin'
const LEDGER = { repository: `acme/${ADMIN}`, branch: 'octoform', path: 'ledger.json' }
const WRITTEN_AT = '2024-01-01T00:00:00.000Z'

const repositoryName = (index) => `repo-${String(index).padStart(5, '0')}`
const ownerName = (index, count) => (count === 1 ? 'acme' : `acme-${String(index).padStart(2, '0')}`)
const range = (count) => Array.from({ length: count }, (_, index) => index)
/** On one line, with quotes only where YAML wants them. */
function inLine(value) {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (typeof value !== 'object') return String(value).startsWith('*') ? `"${value}"` : String(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${inLine(inner)}`)
    .join(', ')} }`
}

/** Makers of worlds by their kind. `host` is that of the sandbox, which the entries of a ledger name. */
export const WORLDS = { settings, named, organization, organizationSecrets, repositorySecrets }

/**
 * Organizations whose repositories have ten settings each: two fields, the three of the selected actions, five secrets.
 * @param drift the share of repositories of which one setting was changed by hand
 */
function settings({ owners = 1, repositories, form, drift = 0, ledger }, host) {
  const logins = range(owners).map((index) => ownerName(index, owners))
  const names = range(repositories).map(repositoryName)
  const drifted = (index) => drift > 0 && index % Math.round(1 / drift) === 0
  const wanted = { permissions: permissions(false), secrets: valuesOf(SECRETS) }
  const live = (index) => ({
    id: 1000 + index,
    permissions: permissions(drifted(index)),
    secrets: Object.fromEntries(SECRETS.map((name) => [name, { value: 'old' }])),
  })
  const own = {
    sets: () => [`    repository_sets: [${inLine({ match: { name: NAME }, ...wanted })}]`],
    explicit: () => ['    repositories:', ...names.map((name) => `      ${name}: ${inLine(wanted)}`)],
    aliases: () => ['    repositories:', ...names.map((name) => `      ${name}: *settings`)],
  }[form]()
  const anchor = form === 'aliases' ? [`x-settings: &settings ${inLine(wanted)}`] : []
  const entries = ledger === undefined ? undefined : ledgerOf(host, logins, names)
  const seeded = (owner) => Object.fromEntries(names.map((name, index) => [name, live(owner * repositories + index)]))
  return {
    files: {
      'octoform.yaml': configuration(
        ledger,
        'organizations',
        logins.flatMap((login) => [`  ${login}:`, ...own]),
        anchor,
      ),
      ...(ledger === 'file' && { '.octoform/ledger.json': entries }),
    },
    seed: {
      organizations: Object.fromEntries(
        logins.map((login, owner) => [
          login,
          { repositories: { ...seeded(owner), ...(ledger === 'repository' && adminWith(entries)) } },
        ]),
      ),
    },
    items: logins.flatMap((login) => names.flatMap((name) => itemsOf(login, name))),
  }
}

/** Some repositories of an organization, each written with its name: five secrets each. */
function named({ repositories, written, at }) {
  const names = range(written).map((index) => repositoryName(index * Math.floor(repositories / written)))
  const wanted = inLine({ secrets: valuesOf(SECRETS) })
  const secrets = Object.fromEntries(SECRETS.map((name) => [name, { value: 'old' }]))
  const lines =
    at === 'top'
      ? names.map((name) => `  acme/${name}: ${wanted}`)
      : ['  acme:', '    repositories:', ...names.map((name) => `      ${name}: ${wanted}`)]
  return {
    files: { 'octoform.yaml': configuration(undefined, at === 'top' ? 'repositories' : 'organizations', lines) },
    seed: acmeWith(repositories, (index) => ({ id: 1000 + index, secrets })),
    items: reading(names.flatMap((name) => [`/repos/acme/${name}`, ...secretPaths('acme', name)])),
  }
}

/** Settings of an organization that concern no repository by name. */
function organization({ repositories }) {
  const lines = ['  acme:', '    permissions: { enabled_repositories: all, allowed_actions: all }', '    secrets: {}']
  return {
    files: { 'octoform.yaml': configuration(undefined, 'organizations', lines) },
    seed: acmeWith(repositories, (index) => ({ id: 1000 + index })),
    items: reading(['/orgs/acme/actions/permissions', '/orgs/acme/actions/secrets']),
  }
}

/** Secrets of an organization that are not there yet. */
function organizationSecrets({ secrets, ledger }, host) {
  const names = range(secrets).map((index) => `TOKEN_${index}`)
  const value = '{ visibility: all, value: { env: VALUE } }'
  const lines = ['  acme:', '    secrets:', ...names.map((name) => `      ${name}: ${value}`)]
  return {
    files: { 'octoform.yaml': configuration(ledger, 'organizations', lines) },
    seed: { organizations: { acme: { repositories: adminWith(ledgerOf(host, [], [])) } } },
    items: names.map((name) => writing('/orgs/acme/actions/secrets', name, { visibility: 'all' })),
  }
}

/** Repositories of which each is to get five secrets. */
function repositorySecrets({ repositories, ledger }, host) {
  const names = range(repositories).map(repositoryName)
  const set = { match: { name: NAME }, secrets: valuesOf(SECRETS) }
  const seeded = Object.fromEntries(names.map((name, index) => [name, { id: 1000 + index }]))
  return {
    files: {
      'octoform.yaml': configuration(ledger, 'organizations', ['  acme:', `    repository_sets: [${inLine(set)}]`]),
    },
    seed: { organizations: { acme: { repositories: { ...seeded, ...adminWith(ledgerOf(host, [], [])) } } } },
    items: names.flatMap((name) => SECRETS.map((secret) => writing(`/repos/acme/${name}/actions/secrets`, secret, {}))),
  }
}

function configuration(ledger, section, lines, before = []) {
  const kept = ledger === 'repository' ? [`ledger: ${inLine(LEDGER)}`] : []
  return ['version: 1', ...before, ...kept, `${section}:`, ...lines, ''].join('\n')
}

function acmeWith(repositories, of) {
  const named = Object.fromEntries(range(repositories).map((index) => [repositoryName(index), of(index)]))
  return { organizations: { acme: { repositories: named } } }
}

const adminWith = (text) => ({ [ADMIN]: { id: 999, files: { [LEDGER.branch]: { [LEDGER.path]: text } } } })

const permissions = (owned) => ({
  enabled: true,
  allowed_actions: 'selected',
  selected_actions: { github_owned_allowed: !owned, verified_allowed: false, patterns_allowed: ['acme/*'] },
})

const valuesOf = (names) => Object.fromEntries(names.map((name) => [name, { value: { env: 'VALUE' } }]))

/** As an apply without a ledger key would have left it. */
function ledgerOf(host, logins, names) {
  const addresses = logins.flatMap((login) =>
    names.flatMap((name) => SECRETS.map((secret) => `repos/${login}/${name}/secrets/${secret}`)),
  )
  const entry = { source: 'env:VALUE', written_at: WRITTEN_AT }
  const entries = Object.fromEntries(addresses.map((address) => [`${host} ${address}`, entry]))
  return `${JSON.stringify({ format_version: '1.0', entries }, null, 2)}\n`
}

const get = (path) => ({ method: 'GET', path })
/** Items that take one request each. */
const reading = (paths) => paths.map((path) => [get(path)])

const secretPaths = (login, name) => SECRETS.map((secret) => `/repos/${login}/${name}/actions/secrets/${secret}`)

/** Each item of a repository by a request of its own, the repository itself among them. */
function itemsOf(login, name) {
  const path = `/repos/${login}/${name}`
  const settings = [path, `${path}/actions/permissions`, `${path}/actions/permissions/selected-actions`]
  return reading([...settings, ...secretPaths(login, name)])
}

/** One secret: whether it is there, the key, and the value. */
function writing(path, name, more) {
  return [get(`${path}/${name}`), get(`${path}/public-key`), { method: 'PUT', path: `${path}/${name}`, more }]
}
