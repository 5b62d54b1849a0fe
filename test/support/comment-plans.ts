import type { AccessTo, Change, Plan } from '../../src/core/plan.ts'
import type { ReportFacts } from '../../src/render/report-facts.ts'
import { buildChange, buildPlan } from './plan-builder.ts'

const DIGEST = '9f2c4a7be0d15368a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718'
const COMMIT = 'c0ffee5a1b2c3d4e5f60718293a4b5c6d7e8f901'

/** A run on GitHub Actions with the page of its report. */
export const COMMENT_FACTS: ReportFacts = {
  audience: 'full',
  configuration: 'octoform.yaml orgs',
  commit: COMMIT,
  files: `https://github.com/acme/admin/blob/${COMMIT}`,
  runUrl: 'https://github.com/acme/admin/actions/runs/4711/attempts/1',
  pageUrl: 'https://github.com/acme/admin/actions/runs/4711/attempts/1#artifacts',
}

const TEAMS = ['pay', 'web', 'data', 'ml', 'ops', 'docs', 'mobile', 'platform'] as const
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
const line = (number: number) => ({ file: 'orgs/acme/secrets.yaml', line: number, col: 7 })

/** One in ten is public. */
function repositoriesOf(count: number): readonly AccessTo[] {
  return range(count).map((index) => ({
    repository: `${TEAMS[index % TEAMS.length]}-service-${String(index).padStart(3, '0')}`,
    visibility: index % 10 === 3 ? 'public' : 'private',
    via: 'named',
  }))
}

/** The plan of an organization of so many repositories, with something of every kind that a comment tells. */
export function organizationPlan(count: number): Plan {
  const all = repositoriesOf(count)
  const names = (list: readonly AccessTo[]): string[] => list.map(({ repository }) => repository)
  const some = (share: number, from = 0): readonly AccessTo[] =>
    all.filter((_, index) => index % share === from % share)
  const matched = (list: readonly AccessTo[]): readonly AccessTo[] =>
    list.map((to) => ({ ...to, via: 'matched', by: "topic: java, set by the repository's maintainers" }))
  const secret = (name: string, source: number, gains: readonly AccessTo[]): Change =>
    buildChange(
      `orgs/acme/secrets/${name}`,
      null,
      { value: `env:${name}`, visibility: 'selected', repositories: names(gains) },
      { source: line(source), reason: 'not on GitHub', value: 'put', access: { gains, loses: [] } },
    )
  const own = (index: number): AccessTo => all[index % count] as AccessTo
  const changes: Change[] = [
    buildChange(
      'orgs/acme/secrets/NPM_TOKEN',
      { repositories: names(some(5, 1)), visibility: 'selected' },
      { repositories: names(some(3)), visibility: 'selected' },
      {
        source: line(12),
        reason: 'repositories differs',
        widens: ['repositories'],
        access: {
          gains: matched(some(3).filter((to) => !some(5, 1).includes(to))),
          loses: some(5, 1).filter((to) => !some(3).includes(to)),
        },
      },
    ),
    buildChange(
      'orgs/acme/secrets/PYPI_UPLOAD_TOKEN_OF_THE_DATA_PLATFORM',
      { value: 'env:PYPI', visibility: 'all' },
      { value: 'env:PYPI', visibility: 'selected', repositories: names(some(4)) },
      {
        source: line(19),
        reason: 'visibility differs',
        value: 'put',
        access: { gains: [], loses: all.filter((to) => !some(4).includes(to)) },
      },
    ),
    buildChange(
      'orgs/acme/runner_groups/gpu',
      null,
      { visibility: 'all', runners: ['gpu-01', 'gpu-02'] },
      {
        source: line(31),
        reason: 'not on GitHub',
        access: { gains: matched(all.filter(({ visibility }) => visibility === 'private')), loses: [] },
        consequences: [{ message: 'runner gpu-01 leaves the group shared, which keeps none', widens: false }],
      },
    ),
    secret('SONAR_TOKEN', 44, some(6, 2)),
    secret('SENTRY_AUTH_TOKEN', 51, some(8, 4)),
    buildChange('orgs/acme/secrets/OLD_TOKEN', { visibility: 'all' }, null, {
      source: line(58),
      reason: 'absent in the YAML',
      access: { gains: [], loses: some(2) },
    }),
    buildChange(
      'orgs/acme/permissions',
      { allowed_actions: 'all', sha_pinning_required: false },
      { allowed_actions: 'selected', sha_pinning_required: true },
      { source: line(4), reason: 'allowed_actions, sha_pinning_required differ' },
    ),
    buildChange(
      'orgs/acme/workflow_permissions',
      { default: 'read', approve_pull_requests: false },
      { default: 'write', approve_pull_requests: false },
      { source: line(8), reason: 'default differs', widens: ['default'] },
    ),
    ...range(Math.max(5, Math.floor(count / 20))).map((index) =>
      buildChange(
        `repos/acme/${own(index * 3).repository}/secrets/DEPLOY_KEY`,
        null,
        { value: `env:DEPLOY_KEY_${index}` },
        { source: line(70 + index), reason: 'not on GitHub', value: 'put' },
      ),
    ),
    ...range(Math.max(5, Math.floor(count / 10))).map((index) =>
      buildChange(
        `repos/acme/${own(index * 2).repository}/variables/REGION`,
        null,
        { value: 'eu-central-1' },
        { source: line(120), reason: 'not on GitHub' },
      ),
    ),
    ...range(5).map((index) =>
      buildChange(
        `orgs/acme/variables/BUILD_${'ABCDE'[index]}`,
        null,
        { value: `v${index}`, visibility: 'private' },
        { source: line(130 + index) },
      ),
    ),
  ]
  return buildPlan(changes, {
    digest: DIGEST,
    requests: 44,
    diagnostics: [
      {
        severity: 'warning',
        message: 'no repository is called lagacy',
        source: line(14),
        address: 'orgs/acme/secrets/NPM_TOKEN',
      },
    ],
    tripped: [
      {
        guard: 'max_revocations',
        message: `${count} repositories lose access, and at most 20 may`,
        flag: `--allow revocations=${count}`,
        addresses: ['orgs/acme/secrets/PYPI_UPLOAD_TOKEN_OF_THE_DATA_PLATFORM', 'orgs/acme/secrets/OLD_TOKEN'],
      },
    ],
    approve: {
      file: 'octoform.yaml',
      under: null,
      lines: ['approvals:', `  - digest: ${DIGEST}`, `    allow: [revocations=${count}]`, '    reason: ""'],
      flags: [],
    },
    held_back: [
      {
        address: 'orgs/acme/secrets/LEGACY',
        field: 'repositories',
        reason: 'the list came to nothing',
        source: line(90),
        help: 'Name a repository, or take the secret out.',
      },
    ],
    values_needed: [{ source: 'env:SONAR_TOKEN', addresses: ['orgs/acme/secrets/SONAR_TOKEN'] }],
    left_alone: [{ section: 'orgs/acme/secrets', members: 14, fields: 0 }],
  })
}
