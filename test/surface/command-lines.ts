/** Runs in all states, so that each line finds one that it can do. */
const ENDED = { workflow: 'ci.yml', status: 'completed', conclusion: 'failure' }
const WAITING = { workflow: 'ci.yml', status: 'waiting', waiting_for: ['prod'] }

const runs = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].map((id) => [
      id,
      {
        ...ENDED,
        attempt: 2,
        jobs: { test: { id: 500 + id, conclusion: 'failure' }, lint: { id: 600 + id, attempt: 1 } },
        artifacts: { site: { id: 700 + id, text: 'site', expires_at: '2030-01-01T00:00:00Z' } },
      },
    ]),
  ),
  11: { workflow: 'ci.yml', status: 'queued', cancel: 'ignored' },
  12: { workflow: 'ci.yml', status: 'in_progress' },
  13: { workflow: 'ci.yml', status: 'in_progress', concurrency: 'deploy' },
  14: { ...ENDED, conclusion: 'action_required', fork: 'mona/web' },
  15: WAITING,
  16: WAITING,
}

const RUNNERS = { one: { os: 'linux' }, two: { os: 'linux' }, three: { os: 'linux' } }
const FLEET = { runners: RUNNERS, hosted_images: { golden: { id: 9, versions: ['1.0.0', '1.1.0'] } } }

/** A world in which every command line below does what it says. */
export const SEED = {
  enterprises: { inc: { organizations: { acme: {} }, ...FLEET } },
  organizations: {
    acme: {
      ...FLEET,
      repositories: {
        web: {
          runners: RUNNERS,
          environments: { prod: { id: 8 } },
          workflows: { 'ci.yml': { id: 21, name: 'CI' }, 'old.yml': { id: 22, name: 'Old' } },
          runs,
          caches: [{ key: 'node' }, { key: 'go' }],
        },
      },
    },
  },
  repositories: { 'mona/web': { fork: true } },
}

/** The owners of runners, and of images. */
const ALL = ['enterprises/inc', 'orgs/acme', 'acme/web']
const OWNERS = ['enterprises/inc', 'orgs/acme']

const each = (scopes: readonly string[], words: string): readonly string[] =>
  scopes.map((scope) => words.replace('SCOPE', scope))

/**
 * Command lines that together send each request of each operation, by product. They are carried out in this order; a line in
 * which people answer the questions begins with `yes `.
 */
export const LINES: Readonly<Record<string, readonly string[]>> = {
  ghec: [
    ...each(ALL, 'runners list SCOPE'),
    ...each(ALL, 'runners show SCOPE one'),
    ...each(ALL, 'runners remove SCOPE two'),
    ...each(ALL, 'runners token SCOPE'),
    ...each(ALL, 'runners remove-token SCOPE'),
    ...each(ALL, 'runners jitconfig SCOPE new --runner-group-id 1 --label gpu'),
    ...each(ALL, 'runners downloads SCOPE'),
    ...each(ALL, 'runners deprecations SCOPE 2.300.0'),
    'workflows list acme/web',
    'workflows show acme/web CI',
    'workflows disable acme/web CI',
    'workflows enable acme/web CI',
    'workflows usage acme/web CI',
    'workflows dispatch acme/web CI',
    'runs list acme/web',
    'runs list acme/web --workflow CI',
    'runs show acme/web 1',
    'runs show acme/web 1 --attempt 1',
    'runs jobs acme/web 1',
    'runs jobs acme/web 1 --attempt 1',
    'yes runs cancel acme/web 11',
    'runs force-cancel acme/web 12',
    'runs rerun acme/web 1',
    'runs rerun acme/web 2 --failed',
    'runs delete acme/web 3',
    'runs delete-logs acme/web 4',
    'runs usage acme/web 5',
    'runs approve acme/web 14',
    'runs pending acme/web 15',
    'runs review acme/web 15 --environment prod --approve',
    'runs review acme/web 16 --environment prod --reject --protection-rule',
    'runs reviews acme/web 15',
    'runs queue acme/web',
    'runs queue acme/web deploy',
    'runs queue acme/web --run 13',
    'runs logs acme/web 5 --out run.zip',
    'runs logs acme/web 5 --attempt 1 --out attempt.zip',
    'runs artifacts acme/web 5',
    'jobs show acme/web 505',
    'jobs rerun acme/web 506',
    'jobs logs acme/web 505 --out job.log',
    'artifacts list acme/web',
    'artifacts show acme/web 705',
    'artifacts download acme/web 705 --out site.zip',
    'artifacts delete acme/web 705',
    'caches list acme/web',
    ...each(ALL, 'caches usage SCOPE'),
    'caches usage-by-repository orgs/acme',
    'caches delete acme/web 1',
    'caches delete-key acme/web go',
    ...each(OWNERS, 'images list SCOPE'),
    ...each(OWNERS, 'images show SCOPE 9'),
    ...each(OWNERS, 'images versions SCOPE 9'),
    ...each(OWNERS, 'images version SCOPE 9 --image-version 1.0.0'),
    ...each(OWNERS, 'images platforms SCOPE'),
    ...each(OWNERS, 'images delete-version SCOPE 9 --image-version 1.0.0'),
    ...each(OWNERS, 'images delete SCOPE 9'),
  ],
  'ghes-3.19': ['workflows dispatch acme/web ci.yml'],
}
