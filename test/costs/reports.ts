/** A report, by the words that it takes in a world of so many repositories. */
export interface ReportShape {
  args(count: number): readonly string[]
  /** Beside the world. */
  files?(count: number): Readonly<Record<string, string>>
}

const digits = (index: number): string => String(index).padStart(5, '0')
const service = (index: number): string => `service-${digits(index)}`
const each = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

const WORKFLOW = [
  'on: push',
  'jobs:',
  '  a:',
  '    steps:',
  '      - uses: actions/checkout@v4',
  '      - uses: octo/setup@v1',
  '      - uses: octo/deploy/sub@v2',
  `      - run: echo \${{ secrets.OWN }} \${{ secrets.SHARED_1 }}`,
  '',
].join('\\n')

const SHARED = 100
const GROUPS = 20

/**
 * An organization with so many repositories, each with a workflow, a secret and now and then an environment; it shares
 * secrets and groups, most of them with a tenth of the repositories by name.
 */
export function reportWorld(count: number): string {
  const some = (index: number): string =>
    Array.from({ length: count / 10 }, (_, place) => service(place * 10 + (index % 10))).join(', ')
  return `organizations:
  acme:
    permissions:
      enabled_repositories: all
      allowed_actions: selected
      selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [${Array.from({ length: 50 }, (_, index) => `"octo/action-${index}@*"`).join(', ')}, "octo/setup@*"] }
    secrets:
${each(SHARED, (index) => `      SHARED_${index}: { ${index % 5 === 0 ? 'visibility: all' : `visibility: selected, repositories: [${some(index)}]`} }\n`)}    runner_groups:
${each(GROUPS, (index) => `      group-${index}: { visibility: selected, repositories: [${some(index)}] }\n`)}    repositories:
${each(count, (index) => `      ${service(index)}: { visibility: ${['private', 'internal', 'public'][index % 3]}, secrets: { OWN: {}, SHARED_2: {} }${index % 20 === 0 ? ', environments: { prod: { secrets: { OWN: {} } } }' : ''}${index % 50 === 0 ? ', runners: { gone: { os: linux, status: offline } }' : ''}, files: { main: { .github/workflows/ci.yml: "${WORKFLOW}" } } }\n`)}`
}

/** A list of actions of its own for each repository, written at a place of its own. */
const ownLists = (count: number): string =>
  `version: 1\norganizations:\n  acme:\n    repositories:\n${each(
    count,
    (index) =>
      `      ${service(index)}: { permissions: { enabled: true, allowed_actions: selected, selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["octo/setup@*"] } } }\n`,
  )}`

/** The reports, in the shapes in which they grow. */
export const REPORTS: Readonly<Record<string, ReportShape>> = {
  'actions-used of an organization': { args: () => ['report', 'actions-used', 'orgs/acme', '--out', 'report.json'] },
  'actions-used with a list for each repository': {
    args: () => ['report', 'actions-used', 'orgs/acme', '--format', 'json', '--out', 'report.json'],
    files: (count) => ({ 'octoform.yaml': ownLists(count) }),
  },
  'hygiene of an organization': {
    args: () => [
      'report',
      'hygiene',
      'orgs/acme',
      '--older-than',
      '1',
      '--save',
      'reading.json',
      '--out',
      'report.txt',
    ],
  },
  'access to what an organization shares': {
    args: () => [
      ...['report', 'access', '--out', 'report.txt'],
      ...Array.from({ length: SHARED }, (_, index) => `orgs/acme/secrets/SHARED_${index}`),
      ...Array.from({ length: GROUPS }, (_, index) => `orgs/acme/runner_groups/group-${index}`),
    ],
  },
  'access of each repository': {
    args: (count) => [
      ...['report', 'access', '--format', 'json', '--out', 'report.json'],
      ...Array.from({ length: count }, (_, index) => `acme/${service(index)}`),
    ],
  },
}
