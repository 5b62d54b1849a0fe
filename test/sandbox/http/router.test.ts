import { expect, it } from 'vitest'
import { matchTemplate, segmentsOf } from '../../../src/sandbox/http/router.ts'

it.each([
  ['/orgs/acme', ['orgs', 'acme']],
  ['/repos/acme/a%2Fb', ['repos', 'acme', 'a/b']],
  ['/orgs/acme/', undefined],
  ['/orgs//acme', undefined],
  ['/', undefined],
  ['/orgs/%zz', undefined],
])('the segments of %s are %j', (path, segments) => {
  expect(segmentsOf(path)).toEqual(segments)
})

it.each([
  ['/orgs/{org}', ['orgs', 'acme'], { org: 'acme' }],
  ['/orgs/{org}', ['orgs', 'acme', 'repos'], undefined],
  ['/orgs/{org}', ['users', 'acme'], undefined],
  ['/repos/{owner}/{repo}', ['repos', 'a', 'b'], { owner: 'a', repo: 'b' }],
  ['/r/contents/{path}', ['r', 'contents', 'a'], { path: 'a' }],
  ['/r/contents/{path}', ['r', 'contents', 'a', 'b', 'c'], { path: 'a/b/c' }],
  ['/r/contents/{path}', ['r', 'contents', 'a/b', 'c'], { path: 'a/b/c' }],
  ['/r/contents/{path}', ['r', 'contents'], undefined],
  ['/r/git/ref/{ref}', ['r', 'git', 'ref', 'heads', 'main'], { ref: 'heads/main' }],
  ['/r/commits/{ref}/check-runs', ['r', 'commits', 'heads', 'main', 'check-runs'], undefined],
])('%s and %j make %j', (template, segments, params) => {
  expect(matchTemplate(template, segments)).toEqual(params)
})
