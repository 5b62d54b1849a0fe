import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = 'organizations: { acme: { repositories: { pay-web: {}, web: {} } } }'
const GOVERN = `version: 1
files: { "octoform.yaml": {}, "pay.yaml": { addresses: ["repos/acme/pay-*/**"], values: ["PAY_*"] } }
`
const CONFIG = ['--config', 'octoform.yaml', '--config', 'pay.yaml']

describe('a file that declares what `files` does not give it', () => {
  it('is refused before any request where it is written out', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const pay = 'organizations: { acme: { secrets: { NPM: { visibility: all, value: { env: NPM_TOKEN } } } } }'
    const place = await workplace(sandbox, { 'octoform.yaml': GOVERN, 'pay.yaml': pay }, { NPM_TOKEN: 'planted-value' })
    for (const command of [['validate'], ['plan'], ['apply', '--auto-approve'], ['drift']]) {
      const { code, stdout, stderr } = await place.run([...command, ...CONFIG])
      expect(code).toBe(1)
      expect(stdout + stderr).toContain('pay.yaml:1:37: error: this file may not declare orgs/acme/secrets/NPM')
      expect(stdout + stderr).toContain('this file may not take env:NPM_TOKEN')
    }
    expect(sandbox.asked).toEqual([])
  })

  it('is refused before any write where a set reaches it', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const secrets = 'secrets: { Q: { value: { env: PAY_Q } } }'
    const set = (match: string) => `organizations: { acme: { repository_sets: [{ match: ${match}, ${secrets} }] } }`
    const place = await workplace(
      sandbox,
      { 'octoform.yaml': GOVERN, 'pay.yaml': set('{}') },
      { PAY_Q: 'planted-value' },
    )
    const refused = await place.run(['apply', '--auto-approve', ...CONFIG])
    expect(refused.code).toBe(1)
    expect(refused.stdout + refused.stderr).toContain('this file may not declare repos/acme/web/secrets/Q')
    expect(sandbox.writes()).toEqual([])
    await place.write('pay.yaml', set('{ name: "pay-*" }'))
    expect((await place.run(['apply', '--auto-approve', ...CONFIG])).code).toBe(0)
    expect(sandbox.writes()).toEqual(['PUT /repos/acme/pay-web/actions/secrets/Q'])
  })
})

describe('what governs a run', () => {
  it.each(['ledger: { path: elsewhere.json }', 'guards: { max_deletions: 0 }', 'github: { product: ghec }'])(
    'stands beside files: %s',
    async (governing) => {
      const files = 'files: { "teams/**": { addresses: ["orgs/acme/**"] } }'
      const place = await workplace(
        { url: 'http://127.0.0.1:9' },
        { 'octoform.yaml': `version: 1\n${files}\n`, 'teams/pay.yaml': `${governing}\norganizations: { acme: {} }\n` },
      )
      const ran = await place.run(['validate', '--config', 'octoform.yaml', '--config', 'teams'])
      expect(ran).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/^teams\/pay\.yaml:1:1: error: .* stands beside .files./),
      })
      await place.write('octoform.yaml', `version: 1\n${files}\n${governing}\n`)
      await place.write('teams/pay.yaml', 'organizations: { acme: {} }\n')
      expect(await place.run(['validate', '--config', 'octoform.yaml', '--config', 'teams'])).toMatchObject({ code: 0 })
    },
  )
})
