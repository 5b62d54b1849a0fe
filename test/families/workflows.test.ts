import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { workflows } from '../../src/families/workflows/index.ts'
import { requestsAt } from '../support/family-case.ts'
import { actionsEnv, REPOSITORY } from '../support/github-actions.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { WEB } from '../support/stub-family.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

describe('a workflow', () => {
  it.each([
    ['disabled', 'active', true],
    ['active', 'disabled', false],
  ])('from %s to %s is wider: %s', (before, after, wider) => {
    expect(isWider(fieldAt(workflows, 'state'), before, after)).toBe(wider)
  })

  it.each([
    ['ci.yml', 'disabled', 'active', 'PUT /repos/acme/web/actions/workflows/ci.yml/enable'],
    ['a b#?.yaml', 'active', 'disabled', 'PUT /repos/acme/web/actions/workflows/a%20b%23%3F.yaml/disable'],
  ])('%s from %s to %s', (key, live, state, expected) => {
    const asked = { key, live: { state: live } as Document, wants: { state } }
    expect(requestsAt({ family: workflows, scope: WEB }, asked)).toEqual([[expected]])
  })

  it.each([
    ['ci.yml', undefined],
    ['CI.YAML', 'is no file of a workflow: write its name with the ending'],
    ['ci', 'is no file of a workflow'],
    ['.github/workflows/ci.yml', 'is a path: write the name of the file alone, `ci.yml`'],
    ['dynamic/pages/pages-build-deployment', 'is no file of a workflow'],
  ])('called %s: %s', (name, fault) => {
    if (fault === undefined) expect(workflows.nameFault(name)).toBeUndefined()
    else expect(workflows.nameFault(name)).toContain(fault)
  })
})

async function started(yaml: string, seed: object): Promise<{ place: Workplace; sandbox: WatchedSandbox }> {
  const web = { workflows: seed }
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web } } } } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': inWeb(yaml) }) }
}

function inWeb(yaml: string): string {
  return `version: 1\norganizations:\n  acme:\n    repositories:\n      web:\n        ${yaml}\n`
}

describe('workflows of a repository', () => {
  it('that have no file are warnings with their line, and nothing is written', async () => {
    const { place, sandbox } = await started('workflows: { ci.yml: { state: disabled } }', {
      pages: { path: 'dynamic/pages/ci.yml' },
    })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(0)
    expect(stdout).toContain(
      'octoform.yaml:6:22: warning: GitHub has no workflow .github/workflows/ci.yml: it comes with that file',
    )
    expect(sandbox.writes()).toEqual([])
  })

  it('whose file was deleted are held back, and the others go on', async () => {
    const { place, sandbox } = await started(
      'workflows: { ci.yml: { state: active }, old.yml: { state: disabled }, other.yml: { state: disabled } }',
      { 'ci.yml': { state: 'deleted' }, 'old.yml': { state: 'deleted' }, 'other.yml': {} },
    )
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(2)
    expect(stdout).toContain('.github/workflows/ci.yml was deleted, and GitHub enables no workflow without its file')
    expect(stdout).toContain('.github/workflows/old.yml was deleted: it does not run, and there is nothing to disable')
    expect(sandbox.writes()).toEqual(['PUT /repos/acme/web/actions/workflows/other.yml/disable'])
  })

  it('in a state that is not known are enabled, and imported without one', async () => {
    const { place, sandbox } = await started('workflows: { ci.yml: { state: active } }', { 'ci.yml': {} })
    const { sandbox: shown } = { sandbox }
    const faults = { method: 'GET', route: '/repos/{owner}/{repo}/actions/workflows', times: 2, status: 200 }
    const listed = [{ id: 1, name: 'CI', path: '.github/workflows/ci.yml', state: 'paused' }]
    await shown.call('POST', '/_sandbox/faults', { ...faults, body: { total_count: 1, workflows: listed } })
    const plan = await place.plan()
    expect(plan.changes).toMatchObject([{ action: 'update', before: {}, after: { state: 'active' } }])
    const imported = await place.run(['import', 'repos/acme/web'])
    expect(imported.stdout).toContain('ci.yml: {}')
  })

  it.each([
    ['workflows: { ci.yml: absent }', '6:30: error: `ci.yml` cannot be absent: GitHub has no way to delete it'],
    [
      'prune: [workflows/*]\n        workflows: {}',
      '6:17: error: `workflows/*` names workflows, which GitHub has no way to delete',
    ],
  ])('%s is an error', async (yaml, message) => {
    const { place, sandbox } = await started(yaml, { 'ci.yml': {} })
    const { code, stdout, stderr } = await place.run(['plan'])
    expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringContaining(message) })
    expect(sandbox.asked).toEqual([])
  })

  it('are not what a wide `prune` reaches', async () => {
    const { place } = await started('prune: ["**"]\n        workflows: {}\n        secrets: {}', { 'ci.yml': {} })
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  })

  it('are not disabled by a run that works by one', async () => {
    const { place } = await started('workflows: { ci.yml: { state: disabled } }', { 'ci.yml': {} })
    const env = await actionsEnv({
      event: 'push',
      payload: REPOSITORY,
      env: {
        GITHUB_REPOSITORY: 'acme/web',
        GITHUB_WORKFLOW_REF: 'acme/web/.github/workflows/ci.yml@refs/heads/main',
      },
    })
    const plan = await place.plan([], env)
    expect(JSON.stringify(plan.tripped)).toContain('this disables .github/workflows/ci.yml, the workflow of this run')
  })
})
