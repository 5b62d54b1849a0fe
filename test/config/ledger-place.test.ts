import { describe, expect, it } from 'vitest'
import { configurationOf, problemsOf } from './load-files.ts'

const yaml = (ledger: string) => ({ 'octoform.yaml': `version: 1\nledger: ${ledger}\n` })

describe('a ledger in a repository', () => {
  it.each([
    ['{ repository: acme/admin, branch: octoform, path: ledger.json }', 'acme/admin', 'octoform', 'ledger.json'],
    [
      '{ repository: Acme/.github, branch: state/octoform, path: a/.b/l.json }',
      'Acme/.github',
      'state/octoform',
      'a/.b/l.json',
    ],
  ])('%s', async (text, repository, branch, path) => {
    expect((await configurationOf(yaml(text))).ledger).toEqual({
      repository,
      branch,
      path,
      source: { file: 'octoform.yaml', line: 2, col: 23 },
    })
  })

  it.each([
    ['{ repository: acme/admin }', ['`branch` too', '`path` too']],
    ['{ repository: acme/admin, path: l.json }', ['`branch` too']],
    ['{ branch: octoform, path: l.json }', ['`branch` needs a `repository`']],
    ['{ repository: acme, branch: b, path: l.json }', ['`repository` must be written as `owner/name`']],
    ['{ repository: acme/.., branch: b, path: l.json }', ['`repository` must be written as `owner/name`']],
    ['{ repository: https://github.com/acme/admin, branch: b, path: l.json }', ['`repository` must be written']],
    ['{ repository: acme/admin, branch: b, path: 1 }', ['`path` must be text']],
    ['{ repository: acme/admin, branch: b, path: l.json, ref: x }', ['unknown key `ref`']],
  ])('%s is refused', async (text, expected) => {
    const problems = await problemsOf(yaml(text))
    expect(problems).toEqual(expected.map((part) => expect.stringContaining(part)))
    expect(problems.every((problem) => problem.startsWith('octoform.yaml:2:'))).toBe(true)
  })

  it.each([
    '/b',
    'b/',
    'a//b',
    'a..b',
    '.b',
    'a/.b',
    'b.lock',
    'b.',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    '@',
    'a@{1}',
    '-b',
    'HEAD',
    'refs/heads/b',
    'a'.repeat(40),
  ])('has no branch %j', async (branch) => {
    const text = `{ repository: acme/admin, branch: ${JSON.stringify(branch)}, path: l.json }`
    expect(await problemsOf(yaml(text))).toEqual([expect.stringContaining('`branch` cannot be the name of a branch')])
  })

  it.each([
    '/l.json',
    'a//l.json',
    '../l.json',
    'a/./l.json',
    '.git/l.json',
    'a/.GIT/l.json',
    'a\\l.json',
    'C:l.json',
    'a\u0000',
  ])('has no path %j', async (path) => {
    const text = `{ repository: acme/admin, branch: octoform, path: ${JSON.stringify(path)} }`
    expect(await problemsOf(yaml(text))).toEqual([expect.stringContaining('`path` must lead down')])
  })
})
