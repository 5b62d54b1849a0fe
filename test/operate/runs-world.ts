import { instantClock } from '../support/instant-clock.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ENDED = { workflow: 'ci.yml', status: 'completed', created_at: '2026-11-20T10:00:00Z' }

/** Runs in every state that a command meets. */
export const RUNS = {
  101: {
    ...ENDED,
    conclusion: 'failure',
    attempt: 2,
    earlier: { 1: 'cancelled' },
    head_branch: 'main',
    display_title: 'Mend the build',
    jobs: {
      test: {
        id: 501,
        conclusion: 'failure',
        steps: ['check out', 'build'],
        started_at: '2026-11-20T10:00:00Z',
        completed_at: '2026-11-20T10:01:20Z',
      },
      lint: { id: 502, attempt: 1, conclusion: 'success' },
    },
  },
  102: {
    workflow: 'ci.yml',
    status: 'in_progress',
    actor: 'hubot',
    cancel_takes_ms: 5000,
    created_at: '2026-11-21T10:00:00Z',
  },
  103: {
    workflow: 'deploy.yml',
    status: 'queued',
    cancel: 'ignored',
    concurrency: 'deploy/prod',
    created_at: '2026-11-21T11:00:00Z',
  },
  104: {
    workflow: 'deploy.yml',
    status: 'waiting',
    waiting_for: ['prod', 'stage'],
    approvals: [{ environments: ['stage'], state: 'approved', user: 'octocat', comment: 'fine' }],
    created_at: '2026-11-21T11:30:00Z',
  },
  105: { ...ENDED, conclusion: 'action_required', fork: 'mona/web', event: 'pull_request' },
  106: { ...ENDED, conclusion: 'success', head_branch: 'dev' },
}

const WORKFLOWS = {
  'ci.yml': { id: 21, name: 'CI' },
  'deploy.yml': { id: 22, name: 'Deploy', on: { workflow_dispatch: { inputs: { where: {}, note: {} } } } },
  'old.yml': { id: 23, name: 'Old', state: 'disabled_manually' },
}

export interface Shop {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  /** Runs a command on a clock on which every wait ends at once. */
  readonly run: (line: string, options?: Parameters<Workplace['run']>[1]) => ReturnType<Workplace['run']>
}

/** A repository with workflows and runs, on a product. */
export async function shop(
  product = 'ghec',
  {
    files = {},
    runs = RUNS,
    more = {},
  }: {
    readonly files?: Readonly<Record<string, string>>
    readonly runs?: object
    readonly more?: object
  } = {},
): Promise<Shop> {
  const { clock } = instantClock(Date.parse('2026-11-21T12:00:00Z'))
  const isOld = product === 'ghes-2.22' || product.startsWith('ghae')
  const seed = {
    product,
    organizations: {
      acme: {
        repositories: {
          web: {
            environments: isOld ? {} : { prod: { id: 8 }, stage: { id: 9 } },
            workflows: WORKFLOWS,
            runs,
          },
          api: {},
          ...more,
        },
      },
    },
    repositories: { 'mona/web': { fork: true } },
    ...(product === 'dotcom' ? {} : { enterprises: { 'acme-inc': { organizations: { acme: {} } } } }),
  }
  const sandbox = await watchedSandbox({ seed, clock: () => clock.now() })
  const place = await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' })
  const run: Shop['run'] = (line, options) => place.run(wordsOf(line), { clock, ...options })
  return { sandbox, place, run }
}

/** Words between blanks; one in quotes keeps its own. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
