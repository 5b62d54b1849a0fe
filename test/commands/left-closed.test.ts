import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { readEntries } from '../engine/written-ledger.ts'
import { startCli } from '../support/cli.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: { web: {}, api: { visibility: 'public' } },
      runner_groups: { gpu: { visibility: 'private', allows_public_repositories: true } },
    },
  },
}
const yamlOf = (more = '') =>
  `version: 1\norganizations: { acme: { runner_groups: { gpu: { visibility: selected, repositories: [web, api]${more} } } } }\n`
const OPEN = ', allows_public_repositories: true'
const PATCH = { method: 'PATCH', route: '/orgs/{org}/actions/runner-groups/{runner_group_id}' }
const NAMED =
  'allows_public_repositories of gpu is false: a run that was interrupted closed it, and it was true before. Write allows_public_repositories: true to have it back, or false to keep it.'

/** Ends an apply without a word, after the request that closes the group. */
async function killed(yaml: string): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  await sandbox.fault({ ...PATCH, nth: 2, delay_ms: 60_000 })
  const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 't', OCTOFORM_LEDGER_KEY: LEDGER_KEY }
  const running = startCli(['apply', '--auto-approve'], { cwd: place.folder, env })
  while (sandbox.writes().length < 2) await sleep(20)
  await sleep(300)
  running.kill('SIGKILL')
  await running.ended
  return { sandbox, place }
}

const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)

it('a switch that a killed run has closed is named by each later plan, until the YAML says what it is to be', async () => {
  const { sandbox, place } = await killed(yamlOf())
  expect(sandbox.state()).toMatchObject({
    organizations: { acme: { runner_groups: { gpu: { allows_public_repositories: false } } } },
  })
  for (const env of [{}, { OCTOFORM_LEDGER_KEY: '' }]) {
    const { diagnostics } = await place.plan([], env)
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        message: NAMED,
        address: 'orgs/acme/runner_groups/gpu',
        source: expect.objectContaining({ file: 'octoform.yaml', line: 2 }),
      },
    ])
  }
  await place.write('octoform.yaml', yamlOf(', allows_public_repositories: false'))
  expect((await place.plan()).diagnostics).toEqual([])
  await place.write('octoform.yaml', yamlOf(OPEN))
  expect((await place.plan()).diagnostics).toEqual([])
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
  expect(await readEntries(place)).toEqual({})
  await place.write('octoform.yaml', yamlOf())
  expect(lastOf((await place.run(['plan'])).stdout)).toBe('No changes.')
  expect((await place.plan()).diagnostics).toEqual([])
}, 60_000)

it('one that the YAML gives is opened by the next apply', async () => {
  const { sandbox, place } = await killed(yamlOf(OPEN))
  const { changes, diagnostics } = await place.plan()
  expect(diagnostics).toEqual([])
  expect(changes.map(({ widens }) => widens)).toEqual([['allows_public_repositories']])
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
  expect(sandbox.state()).toMatchObject({
    organizations: { acme: { runner_groups: { gpu: { allows_public_repositories: true } } } },
  })
}, 60_000)

it.each<[string, object, readonly string[]]>([
  ['ends well', {}, []],
  ['was refused before it closed anything', { ...PATCH, nth: 1, times: 3, status: 422 }, []],
  ['was refused where it opens', { ...PATCH, nth: 2, times: 3, status: 422 }, ['orgs/acme/runner_groups/gpu']],
])('the ledger has no note of a change that %s', async (_, fault, noted) => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': yamlOf() })
  if ('method' in fault) await sandbox.fault(fault)
  await place.run(['apply', '--auto-approve'])
  expect(Object.keys(await readEntries(place)).map((key) => key.split(' ')[1])).toEqual(noted)
  expect((await place.plan()).diagnostics.map(({ message }) => message)).toEqual(noted.length === 0 ? [] : [NAMED])
})

it('nor of a group that is gone, and a forged note is not read', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': yamlOf() })
  await sandbox.fault({ ...PATCH, nth: 2, times: 3, status: 422 })
  await place.run(['apply', '--auto-approve'])
  const ledger = await place.read('.octoform/ledger.json')
  await place.write('.octoform/ledger.json', ledger.replace('closed:allows', 'closed:Allows'))
  expect((await place.plan()).diagnostics).toEqual([])
  await place.write('.octoform/ledger.json', ledger)
  await place.write('octoform.yaml', 'version: 1\norganizations: { acme: { runner_groups: { gpu: absent } } }\n')
  expect((await place.plan()).diagnostics).toEqual([])
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
  expect(await readEntries(place)).toEqual({})
})
