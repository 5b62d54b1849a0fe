import { age, bytes, type Column, field } from './column.ts'
import type { Operation } from './operation.ts'

const BASE = '/repos/{owner}/{repo}/actions'

const COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  field('KEY', 'key', { gives: true }),
  field('REF', 'ref', { gives: true }),
  bytes('SIZE', 'size_in_bytes'),
  age('CREATED', 'created_at'),
  age('USED', 'last_accessed_at'),
]

const USAGE: readonly Column[] = [
  field('REPOSITORY', 'full_name'),
  field('CACHES', 'active_caches_count', { align: 'right' }),
  bytes('SIZE', 'active_caches_size_in_bytes'),
]

const TOTAL: readonly Column[] = [
  field('CACHES', 'total_active_caches_count', { align: 'right' }),
  bytes('SIZE', 'total_active_caches_size_in_bytes'),
]

/** The caches of workflows, and the room they take (https://docs.github.com/rest/actions/cache). */
export const CACHES: readonly Operation[] = [
  {
    kind: 'list',
    resource: 'caches',
    verb: 'list',
    about: 'the caches of a repository',
    at: { repository: `GET ${BASE}/caches` },
    flags: [
      { flag: '--key <key>', field: 'key', about: 'whose key begins so' },
      { flag: '--ref <ref>', field: 'ref', about: 'of this branch or pull request, as refs/heads/main' },
      { flag: '--sort <by>', field: 'sort', about: 'created_at, last_accessed_at or size_in_bytes' },
      { flag: '--direction <which>', field: 'direction', about: 'asc or desc' },
    ],
    columns: COLUMNS,
  },
  {
    kind: 'change',
    resource: 'caches',
    verb: 'delete',
    about: 'delete caches, by id',
    at: { repository: `DELETE ${BASE}/caches/{cache_id}` },
    subject: { word: 'CACHE_ID', param: 'cache_id', is: 'id', several: true },
    verbs: { ask: 'Delete', done: 'Deleted' },
    thing: 'cache',
  },
  {
    kind: 'own',
    resource: 'caches',
    verb: 'delete-key',
    about: 'delete the caches of one key',
    at: { repository: `DELETE ${BASE}/caches` },
    subject: { word: 'KEY', param: 'key', is: 'name' },
    flags: [{ flag: '--ref <ref>', field: 'ref', about: 'of this branch or pull request alone', own: true }],
    routes: [`GET ${BASE}/caches`],
    effect: 'change',
    work: async ({ params, subject = '', flags: { ref }, request, confirm }) => {
      const which = { ...params, key: subject, ...(typeof ref === 'string' ? { ref } : {}) }
      const listed = await request(`GET ${BASE}/caches`, { ...which, per_page: 1 })
      // GitHub lists the keys that begin so, and deletes those that are the same.
      const about = (listed.body as { readonly total_count?: number } | undefined)?.total_count ?? 0
      await confirm(`Delete the caches with the key ${subject}? Up to ${about} begin so.`, about)
      const { body } = await request(`DELETE ${BASE}/caches`, which)
      const gone = (body as { readonly actions_caches?: readonly unknown[] } | undefined)?.actions_caches ?? []
      return { json: body, table: { columns: COLUMNS, items: gone } }
    },
  },
  {
    kind: 'show',
    resource: 'caches',
    verb: 'usage',
    about: 'how many caches there are, and how large; GitHub counts every five minutes',
    at: {
      enterprise: 'GET /enterprises/{enterprise}/actions/cache/usage',
      organization: 'GET /orgs/{org}/actions/cache/usage',
      repository: `GET ${BASE}/cache/usage`,
    },
    columns: [...USAGE, ...TOTAL],
  },
  {
    kind: 'list',
    resource: 'caches',
    verb: 'usage-by-repository',
    about: 'the same for each repository of an organization that has caches',
    at: { organization: 'GET /orgs/{org}/actions/cache/usage-by-repository' },
    columns: USAGE,
  },
]
