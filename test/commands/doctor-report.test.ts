import { expect, it } from 'vitest'
import { appKey } from '../support/app-key.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const { privateKey, publicKey } = appKey('octoform')
const APP = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey, OCTOFORM_TOKEN: '', GITHUB_TOKEN: 'owner' }
const CONFIGURATION = 'version: 1\norganizations: { acme: {} }\n'
/** The permissions that docs/reports.md grants. */
const GRANTED = {
  metadata: 'read',
  members: 'read',
  contents: 'read',
  organization_administration: 'read',
  organization_secrets: 'read',
  organization_self_hosted_runners: 'read',
  administration: 'read',
  actions: 'read',
  environments: 'read',
  secrets: 'read',
}

async function doctor(permissions: Readonly<Record<string, string>>, forWhat = 'report') {
  const sandbox = await watchedSandbox({
    seed: {
      product: 'ghec',
      organizations: { acme: { repositories: { web: {} } } },
      apps: { ci: { id: 11, private_key_public: publicKey, installations: { acme: { id: 21, permissions } } } },
      tokens: { owner: {} },
    },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': CONFIGURATION }, APP)
  return { ...(await place.run(['doctor', '--for', forWhat])), sandbox, place }
}

it('says what an App may read for reports, and what it may not', async () => {
  const { code, stdout, sandbox } = await doctor(GRANTED)
  expect(stdout).toContain('it may read workflow files (actions-used, hygiene).')
  expect(stdout).toContain('it may read the settings that findings follow from (hygiene).')
  expect(stdout).toContain('it may read secrets (access).')
  expect(stdout).toContain(
    'it may not read variables (access): it lacks actions_variables: read, organization_actions_variables: read',
  )
  expect(stdout).toContain('it may not read codespaces secrets (access)')
  expect(stdout).not.toContain('can write')
  expect(code).toBe(0)
  expect(sandbox.writes().filter((write) => !write.includes('access_tokens'))).toEqual([])
})

it.each(['contents', 'organization_secrets', 'administration'])('misses %s', async (name) => {
  const { [name as keyof typeof GRANTED]: _, ...rest } = GRANTED
  const { code, stdout } = await doctor(rest)
  expect(stdout).toContain(`missing for report: ${name}: read`)
  expect(code).toBe(1)
})

it('warns of an App that can write, and of one of plan that may read files', async () => {
  expect((await doctor({ ...GRANTED, contents: 'write' })).stdout).toContain('The App that reports use can write')
  expect((await doctor(GRANTED, 'plan')).stdout).toContain('which reports alone need')
  expect((await doctor(GRANTED)).stdout).not.toContain('which reports alone need')
})

it('with what doctor asks for, a report reads everything', async () => {
  const { place } = await doctor(GRANTED)
  const report = await place.run(['report', 'hygiene', 'orgs/acme', '--older-than', '1'])
  expect(report).toMatchObject({ code: 0, stdout: expect.stringContaining('in 1 repository.') })
})

it('with less, a report reads what it may, and names the rest', async () => {
  const { organization_secrets: _, ...rest } = GRANTED
  const { place } = await doctor(rest)
  const report = await place.run(['report', 'hygiene', 'orgs/acme'])
  expect(report).toMatchObject({ code: 5, stdout: expect.stringContaining('lacks organization_secrets: read') })
})
