import { describe, expect, it } from 'vitest'
import { cleanup } from '../../src/cleanup/policy.ts'
import type { Configuration } from '../../src/config/configuration.ts'
import { governChanges } from '../../src/config/govern-changes.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf } from './load-files.ts'

/** The sentences for a change from one file to another; each without `version`. */
async function changes(base: string, own: string): Promise<readonly string[]> {
  const [before, after] = await Promise.all(
    [base, own].map((yaml) => configurationOf({ 'octoform.yaml': `version: 1\n${yaml}\n` })),
  )
  if (!after) throw new Error('there is no configuration')
  return governChanges(before, after, { families, policies: [cleanup] }, { base: rootOf(before), own: rootOf(after) })
}

function rootOf(configuration: Configuration | undefined): string {
  const ledger = configuration?.ledger
  return ledger && 'below' in ledger ? ledger.below : ''
}

const PAY = '"teams/pay/**": { addresses: ["repos/acme/pay-*/**"], values: ["PAY_*"] }'

const APPROVAL = `{ digest: "${'0'.repeat(64)}", allow: [revocations=180], reason: planned }`
const acme = (body: string): string => `organizations: { acme: ${body.startsWith('{') ? body : `{ ${body} }`} }`
const sets = (list: string): string => acme(`{ repository_sets: [${list}] }`)

