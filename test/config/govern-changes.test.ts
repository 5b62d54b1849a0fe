import { describe, expect, it } from 'vitest'
import { governChanges } from '../../src/config/govern-changes.ts'
import { configurationOf } from './load-files.ts'

/** The sentences for a change from one file to another; each without `version`. */
async function changes(base: string, own: string): Promise<readonly string[]> {
  const [before, after] = await Promise.all(
    [base, own].map((yaml) => configurationOf({ 'octoform.yaml': `version: 1\n${yaml}\n` })),
  )
  if (!after) throw new Error('there is no configuration')
  return governChanges(before, after)
}

const PAY = '"teams/pay/**": { addresses: ["repos/acme/pay-*/**"], values: ["PAY_*"] }'

describe('what a change of `files` and `guards` means', () => {
  it.each([
    ['', '', []],
    [`files: { ${PAY} }`, `files: { ${PAY} }`, []],
    ['files: { b: {}, a: {} }', 'files: { a: {}, b: {} }', []],
    ['x-a: 1', 'organizations: { acme: {} }', []],
    ['guards: { max_deletions: 10, max_revocations: 100 }', 'guards: {}', []],
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
  ])('from %j to %j', async (base, own, expected) => {
    expect(await changes(base, own)).toEqual(expected)
  })

  it('cannot be told without the base', async () => {
    const own = await configurationOf({ 'octoform.yaml': 'version: 1' })
    expect(governChanges(undefined, own)).toEqual([expect.stringContaining('cannot be told')])
  })
})
