import { describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import { tokenCredentials } from '../../src/github/credentials.ts'

describe('tokenCredentials', () => {
  it.each([
    [{ OCTOFORM_TOKEN: 'a', GITHUB_TOKEN: 'b', GH_TOKEN: 'c' }, 'a', 'OCTOFORM_TOKEN'],
    [{ OCTOFORM_TOKEN: '', GITHUB_TOKEN: 'b', GH_TOKEN: 'c' }, 'b', 'GITHUB_TOKEN'],
    [{ GH_TOKEN: 'c' }, 'c', 'GH_TOKEN'],
  ])('of %j takes %s', async (env, token, from) => {
    const credentials = tokenCredentials(env)
    const credential = await credentials.for('acme')
    expect(credential).toMatchObject({ from, repositories: 'all' })
    expect(await credential.token()).toBe(token)
    expect(await credentials.for('octocat')).toEqual(await credentials.for('acme'))
  })

  it.each([[{}], [{ OCTOFORM_TOKEN: '', GITHUB_TOKEN: '', GH_TOKEN: '' }], [{ TOKEN: 'a' }]])(
    'with %j refuses to go on without a token',
    (env) => {
      expect(() => tokenCredentials(env)).toThrow(SetupError)
      expect(() => tokenCredentials(env)).toThrow('No token: set OCTOFORM_TOKEN')
    },
  )

  it.each(['planted\n', ' planted', 'plan ted', 'planted\r', 'plant\u00e9d', '\tplanted', 'planted\u0000'])(
    'refuses %j without printing it, and takes no other in its place',
    (token) => {
      const env = { GITHUB_TOKEN: token, GH_TOKEN: 'good' }
      expect(() => tokenCredentials(env)).toThrow(SetupError)
      expect(() => tokenCredentials(env)).toThrow(/^GITHUB_TOKEN holds (?!.*plan)/)
    },
  )
})
