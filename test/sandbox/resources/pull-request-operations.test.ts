import { expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const HEAD = 'a'.repeat(40)
const MERGED = 'b'.repeat(40)
const SEED = {
  organizations: {
    acme: {
      repositories: {
        config: {
          id: 101,
          issues: { 5: { title: 'Drift', labels: ['drift'], comments: [{ id: 501, body: 'First.' }] } },
          pull_requests: {
            7: { title: 'Widen', body: 'Please.', head: { ref: 'widen', sha: HEAD, repository: 'octocat/config' } },
            8: { head: { ref: 'done' }, merged: true, merge_commit_sha: MERGED, labels: ['done'] },
          },
          check_runs: [{ id: 601, name: 'octoform plan', head_sha: HEAD, external_id: 'sha256:1' }],
        },
      },
    },
  },
  tokens: { owner: {}, workflow: { workflow: true } },
}
const PREVIEWS = {
  accept: ['antiope', 'groot', 'squirrel-girl'].map((name) => `application/vnd.github.${name}-preview+json`).join(', '),
}
const OUTPUT = { title: 'Plan', summary: '1 to add', text: 'more', annotations: [annotation()] }
const REPOSITORY = '/repos/acme/config'

/** Method, path below the repository, status, and body. In this order: each builds on the one before. */
const STEPS: readonly (readonly [method: string, path: string, status: number, body?: object])[] = [
  ['GET', '', 200],
  ['GET', '/issues', 200],
  ['GET', '/issues?state=all&labels=drift&creator=octocat&sort=updated&direction=asc&per_page=1', 200],
  ['POST', '/issues', 201, { title: 'New', body: 'Text.', labels: ['drift'] }],
  ['GET', '/issues/9', 200],
  ['PATCH', '/issues/9', 200, { state: 'closed', body: 'Over.', title: 'Old', labels: [] }],
  ['GET', '/issues/7/comments', 200],
  ['GET', '/issues/5/comments?per_page=100', 200],
  ['POST', '/issues/7/comments', 201, { body: '<!-- octoform -->\nPlan: 1 to add' }],
  ['GET', '/issues/comments/501', 200],
  ['PATCH', '/issues/comments/501', 200, { body: 'Second.' }],
  ['POST', '/check-runs', 201, { name: 'octoform plan', head_sha: HEAD, conclusion: 'success', output: OUTPUT }],
  ['GET', '/check-runs/601', 200],
  ['PATCH', '/check-runs/601', 200, { status: 'completed', conclusion: 'neutral', output: OUTPUT }],
  ['GET', `/commits/${HEAD}/check-runs?check_name=octoform%20plan&filter=all`, 200],
  ['GET', '/commits/main/check-runs', 200],
  ['GET', `/commits/${HEAD}/pulls`, 200],
  ['GET', `/commits/${MERGED}/pulls?per_page=100`, 200],
  ['GET', '/pulls/7', 200],
  ['GET', '/pulls/8', 200],
  ['GET', '/branches/main', 200],
  ['GET', '/branches/nothing', 404],
]

it.each(SERVED_PRODUCTS)('%s answers all about pull requests as GitHub describes it', async (product) => {
  const sandbox = await withSandbox({ seed: SEED, product })
  const answers = await statuses(sandbox)
  expect(answers).toEqual(STEPS.map(([method, path, status]) => `${method} ${path}: ${status}`))

  const body = { query: '{ viewer { login } }' }
  const url = sandbox.url.endsWith('/api/v3') ? `${sandbox.origin}/api/graphql` : `${sandbox.origin}/graphql`
  expect(await sandbox.call('POST', url, body, 'workflow')).toMatchObject({
    status: 200,
    body: { data: { viewer: { login: 'github-actions[bot]' } } },
  })
})

async function statuses(sandbox: TestSandbox): Promise<string[]> {
  const lines: string[] = []
  for (const [method, path, , body] of STEPS) {
    const { status } = await sandbox.call(method, `${REPOSITORY}${path}`, body, 'workflow', PREVIEWS)
    lines.push(`${method} ${path}: ${status}`)
  }
  return lines
}

function annotation(): object {
  return { path: 'octoform.yaml', start_line: 1, end_line: 2, annotation_level: 'warning', message: 'Wider.' }
}
