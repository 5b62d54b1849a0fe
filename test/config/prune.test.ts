import { describe, expect, it } from 'vitest'
import type { ScopeType } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import { listing, problemsOf, resolved } from './load-files.ts'

/** The prune globs of each section that has some. */
async function prunes(yaml: string, repositories?: Parameters<typeof resolved>[1]): Promise<readonly string[]> {
  const { sections, messages } = await resolved(yaml, repositories)
  expect(messages).toEqual([])
  return sections.flatMap(({ prune }) => prune.map(({ glob }) => glob))
}

/** The families with members there, as messages list them. */
function withMembersAt(scope: ScopeType): string {
  return families
    .filter(
      ({ shape, unpruned, scopes }) => shape === 'members' && unpruned === undefined && scopes[scope] !== undefined,
    )
    .map(({ name }) => name)
    .join(', ')
}

const ORG = 'version: 1\norganizations:\n  acme:\n'

describe('prune', () => {
  it.each([
    ['["runner_groups/*", "secrets/PAY_*"]', ['orgs/acme/runner_groups/*', 'orgs/acme/secrets/PAY_*']],
    ['["*/*"]', ['orgs/acme/runner_groups/*', 'orgs/acme/secrets/*']],
    ['["**"]', ['orgs/acme/runner_groups/**', 'orgs/acme/secrets/**']],
    ['["Secrets/x", "s*/Y"]', ['orgs/acme/secrets/x', 'orgs/acme/secrets/Y']],
    ['[]', []],
  ])('%s', async (globs, expected) => {
    expect(
      await prunes(`${ORG}    secrets: {}\n    runner_groups: {}\n    permissions: {}\n    prune: ${globs}`),
    ).toEqual(expected)
  })

  it.each([
    ['secrets/*', '`secrets/*` needs `secrets` in this scope; `secrets: {}` says that none is to stay'],
    ['s*/*', '`s*/*` reaches nothing: no family with members stands in this scope'],
  ])('%s is an error without its family', async (glob, expected) => {
    const { messages } = await resolved(
      `${ORG}    permissions: {}\n    runner_groups: {}\n    prune: ["runner_groups/x", "${glob}"]`,
    )
    expect(messages).toEqual([`octoform.yaml:6:32: error: ${expected}`])
  })

  it.each([
    ['secret/*', 'names no family; did you mean `secrets/*`?'],
    ['SECRET', 'names no family; did you mean `secrets/*`?'],
    ['webhooks/*', `names no family; those with members here are ${withMembersAt('organization')}`],
    ['permissions/*', 'names settings, which cannot be deleted'],
    ['perm*/*', `names no family with members; those with members here are ${withMembersAt('organization')}`],
    ['runner_groups', 'names no members: write `runner_groups/*` for all of them'],
    ['runner_groups/', 'names no members: write `runner_groups/*` for all of them'],
    ['secrets/A/B', 'matches no member: a name is one part, and a `/` in it is %2F'],
  ])('%s is an error wherever it stands, and needs no GitHub', async (glob, expected) => {
    const yaml = `${ORG}    secrets: {}\n    prune: ["secrets/x", "${glob}"]`
    expect(await problemsOf({ 'octoform.yaml': yaml })).toEqual([`octoform.yaml:5:26: error: \`${glob}\` ${expected}`])
  })

  it.each([
    ['repository_sets: [{ match: { topic: none }, prune: ["runner_groups/*"] }]', '4:57'],
    ['repositories: { web: { prune: ["runner_groups/*"] } }', '4:36'],
  ])('%s names a family of another scope', async (yaml, place) => {
    expect(await problemsOf({ 'octoform.yaml': `${ORG}    ${yaml}` })).toEqual([
      `octoform.yaml:${place}: error: \`runner_groups/*\` names no family of a repository; those with members here are ${withMembersAt('repository')}`,
    ])
  })

  it('has the place of its entry, and asks for the family after merging', async () => {
    const yaml = `${ORG}    repository_sets: [{ match: {}, prune: ["secrets/*"] }]\n    repositories: { web: { secrets: {} } }`
    const { sections } = await resolved(yaml, listing({ web: {} }))
    expect(sections[0]?.prune).toEqual([
      { glob: 'repos/acme/web/secrets/*', source: { file: 'octoform.yaml', line: 4, col: 44 } },
    ])
    const { messages } = await resolved(yaml, listing({ web: {}, api: {}, x: {} }))
    expect(messages).toEqual([
      'octoform.yaml:4:44: error: `secrets/*` needs `secrets` in this scope; `secrets: {}` says that none is to stay',
    ])
  })

  it('is overridden as a whole by a stronger rank, and joins what other files say', async () => {
    const set =
      '    repository_sets: [{ match: {}, secrets: {}, prune: ["secrets/A"] }, { match: {}, prune: ["secrets/B"] }]'
    const web = listing({ web: {} })
    expect(await prunes(`${ORG}${set}`, web)).toEqual(['repos/acme/web/secrets/B'])
    expect(await prunes(`${ORG}${set}\n    repositories: { web: { prune: [] } }`, web)).toEqual([])
    const { sections } = await resolved({
      'a.yaml': `${ORG}    secrets: {}\n    prune: ["secrets/A"]`,
      'b.yaml': 'organizations: { acme: { prune: ["secrets/B"] } }',
    })
    expect(sections[0]?.prune.map(({ glob }) => glob)).toEqual(['orgs/acme/secrets/A', 'orgs/acme/secrets/B'])
  })
})
