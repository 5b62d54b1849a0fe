// The least requests that each world can be read or written with, from GitHub's page sizes, each line with what it is for.
// Independent of src/: it says what GitHub's API allows, not what octoform does.

/** `per_page` is at most 100 for the repositories and the secrets of an organization or repository. */
const PAGE = 100
const pages = (count) => Math.max(1, Math.ceil(count / PAGE))

/** What the server and the owners are: `GET /meta`, and `GET /orgs/{org}` of each. */
const known = (owners) => ({ server: 1, owners })

/**
 * A ledger on a branch: the ledger and its lock are read, the lock is taken and asked once, the beginnings and the ends of
 * all writes are a commit each, the lock is released.
 */
const KEPT = { 'ledger and lock in a repository': 7 }
/** A plan reads it, and the lock. */
const SEEN = { 'ledger and lock in a repository': 2 }

/** By the kind of a world: how many requests of which purpose. */
const LEAST = {
  settings: ({ owners = 1, repositories, ledger }) => ({
    ...known(owners),
    'pages of repositories': owners * pages(repositories + (ledger === 'repository' ? 1 : 0)),
    'policies above': owners,
    'permissions, selected actions and secrets': 3 * owners * repositories,
    ...(ledger === 'repository' && SEEN),
  }),
  named: ({ repositories, written }) => ({
    ...known(1),
    'repositories, by name or by page': Math.min(written, pages(repositories)),
    secrets: written,
  }),
  organization: () => ({ ...known(1), permissions: 1, secrets: 1 }),
  organizationSecrets: ({ secrets, ledger }) => ({
    ...known(1),
    'secrets there already': 1,
    'public key': 1,
    writes: secrets,
    ...(ledger === 'repository' && KEPT),
  }),
  repositorySecrets: ({ repositories, ledger }) => ({
    ...known(1),
    'pages of repositories': pages(repositories + 1),
    'secrets there already': repositories,
    'ids, read again before a write': repositories,
    'public keys': repositories,
    writes: 5 * repositories,
    ...(ledger === 'repository' && KEPT),
  }),
}

/** The requests of a purpose together. */
export function leastOf({ kind, ...given }) {
  return Object.values(LEAST[kind](given)).reduce((sum, count) => sum + count, 0)
}

/** `server 1 + owners 1 + …`, for the page. */
export function formulaOf({ kind, ...given }) {
  return Object.entries(LEAST[kind](given))
    .map(([purpose, count]) => `${purpose} ${count.toLocaleString('en-US')}`)
    .join(' + ')
}
