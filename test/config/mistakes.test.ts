import { describe, expect, it } from 'vitest'
import { resolveOwner } from '../../src/config/resolve.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import { checkOffline } from '../../src/engine/check-offline.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf, problemsOf } from './load-files.ts'

/** The problems that `validate` reports of one line after `version: 1`. */
async function toldOf(line: string): Promise<readonly string[]> {
  const files = { 'f.yaml': line.includes('version') ? line : `version: 1\n${line}\n` }
  const problems = await problemsOf(files)
  if (problems.length > 0) return problems
  const configuration = await configurationOf(files)
  return configuration.owners.flatMap(({ name }) => {
    const { sections, diagnostics } = resolveOwner(configuration, name, undefined, families)
    const { certain, onNames } = checkOffline(sections, families, 'ghec')
    return [...diagnostics, ...certain, ...onNames.map(({ told }) => told)].map(formatDiagnostic)
  })
}

/** A common mistake, the text at the reported place, and the message. */
const MISTAKES: readonly (readonly [within: 'top' | 'acme' | 'web', text: string, at: string, says: string])[] = [
  ['top', 'verson: 1', 'verson', 'did you mean `version`?'],
  ['top', 'organization: { acme: {} }', 'organization', 'did you mean `organizations`?'],
  ['top', 'organizations: [acme]', '[acme]', 'must be a map'],
  ['top', 'organizations:', 'organizations', 'has no value'],
  ['top', 'organizations: { acme: [] }', '[]', 'must be a map'],
  ['top', 'organization_sets: { match: {} }', '{ match', 'must be a list'],
  ['top', 'organization_sets: [{ secrets: {} }]', '{ secrets', 'lacks `match`'],
  ['top', 'organization_sets: [{ mach: {} }]', 'mach', 'did you mean `match`?'],
  ['top', 'guards: { max_deletion: 3 }', 'max_deletion', 'did you mean `max_deletions`?'],
  ['top', 'guards: { max_deletions: many }', 'many', 'must be a whole number'],
  ['top', 'guards: { protect: "orgs/**" }', '"orgs', 'must be a list'],
  ['top', 'ledger: l.json', 'l.json', 'must be a map'],
  ['top', 'ledger: { path: ../l.json }', 'path', 'must lead down'],
  ['top', 'ledger: { paht: l.json }', 'paht', 'did you mean `path`?'],
  ['top', 'github: { product: github }', 'product', 'must be dotcom, ghec'],
  ['top', 'approvals: [{ digset: x, allow: [self], reason: r }]', 'digset', 'did you mean `digest`?'],
  ['top', 'accept: acme/web=7', 'acme/web', 'must be a list'],
  ['top', 'repositories: { web: {} }', 'web', 'write it as `owner/name`'],
  ['top', 'repositories: { acme/web: absent }', 'absent', 'must be a map'],
  ['acme', 'secret: { A: {} }', 'secret', 'did you mean `secrets`?'],
  ['acme', 'secrets: { A: hunter2 }', 'hunter2', 'must be a map or one of'],
  ['acme', 'secrets: { A: { value: hunter2 } }', 'value', 'takes exactly one of'],
  ['acme', 'secrets: { A: { value: [hunter2] } }', 'value', 'takes exactly one of'],
  ['acme', 'secrets: { A: { value: { evn: A } } }', 'value', 'takes exactly one of'],
  ['acme', 'secrets: { A: { value: { env: A, file: b } } }', 'value', 'takes exactly one of'],
  ['acme', 'secrets: { A: { value: { env: $A } } }', 'env', 'takes the name of an environment variable'],
  ['acme', 'secrets: { A: { value: { env: GITHUB_TOKEN } } }', 'env', 'refuses the variables'],
  ['acme', 'secrets: { A: { value: { env: 1 } } }', 'value', 'takes exactly one of'],
  ['acme', 'secrets: { A: { value: { sealed: x } } }', 'value', 'takes exactly one of'],
  ['acme', 'secrets: { A: { visibility: public } }', 'public', 'must be one of'],
  ['acme', 'secrets: { A: { visibilty: all } }', 'visibilty', 'did you mean `visibility`?'],
  ['acme', 'secrets: { A: { visibility: [all] } }', '[all]', 'must be one of'],
  ['acme', 'secrets: { A: { repositories: web } }', 'web', 'must be a list'],
  ['acme', 'secrets: { A: { repositories: [7] } }', '7', 'a name of digits goes in quotes'],
  ['acme', 'secrets: { A: { repositories: [other/web] } }', 'other/web', 'is of another owner'],
  ['acme', 'secrets: { A: { repositories: [{ topics: java }] } }', 'topics', 'did you mean `topic`?'],
  ['acme', 'secrets: { A: { repositories: [{ fork: "no" }] } }', '"no"', 'must be true or false'],
  ['acme', 'secrets: { A: { visibility: all, repositories: [web] } }', 'repositories', 'needs visibility: selected'],
  ['acme', 'secrets: { A: { env: X } }', 'env', 'it belongs under value'],
  ['acme', 'secrets: { MY-KEY: {} }', 'MY-KEY', 'holds only letters'],
  ['acme', 'secrets: { A: {}, a: {} }', 'a:', 'is the same name as'],
  ['acme', 'secrets: [A, B]', '[A', 'must be a map'],
  ['acme', 'secrets: absent', 'absent', 'must be a map'],
  ['acme', 'permissions: absent', 'absent', 'cannot be absent'],
  ['acme', 'permissions: { enabled_repositories: [web] }', '[web]', 'must be one of'],
  [
    'acme',
    'permissions: { enabled_repositories: all, repositories: [web] }',
    'repositories: [web]',
    'needs enabled_repositories',
  ],
  ['acme', 'permissions: { allowed_actions: Selected }', 'Selected', 'must be one of'],
  ['acme', 'permissions: { selected_actions: [docker/*] }', '[docker', 'must be a map'],
  ['acme', 'permissions: { selected_actions: { patterns_allowed: docker/* } }', 'docker', 'must be a list'],
  [
    'acme',
    'permissions: { allowed_actions: all, selected_actions: { verified_allowed: true } }',
    'verified',
    'needs allowed_actions',
  ],
  [
    'acme',
    'permissions: { patterns_allowed: [docker/*] }',
    'patterns',
    'it belongs under permissions.selected_actions',
  ],
  ['acme', 'permissions: { sha_pinning_required: "true" }', '"true"', 'must be true or false'],
  ['acme', 'runner_groups: { g: { runners: gpu-01 } }', 'gpu-01', 'must be a list'],
  ['acme', 'runner_groups: { g: { allows_public: true } }', 'allows_public', 'unknown key'],
  [
    'acme',
    'runner_groups: { g: { visibility: private, allows_public_repositories: true } }',
    'allows',
    'shuts public repositories out',
  ],
  [
    'acme',
    'runner_groups: { g: { restricted_to_workflows: false, selected_workflows: [o/r/.github/workflows/x.yml@v1] } }',
    'selected',
    'needs restricted_to_workflows: true',
  ],
  ['acme', 'runner_groups: [g]', '[g]', 'must be a map'],
  ['acme', 'prune: secrets/*', 'secrets/*', 'must be a list'],
  ['acme', 'repository_sets: { match: {} }', '{ match', 'must be a list'],
  ['acme', 'repository_sets: [{ match: web-* }]', 'web-*', 'must be a map'],
  ['acme', 'repository_sets: [{ mtach: {}, secrets: {} }]', 'mtach', 'did you mean `match`?'],
  ['acme', 'repositories: { web: { secrets: { A: { visibility: all } } } }', 'visibility', 'unknown key'],
  ['acme', 'repositories: [web]', '[web]', 'must be a map'],
  [
    'acme',
    'permissions: { allowed_actions: local_only }, repositories: { web: { permissions: { allowed_actions: all } } }',
    'allowed_actions: all',
    'is looser than',
  ],
  ['web', 'permissions: { enabled: "yes" }', '"yes"', 'must be true or false'],
  ['web', 'permissions: { enabled: false, allowed_actions: all }', 'allowed', 'has no effect while'],
  ['web', 'permissions: { enabled_repositories: all }', 'enabled_repositories', 'known here: enabled, '],
  ['web', 'runner_groups: {}', 'runner_groups', 'known here: permissions, secrets'],
  ['web', 'secrets: { A: { value: { file: /x } } }', 'file', 'is absolute'],
  ['web', 'match: {}', 'match', 'unknown key'],
]

const FRAMES = {
  top: (text: string): string => text,
  acme: (text: string): string => `organizations: { acme: { ${text} } }`,
  web: (text: string): string => `repositories: { acme/web: { ${text} } }`,
}

describe('one mistake is told once, at its place, with what to do', () => {
  it.each(MISTAKES)('%s: %s', async (within, text, at, says) => {
    const line = FRAMES[within](text)
    const told = await toldOf(line)
    const column = line.indexOf(at, line.indexOf(text)) + 1
    expect(told).toEqual([expect.stringContaining(says)])
    expect(told[0]).toMatch(
      new RegExp(`^f\\.yaml:${line.includes('version') || line.includes('verson') ? '[12]' : 2}:${column}: `),
    )
    expect(told[0]).not.toContain('hunter2')
  })
})
