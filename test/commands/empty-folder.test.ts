import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'

const WAYS =
  'octoform.yaml: cannot be read (there is no such file): `octoform init --owner NAME --import` takes over what there is, ' +
  'without --import it begins anew, and --config names another file'

it.each([['plan'], ['drift'], ['apply'], ['validate'], ['doctor'], ['ledger', 'key']])(
  '%s %s in a folder without a configuration names the ways on',
  async (...args) => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, {})
    const { code, stdout, stderr } = await place.run(args)
    expect(code).toBe(1)
    expect(stdout + stderr).toContain(WAYS)
    const named = await place.run([...args, '--config', 'other.yaml'])
    expect(named.stdout + named.stderr).toContain('other.yaml: cannot be read (there is no such file)')
    expect(named.stdout + named.stderr).not.toContain('begins anew')
  },
)

it.each(['orgs/acme/**', 'repos/acme/web', 'orgs/acme/secret/A', 'x'])(
  'validate --explain %s, which is no address: exit 1',
  async (address) => {
    const place = await workplace(
      { url: 'http://127.0.0.1:9' },
      { 'octoform.yaml': 'version: 1\norganizations: { acme: { permissions: { allowed_actions: all } } }\n' },
    )
    for (const format of ['text', 'json']) {
      expect(await place.run(['validate', '--explain', address, '--format', format])).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(address),
      })
    }
  },
)