describe('what a change of what governs a configuration means', () => {
  it.each([
    ['', '', []],
    [`files: { ${PAY} }`, `files: { ${PAY} }`, []],
    ['files: { b: {}, a: {} }', 'files: { a: {}, b: {} }', []],
    ['x-a: 1', 'organizations: { acme: {} }', []],
    ['guards: { max_deletions: 10, max_revocations: 100 }', 'guards: {}', []],
    [
      'guards: { max_cleanup: 10 }',
      'guards: { cleanup_logs: true }',
      ['`guards`: max_cleanup is raised from 10 to 1000.', '`guards`: cleanup may delete runs and logs from now on.'],
    ],
    [
      acme('repositories: { web: { cleanup: { artifacts: { older_than: 30d }, caches: { older_than: 9d } } } }'),
      acme('repositories: { web: { cleanup: { artifacts: { older_than: 8d }, stuck: { queued_longer_than: 1d } } } }'),
      [
        'The rule `repos/acme/web/cleanup/artifacts` is `{"older_than":"8d"}`, and was `{"older_than":"30d"}`.',
        'The rule `repos/acme/web/cleanup/caches` is gone, and was `{"older_than":"9d"}`.',
        'The rule `repos/acme/web/cleanup/stuck` is new: `{"queued_longer_than":"1d"}`.',
      ],
    ],
    [
      sets('{ match: {}, cleanup: { artifacts: { older_than: 30d } } }'),
      sets('{ match: {}, cleanup: { artifacts: { older_than: 8d } } }'),
      ['The set `{}` of acme gives other `cleanup`.'],
    ],
    [
      '',
      `files: { ${PAY} }`,
      [
        '`files` is new: each file may declare what its entries say and nothing else.',
        '`files` gains the entry `teams/pay/**`: those files may declare `repos/acme/pay-*/**`, with values from `PAY_*`.',
      ],
    ],
    ['files: { a: {} }', '', ['`files` is gone: every file may declare anything.']],
    [
      `files: { ${PAY} }`,
      'files: { b: {} }',
      [
        '`files` gains the entry `b`: those files may declare nothing.',
        '`files` loses the entry `teams/pay/**`: those files may no longer declare `repos/acme/pay-*/**`, with values ' +
          'from `PAY_*`.',
      ],
    ],
    [
      `files: { ${PAY} }`,
      'files: { "teams/pay/**": { addresses: ["**"], values: ["PAY_*", "NPM"] } }',
      [
        '`files`: the entry `teams/pay/**` gains addresses `**`.',
        '`files`: the entry `teams/pay/**` loses addresses `repos/acme/pay-*/**`.',
        '`files`: the entry `teams/pay/**` gains values `NPM`.',
      ],
    ],
    [
      'guards: { max_deletions: 3 }',
      '',
      ['`guards`: max_deletions is raised from 3 to 10.', '`guards`: max_revocations is raised from 3 to 100.'],
    ],
    ['', 'guards: { max_deletions: 0, max_revocations: 100 }', ['`guards`: max_deletions is lowered from 10 to 0.']],
    [
      'guards: { never_public: ["orgs/a/**"] }',
      'guards: { max_revocations: 9, max_runner_moves: 0, never_public: ["orgs/b/**"] }',
      [
        '`guards`: max_revocations is lowered from 100 to 9.',
        '`guards`: max_runner_moves is lowered from 20 to 0.',
        '`guards` gains never_public `orgs/b/**`.',
        '`guards` loses never_public `orgs/a/**`.',
      ],
    ],
    [
      'guards: { protect: ["orgs/**", "repos/a/b/**"] }',
      'guards: { protect: ["orgs/acme/**", "orgs/**"] }',
      ['`guards` gains protect `orgs/acme/**`.', '`guards` loses protect `repos/a/b/**`.'],
    ],
    [
      'accept: ["acme/web=7"]',
      'accept: ["acme/api=8"]',
      ['`accept` lets in `acme/api=8`, which the ledger knows by other ids.', '`accept` lets in `acme/web=7` no more.'],
    ],
    [
      `approvals: [${APPROVAL}]`,
      'approvals: []',
      [`\`approvals\` loses \`revocations=180\` for the plan ${'0'.repeat(64)}: planned`],
    ],
    [
      'ledger: { path: a.json }',
      'ledger: { path: b/c.json }',
      ['`ledger` is kept in `b/c.json` from now on, and was in `a.json`.'],
    ],
    [
      '',
      'ledger: { repository: acme/admin, branch: octoform, path: l.json }',
      [
        '`ledger` is kept in `l.json` on the branch `octoform` of `acme/admin` from now on, and was in ' +
          '`.octoform/ledger.json`.',
      ],
    ],
    [
      acme('secrets: { A: unmanaged, B: { visibility: all } }'),
      acme('secrets: { A: { visibility: all }, b: unmanaged }'),
      ['`unmanaged` does not stand any more at `orgs/acme/secrets/A`.', '`unmanaged` stands at `orgs/acme/secrets/B`.'],
    ],
    ['', acme('permissions: unmanaged'), ['`unmanaged` stands at `orgs/acme/permissions`.']],
    [
      acme('{ secrets: {}, prune: ["secrets/*"], repositories: { web: { secrets: {}, prune: ["secrets/A*"] } } }'),
      acme('{ secrets: {}, prune: ["secrets/X*"], repositories: { web: { secrets: {} } } }'),
      [
        '`prune` loses `secrets/*` in orgs/acme.',
        '`prune` loses `secrets/A*` in repos/acme/web.',
        '`prune` gains `secrets/X*` in orgs/acme.',
      ],
    ],
    [
      sets(
        '{ match: { topic: java }, secrets: { A: unmanaged }, prune: ["secrets/*"] }, { match: {}, permissions: {} }',
      ),
      sets('{ match: { topic: [java, go] }, secrets: {} }, { match: {}, permissions: { enabled: true } }'),
      [
        'The set `{"topic":"java"}` of acme is gone: it gave `secrets`, `prune`.',
        'The set `{"topic":["java","go"]}` of acme is new: it gives `secrets`.',
        'The set `{}` of acme gives other `permissions`.',
        '`unmanaged` does not stand any more at `secrets/A` in the set `{"topic":"java"}` of acme.',
        '`prune` loses `secrets/*` in the set `{"topic":"java"}` of acme.',
      ],
    ],
  ])('from %j to %j', async (base, own, expected) => {
    expect(await changes(base, own)).toEqual(expected)
  })

  it('cannot be told without the base', async () => {
    const own = await configurationOf({ 'octoform.yaml': 'version: 1' })
    expect(governChanges(undefined, own, { families, policies: [cleanup] }, { base: '', own: '' })).toEqual([
      expect.stringContaining('is not known'),
    ])
  })
})
