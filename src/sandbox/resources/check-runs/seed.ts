import { BEGINNING } from '../../world/defaults.ts'
import type { Ids } from '../../world/seed-ids.ts'
import { type Entry, idAt, inner, join, listed, momentAt, SeedError, textAt, wordAt } from '../../world/seed-reader.ts'
import type { Repository } from '../../world/store.ts'
import { inventedSha } from '../git/branches.ts'
import { gitOf } from '../git/state.ts'
import { shaAt } from '../issues/seed.ts'
import { ANNOTATION_KEYS, CHECK_STATUSES, type CheckRun, CONCLUSIONS } from './check-run.ts'

export const CHECK_RUN_KEYS = [
  'id',
  'name',
  'head_sha',
  'external_id',
  'status',
  'conclusion',
  'output',
  'app',
  'started_at',
  'completed_at',
  'details_url',
]
const OUTPUT_KEYS = ['title', 'summary', 'text', 'annotations']

/** A check run of a seed: completed with success by GitHub Actions on the default branch, unless the seed says otherwise. */
export function seedCheckRun(repository: Repository, given: Entry, ids: Ids): CheckRun {
  const name = textAt(given, 'name')
  if (name === undefined) throw new SeedError(join(given.path, 'name'), 'is missing.')
  const branch = gitOf(repository).defaultBranch
  const output = inner(given, 'output', OUTPUT_KEYS)
  const status = wordAt(given, 'status', CHECK_STATUSES) ?? 'completed'
  const conclusion = wordAt(given, 'conclusion', CONCLUSIONS) ?? 'success'
  const startedAt = momentAt(given, 'started_at') ?? BEGINNING
  const isCompleted = status === 'completed'
  return {
    id: ids(idAt(given, 'id')),
    name,
    headSha: shaAt(given, 'head_sha') ?? gitOf(repository).branches.get(branch) ?? inventedSha(repository, branch),
    externalId: textAt(given, 'external_id') ?? '',
    status,
    conclusion: isCompleted ? conclusion : null,
    output: {
      title: textAt(output, 'title') ?? null,
      summary: textAt(output, 'summary') ?? null,
      text: textAt(output, 'text') ?? null,
      annotations: listed(output, 'annotations', ANNOTATION_KEYS).map(({ fields }) => fields),
    },
    app: textAt(given, 'app') ?? 'github-actions',
    startedAt,
    completedAt: isCompleted ? (momentAt(given, 'completed_at') ?? startedAt) : null,
    detailsUrl: textAt(given, 'details_url') ?? null,
  }
}

/** A check run in the seed's shape. */
export function dumpCheckRun(run: CheckRun): object {
  const { title, summary, text, annotations } = run.output
  return {
    id: run.id,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    status: run.status,
    ...(run.conclusion === null ? {} : { conclusion: run.conclusion }),
    output: {
      ...(title === null ? {} : { title }),
      ...(summary === null ? {} : { summary }),
      ...(text === null ? {} : { text }),
      ...(annotations.length > 0 ? { annotations } : {}),
    },
    app: run.app,
    started_at: run.startedAt,
    ...(run.completedAt === null ? {} : { completed_at: run.completedAt }),
    ...(run.detailsUrl === null ? {} : { details_url: run.detailsUrl }),
  }
}
