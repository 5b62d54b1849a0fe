import { expect, it } from 'vitest'
import { workplace } from './octoform.ts'
import { watchedSandbox } from './watched-sandbox.ts'

/** An organization that has the secret `NPM` in Actions too, where it is another. */
export function seedBesideActions(family: string) {
  return {
    organizations: {
      acme: {
        repositories: { web: { visibility: 'public' }, api: {} },
        secrets: { NPM: { visibility: 'all', value: 'planted-actions' } },
        [family]: {
          NPM: { visibility: 'selected', repositories: ['web'], value: 'planted-old' },
          OPEN: { visibility: 'all', value: 'planted-old' },
        },
      },
    },
  }
}

/** A configuration of the organization acme, in whose lines after the first four spaces come first. */
export function acmeYaml(body: string): Readonly<Record<string, string>> {
  return { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n    ${body}\n` }
}

/**
 * Tests a family of secrets beside those of Actions against the sandbox.
 * @param part the word for them in GitHub's paths, such as `agents`; the family is `agents_secrets`
 * @param products some that have them
 */
export function testBesideActions(part: string, products: readonly string[]): void {
  const family = `${part}_secrets`
  const seed = seedBesideActions(family)

  it.each(products)('%s takes what is sent', async (product) => {
    const sandbox = await watchedSandbox({ seed: { ...seed, product } })
    const body = `${family}:
      NPM: { repositories: [api], value: { env: V } }
      NEW: { visibility: selected, repositories: [api, web], value: { env: V } }
      OPEN: { visibility: selected, repositories: [api], value: { env: V } }`
    const place = await workplace(sandbox, acmeYaml(body), { V: 'planted-new' })
    expect(await place.run(['apply', '--auto-approve', '--rotate', `orgs/acme/${family}/*`])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Applied: 1 added, 2 changed, 0 deleted\.\n$/),
    })
    const secret = { visibility: 'selected', value: 'planted-new' }
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          secrets: { NPM: { visibility: 'all', value: 'planted-actions' } },
          [family]: {
            NPM: { ...secret, repositories: ['api'] },
            NEW: { ...secret, repositories: ['web', 'api'] },
            OPEN: { ...secret, repositories: ['api'] },
          },
        },
      },
    })
    expect((await place.plan()).changes).toEqual([])
  })

  it.each([403, 404])('a list that is refused with %i is no empty list', async (status) => {
    const sandbox = await watchedSandbox({ seed })
    await sandbox.fault({ route: `/orgs/acme/${part}/secrets`, method: 'GET', status, times: 9 })
    const place = await workplace(sandbox, acmeYaml(`${family}: { NEW: { visibility: all, value: { env: V } } }`))
    expect(await place.plan()).toMatchObject({ complete: false, changes: [], not_read: [{ scope: 'orgs/acme' }] })
  })

  it('what GitHub refuses is told with its words, and the next run finishes', async () => {
    const sandbox = await watchedSandbox({ seed })
    await sandbox.fault({ method: 'PUT', route: `/orgs/{org}/${part}/secrets/{secret_name}`, status: 422, times: 1 })
    const body = `${family}: { NEW: { visibility: selected, repositories: [api], value: { env: V } } }`
    const place = await workplace(sandbox, acmeYaml(body), { V: 'planted-new' })
    const failed = await place.run(['apply', '--auto-approve'])
    expect(failed.code).toBe(1)
    expect(failed.stdout + failed.stderr).toContain(`orgs/acme/${family}/NEW`)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
  })

  it('is known to prune, seal and the ledger by its address', async () => {
    const sandbox = await watchedSandbox({ seed })
    const body = `${family}: { NPM: { value: { env: V } } }\n    prune: ["${family}/OP*"]`
    const place = await workplace(sandbox, acmeYaml(body), { V: 'planted-new' })
    const adopted = await place.run(['ledger', 'adopt', `orgs/acme/${family}/*`])
    expect(adopted).toMatchObject({ code: 0 })
    expect(await place.read('.octoform/ledger.json')).toContain(`orgs/acme/${family}/NPM`)
    expect((await place.plan()).changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      `delete orgs/acme/${family}/OPEN`,
    ])
    const sealed = await place.run(['seal', `orgs/acme/${family}/NPM`], { stdin: 'planted-sealed' })
    expect(sealed).toMatchObject({ code: 0, stdout: expect.stringContaining('encrypted_value') })
    expect(sandbox.asked.map(({ path }) => path)).toContain(`/orgs/acme/${part}/secrets/public-key`)
  })
}

/** Tests that products which lack the family are told so, at both levels. */
export function testLackedByServer(part: string, products: readonly string[]): void {
  const family = `${part}_secrets`
  it.each(products)('%s lacks them, which is told with the line and never asked for', async (product) => {
    const sandbox = await watchedSandbox({ seed: { ...seedBesideActions(family), product } })
    const body = `${family}: { NPM: {} }\n    repositories: { web: { ${family}: { KEY: absent } } }`
    const place = await workplace(sandbox, acmeYaml(body))
    const { code, stdout } = await place.run(['plan'])
    expect(code).toBe(1)
    const lacks = `error: ${product} has no ${family} at the`
    expect(stdout).toContain(`octoform.yaml:4:5: ${lacks} organization level; ghec, dotcom do`)
    expect(stdout).toContain(`octoform.yaml:5:28: ${lacks} repository level; ghec, dotcom do`)
    expect(sandbox.asked.filter(({ route }) => route.includes(`/${part}/`))).toEqual([])
  })
}
