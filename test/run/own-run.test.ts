import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownRun, secretsIn } from '../../src/run/own-run.ts'
import { makeFolder } from '../secrets/folder.ts'

describe('the secrets that a workflow names', () => {
  it.each<[string, readonly string[] | 'all']>([
    ['run: echo', []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
    ['A: ${{ secrets.NPM_TOKEN }}\nB: ${{ secrets.deploy_key }}', ['NPM_TOKEN', 'DEPLOY_KEY']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
    ['A: ${{ secrets[\'NPM_TOKEN\'] }} ${{ secrets [ "X" ] }}', ['NPM_TOKEN', 'X']],
    ['secrets: inherit', 'all'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
    ['A: ${{ toJSON( secrets ) }}', 'all'],
  ])('%j', (text, expected) => {
    const found = secretsIn(text)
    expect(found === 'all' ? found : [...(found ?? [])]).toEqual(expected)
  })
})

it('is told by the environment of GitHub Actions', async () => {
  const folder = await makeFolder()
  await mkdir(join(folder, '.github/workflows'), { recursive: true })
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
  await writeFile(join(folder, '.github/workflows/apply.yml'), 'env: { A: "${{ secrets.KEY }}" }')
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'Acme/Admin',
    GITHUB_WORKFLOW_REF: 'Acme/Admin/.github/workflows/apply.yml@refs/heads/main',
    GITHUB_WORKSPACE: folder,
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_NAME: 'r1',
  }
  expect(await ownRun({ ...env, GITHUB_WORKFLOW_SHA: 'abc' }, '/')).toEqual({
    owner: 'acme',
    repo: 'admin',
    runner: 'r1',
    secrets: new Set(['KEY']),
    workflow: { path: 'Acme/Admin/.github/workflows/apply.yml', refs: ['refs/heads/main', 'main', 'abc'] },
  })
  expect(await ownRun({ ...env, RUNNER_ENVIRONMENT: 'github-hosted' }, '/')).not.toHaveProperty('runner')
  expect(await ownRun({ ...env, GITHUB_ACTIONS: '' }, '/')).toBeUndefined()
  const outside = { ...env, GITHUB_WORKFLOW_REF: 'Acme/Admin/.github/workflows/../../../etc/passwd@x' }
  expect(await ownRun(outside, '/')).not.toHaveProperty('secrets')
})
