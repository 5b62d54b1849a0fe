import type { Route } from '../core/routes.ts'
import { age, bytes, type Column, field, valueAt } from './column.ts'
import type { Described, Operation } from './operation.ts'

const BASE = '/repos/{owner}/{repo}/actions'
const ONE: Route = `GET ${BASE}/artifacts/{artifact_id}`

const COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  field('NAME', 'name', { gives: true }),
  bytes('SIZE', 'size_in_bytes'),
  field('RUN', 'workflow_run.id', { align: 'right' }),
  field('BRANCH', 'workflow_run.head_branch', { gives: true }),
  age('AGE', 'created_at'),
  { head: 'EXPIRED', reads: ['expired'], value: (item) => (valueAt(item, 'expired') === true ? 'yes' : '') },
]

const ARTIFACT = { word: 'ARTIFACT_ID', param: 'artifact_id', is: 'id' } as const

/** The artifacts of workflow runs (https://docs.github.com/rest/actions/artifacts). */
export const ARTIFACTS: readonly Operation[] = [
  {
    kind: 'list',
    resource: 'artifacts',
    verb: 'list',
    about: 'the artifacts of a repository, newest first',
    at: { repository: `GET ${BASE}/artifacts` },
    flags: [{ flag: '--name <name>', field: 'name', about: 'of this name alone' }],
    columns: COLUMNS,
  },
  {
    kind: 'show',
    resource: 'artifacts',
    verb: 'show',
    about: 'one artifact',
    at: { repository: ONE },
    subject: ARTIFACT,
    columns: [...COLUMNS, field('EXPIRES', 'expires_at'), field('DIGEST', 'digest')],
  },
  {
    kind: 'download',
    resource: 'artifacts',
    verb: 'download',
    about: 'save an artifact as the zip that it is',
    at: { repository: `GET ${BASE}/artifacts/{artifact_id}/{archive_format}` },
    subject: ARTIFACT,
    params: () => ({ archive_format: 'zip' }),
    file: (id) => `artifact-${id}.zip`,
    described: { route: ONE, read: describedArtifact },
  },
  {
    kind: 'change',
    resource: 'artifacts',
    verb: 'delete',
    about: 'delete artifacts',
    at: { repository: `DELETE ${BASE}/artifacts/{artifact_id}` },
    subject: { ...ARTIFACT, several: true },
    verbs: { ask: 'Delete', done: 'Deleted' },
    thing: 'artifact',
  },
  {
    kind: 'list',
    resource: 'runs',
    verb: 'artifacts',
    about: 'the artifacts of a run',
    at: { repository: `GET ${BASE}/runs/{run_id}/artifacts` },
    subject: { word: 'RUN_ID', param: 'run_id', is: 'id' },
    flags: [{ flag: '--name <name>', field: 'name', about: 'of this name alone' }],
    columns: COLUMNS,
  },
]

function describedArtifact(answer: unknown): Described {
  const [name, expired, at, digest] = ['name', 'expired', 'expires_at', 'digest'].map((path) => valueAt(answer, path))
  return {
    file: `${typeof name === 'string' ? name : 'artifact'}.zip`,
    ...(expired === true ? { expired: String(at) } : {}),
    ...(typeof digest === 'string' ? { digest } : {}),
  }
}
