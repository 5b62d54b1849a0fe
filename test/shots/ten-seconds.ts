import type { Change, Plan } from '../../src/core/plan.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'
import type { Surface } from './surfaces.ts'

/** A question that a reader answers from a picture of a plan within ten seconds. */
export interface TenSeconds {
  readonly question: string
  readonly surface: Surface
  readonly plan: Plan
  /** The texts of the picture that are the answer, none of them folded away. */
  readonly answer: readonly string[]
  /** The answer, and where it stands. */
  readonly told: string
}

const line = (number: number): Change['source'] => ({ file: 'orgs/acme.yaml', line: number, col: 5 })

/** What any week brings, among which the answer must be found. */
function usual(): readonly Change[] {
  const secret = (name: string, number: number, ...to: readonly string[]): Change =>
    buildChange(
      `orgs/acme/secrets/${name}`,
      null,
      { visibility: 'selected', repositories: [...to], value: `env:${name}` },
      {
        source: line(number),
        reason: 'not on GitHub',
        value: 'put',
        access: { gains: buildAccess('named', ...to), loses: [] },
      },
    )
  const variable = (name: string, before: string | null, after: string, number: number): Change =>
    buildChange(
      `orgs/acme/variables/${name}`,
      before === null ? null : { value: before },
      { value: after },
      { source: line(number), reason: before === null ? 'not on GitHub' : 'value differs' },
    )
  return [
    secret('SONAR_TOKEN', 21, 'api', 'billing', 'search'),
    secret('SENTRY_AUTH_TOKEN', 27, 'mobile', 'web'),
    variable('REGION', 'eu-west-1', 'eu-central-1', 40),
    variable('NODE_VERSION', '20', '22', 41),
    variable('CACHE_BUCKET', null, 'acme-build-cache', 42),
    buildChange(
      'repos/acme/billing/permissions',
      { allowed_actions: 'all' },
      { allowed_actions: 'selected' },
      { source: line(66), reason: 'allowed_actions differs' },
    ),
  ]
}

function planOf(changes: readonly Change[], rest: Parameters<typeof buildPlan>[1] = {}): Plan {
  return buildPlan([...usual(), ...changes], { digest: '4be0d15368a1'.repeat(6).slice(0, 64), ...rest })
}

function deletion(address: string, number: number, ...losing: readonly string[]): Change {
  const loses = buildAccess('named', ...losing)
  return buildChange(
    address,
    { visibility: 'selected', repositories: losing.map((each) => each.replace(':public', '')) },
    null,
    { source: line(number), reason: 'absent in the YAML', access: { gains: [], loses } },
  )
}

function listed(
  name: string,
  number: number,
  kept: readonly string[],
  gone: readonly string[],
  come: readonly string[],
): Change {
  const bare = (names: readonly string[]): string[] => names.map((each) => each.replace(':public', ''))
  return buildChange(
    `orgs/acme/secrets/${name}`,
    { visibility: 'selected', repositories: bare([...kept, ...gone]) },
    { visibility: 'selected', repositories: bare([...kept, ...come]) },
    {
      source: line(number),
      reason: 'repositories differs',
      widens: come.length > 0 ? ['repositories'] : [],
      access: { gains: buildAccess('named', ...come), loses: buildAccess('named', ...gone) },
    },
  )
}

/** In the order of docs/ten-seconds.md. */
export const TEN_SECONDS: readonly TenSeconds[] = [
  {
    question: 'Which secret opens to which public repository?',
    surface: 'comment',
    plan: planOf([listed('NPM_TOKEN', 12, ['api', 'web'], [], ['docs-site:public'])]),
    answer: ['opens to public: secret NPM_TOKEN', 'docs-site'],
    told: 'The secret `NPM_TOKEN` opens to `docs-site`. The red alert above the table counts and names what opens to the public, and the first row of the table says by which change.',
  },
  {
    question: 'Is a value written over, and which?',
    surface: 'comment',
    plan: planOf([
      buildChange(
        'orgs/acme/secrets/DEPLOY_KEY',
        { value: 'env:DEPLOY_KEY' },
        { value: 'file:keys/deploy.pem' },
        { source: line(33), reason: 'value differs', value: 'put' },
      ),
    ]),
    answer: ['value written over: secret DEPLOY_KEY'],
    told: 'Yes, that of the secret `DEPLOY_KEY`. Its row says so in bold, with the source that the value comes from now.',
  },
  {
    question: 'What blocks the apply?',
    surface: 'page',
    plan: planOf(
      ['ALPHA', 'BETA', 'GAMMA', 'DELTA'].map((name, index) =>
        deletion(`orgs/acme/secrets/${name}_TOKEN`, 50 + index, 'api'),
      ),
      {
        tripped: [
          {
            guard: 'max_deletions',
            message: 'would delete 4 things, and at most 3 may be deleted',
            flag: '--allow deletions=4',
            addresses: ['ALPHA', 'BETA', 'DELTA', 'GAMMA'].map((name) => `orgs/acme/secrets/${name}_TOKEN`),
          },
        ],
      },
    ),
    answer: [
      'Refused by apply without --allow deletions=4',
      'max_deletions: would delete 4 things, and at most 3 may be deleted',
    ],
    told: 'The guard `max_deletions`: four things would be deleted, and three may be. The line under the headline names what is missing, and *Refused by apply*, the first section, the guard and what trips it.',
  },
  {
    question: 'What is deleted?',
    surface: 'terminal',
    plan: planOf([deletion('orgs/acme/runner_groups/old-linux', 58, 'api', 'web')]),
    answer: ['- orgs/acme/runner_groups/old-linux'],
    told: 'The runner group `old-linux`: its line begins with a red minus sign, under *Taken away*.',
  },
  {
    question: 'What was not looked at?',
    surface: 'comment',
    plan: planOf([], {
      complete: false,
      not_read: [{ scope: 'repos/acme/payments', reason: 'GET /repos/acme/payments/actions/secrets answered 403' }],
    }),
    answer: ['Could not be read', 'repos/acme/payments'],
    told: 'The repository `payments`, which the credential may not read. The alert above the table says so; nothing is planned there.',
  },
  {
    question: 'Who loses, and what?',
    surface: 'comment',
    plan: planOf([listed('CODECOV_TOKEN', 37, ['api', 'web'], ['legacy-shop', 'old-docs:public'], [])]),
    answer: ['loses access: secret CODECOV_TOKEN', 'no longer by 2 repositories, 1 public: old-docs, legacy-shop'],
    told: '`legacy-shop` and `old-docs` lose the secret `CODECOV_TOKEN`. Its row says *loses access* in bold, and in the second column who.',
  },
]
