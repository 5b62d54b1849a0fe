import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = 'organizations: { acme: { repositories: { web: {} }, secrets: { A: { visibility: all, value: x } } } }'
const ROOT = 'version: 1\ninclude: [orgs]\n'
const file = (secrets: string): string => `organizations:\n  acme:\n    secrets:\n${secrets}`

describe('a configuration in included files', () => {
  it('is planned, applied and checked for drift as one that is named whole', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const files = { 'octoform.yaml': ROOT, 'orgs/acme.yaml': file('      A: absent\n'), 'orgs/.old.yaml': 'version: [' }
    const place = await workplace(sandbox, files)
    const whole = await place.plan(['--config', 'octoform.yaml', '--config', 'orgs'])
    const plan = await place.plan()
    expect({ ...plan, flags: undefined }).toEqual({ ...whole, flags: undefined })
    expect(plan.changes.map(({ address, source }) => [address, source?.file])).toEqual([
      ['orgs/acme/secrets/A', 'orgs/acme.yaml'],
    ])
    const applied = await place.run(['apply', '--auto-approve'])
    expect(applied).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Applied: 0 added, 0 changed, 1 deleted.'),
    })
    expect(applied.stderr).toContain('Passed over in folders: 1 file (orgs/.old.yaml)')
    expect(await place.run(['drift'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/No drift\.\n$/) })
    expect(sandbox.writes()).toEqual(['DELETE /orgs/acme/actions/secrets/A'])
  })

  it('takes over drift in the file that says it', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = file('      A: { visibility: private }\n')
    const place = await workplace(sandbox, { 'octoform.yaml': ROOT, 'orgs/acme.yaml': yaml })
    const { stdout } = await place.run(['drift', '--accept'])
    expect(stdout).toContain('+++ b/orgs/acme.yaml\n')
    expect(stdout).toContain('+      A: { visibility: all }\n')
  })

  it('has in it what import writes into its folder', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': ROOT })
    expect((await place.run(['plan'])).stderr).toContain('octoform.yaml:2:11: error: `orgs` cannot be read')
    expect((await place.run(['import', 'orgs/acme', '--out', 'orgs'])).code).toBe(0)
    const planned = await place.run(['plan', '--detailed-exitcode'])
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/No changes\.\n$/) })
    expect(planned.stdout).not.toContain('orgs/acme/secrets: all of it')
  })

  it('is read in the checkout of the base from there', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const [own, base] = [file('      A: absent\n      B: absent\n'), file('      B: absent\n')]
    const place = await workplace(sandbox, {
      'octoform.yaml': ROOT,
      'orgs/acme.yaml': own,
      'base/octoform.yaml': ROOT,
      'base/orgs/acme.yaml': base,
      'base/orgs/package.json': '{}',
    })
    const alone = await place.run(['plan', '--format', 'markdown'])
    for (const config of [[], ['--config', `${place.folder}/octoform.yaml`], ['--config', './octoform.yaml']]) {
      const beside = await place.run(['plan', '--base', 'base', '--format', 'markdown', ...config])
      expect(beside.code).toBe(0)
      expect(beside.stderr).not.toContain('The configuration of the base commit')
      // Other files of the base are not reported in this run.
      expect(beside.stderr).not.toContain('Passed over')
    }
    expect(alone.code).toBe(0)
  })

  it('says a glob that matches nothing in the plan, and an entry that is missing with exit 1', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {
      'octoform.yaml': 'version: 1\ninclude: [orgs, "teams/**"]\n',
      'orgs/acme.yaml': file('      A: {}\n'),
    })
    const warning =
      'octoform.yaml:2:17: warning: `teams/**` matches no file of a configuration: nothing is included by it'
    expect(await place.run(['validate'])).toMatchObject({ code: 0, stdout: expect.stringContaining(warning) })
    expect((await place.plan()).diagnostics).toEqual([expect.objectContaining({ severity: 'warning' })])
    await place.write('octoform.yaml', 'version: 1\ninclude: [orgs, teams]\n')
    for (const command of [
      ['validate'],
      ['plan'],
      ['apply', '--auto-approve'],
      ['drift'],
      ['doctor'],
      ['ledger', 'key'],
    ]) {
      const { code, stdout, stderr } = await place.run(command)
      expect([command, code]).toEqual([command, 1])
      expect(stdout + stderr).toContain('octoform.yaml:2:17: error: `teams` cannot be read (there is no such file)')
    }
    expect(sandbox.writes()).toEqual([])
  })
})
