import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: { repositories: { admin: { files: { main: { 'README.md': '' } } }, web: {}, api: {} } },
  },
}
const YAML = `version: 1
ledger: { repository: acme/admin, branch: octoform, path: state/ledger.json }
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets: { A: { visibility: all, value: { env: A } }, B: { visibility: selected, repositories: [web], value: { env: A } } }
`

/** An apply that was held to the digest of its plan, and that GitHub stopped at the secret B. */
async function interrupted(): Promise<{ sandbox: WatchedSandbox; place: Workplace; digest: string }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { A: 'planted-value' })
  const { digest } = await place.plan()
  await sandbox.fault({
    method: 'PUT',
    route: '/orgs/acme/actions/secrets/B',
    status: 403,
    body: { message: 'Not now' },
  })
  const { code, stdout } = await place.run(['apply', '--auto-approve', '--expect-digest', digest])
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('Applied: 1 added, 1 changed') })
  return { sandbox, place, digest }
}

async function kept(sandbox: WatchedSandbox): Promise<{ readonly text: string; readonly sha: string }> {
  const path = '/repos/acme/admin/contents/state/ledger.json.plan.json?ref=octoform'
  const { body } = await sandbox.call('GET', path)
  const { content, sha } = body as { content: string; sha: string }
  return { text: Buffer.from(content, 'base64').toString(), sha }
}

describe('an apply that was held to a digest and interrupted', () => {
  it('goes on with what is left of the same plan, and with no other digest', async () => {
    const { sandbox, place, digest } = await interrupted()
    const other = await place.run(['apply', '--auto-approve', '--expect-digest', 'f'.repeat(64)])
    expect(other).toMatchObject({ code: 4 })
    const before = sandbox.writes().length
    const again = await place.run(['apply', '--auto-approve', '--expect-digest', digest])
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied: 1 added, 0 changed, 0 deleted.') })
    const administered = sandbox
      .writes()
      .slice(before)
      .filter((write) => !write.includes('/repos/acme/admin/'))
    expect(administered).toEqual(['PUT /orgs/acme/actions/secrets/B'])
    expect((await place.plan()).changes).toEqual([])
  })

  it('does not go on with what nobody reviewed', async () => {
    const { sandbox, place, digest } = await interrupted()
    await sandbox.call('PUT', '/orgs/acme/actions/permissions', {
      enabled_repositories: 'all',
      allowed_actions: 'selected',
    })
    const before = sandbox.writes().length
    const again = await place.run(['apply', '--auto-approve', '--expect-digest', digest])
    expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining('orgs/acme/permissions') })
    expect(sandbox.writes()).toHaveLength(before)
  })

  it.each([
    ['a change that is left is taken out of the YAML', /, B: \{.*?\} \}/, '', 'orgs/acme/secrets/B  the plan has it'],
    ['the field of it is', / \[web\]/, ' []', 'orgs/acme/secrets/B'],
  ])('does not end as if all were done where %s', async (_, line, by, says) => {
    const { sandbox, place, digest } = await interrupted()
    expect(YAML).toMatch(line)
    await place.write('octoform.yaml', YAML.replace(line, by))
    const before = sandbox.writes().length
    const again = await place.run(['apply', '--auto-approve', '--expect-digest', digest])
    expect(again, again.stderr).toMatchObject({ code: 4, stderr: expect.stringContaining(says) })
    expect(sandbox.writes()).toHaveLength(before)
  })

  it('does not end as if all were done where its flags leave out what is left', async () => {
    const { sandbox, place, digest } = await interrupted()
    const before = sandbox.writes().length
    const flags = ['--target', 'orgs/acme/secrets/A']
    const again = await place.run(['apply', '--auto-approve', '--expect-digest', digest, ...flags])
    expect(again).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('made without --target orgs/acme/secrets/A'),
    })
    expect(sandbox.writes()).toHaveLength(before)
  })

  it('does not take a plan that was edited for the one of that digest', async () => {
    const { sandbox, place, digest } = await interrupted()
    await place.write('octoform.yaml', YAML.replace('repositories: [web]', 'repositories: [web, api]'))
    const { text, sha } = await kept(sandbox)
    const forged = JSON.parse(text) as Plan & { changes: { after: { repositories?: string[] } }[] }
    for (const { after } of forged.changes) if (after.repositories) after.repositories = ['api', 'web']
    const content = Buffer.from(JSON.stringify(forged)).toString('base64')
    const put = { message: 'forged', branch: 'octoform', sha, content }
    expect((await sandbox.call('PUT', '/repos/acme/admin/contents/state/ledger.json.plan.json', put)).status).toBe(200)
    const before = sandbox.writes().length
    expect(await place.run(['apply', '--auto-approve', '--expect-digest', digest])).toMatchObject({ code: 4 })
    expect(sandbox.writes()).toHaveLength(before)
  })

  it('keeps no value in the plan beside the ledger', async () => {
    const { sandbox } = await interrupted()
    const { text } = await kept(sandbox)
    expect(text).not.toContain('planted')
    expect(JSON.parse(text)).not.toHaveProperty('reach')
  })
})
