import { describe, expect, it } from 'vitest'
import { readEntries } from '../engine/written-ledger.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
organizations:
  acme:
    repository_sets:
      - match: { name: ["my*", web] }
        secrets: { QUEUE: { value: { env: "{REPOSITORY}_QUEUE" } } }
`
const APPLY = ['apply', '--auto-approve']
const VALUES = { MY_APP_QUEUE: 'value-of-my-app', WEB_QUEUE: 'value-of-web' }

/** Two names that are one in upper case: the second was made later. */
const REPOSITORIES = { 'my-app': { id: 201 }, my_app: { id: 305 }, web: { id: 204 } }

interface Held {
  readonly organizations: {
    readonly acme: {
      readonly repositories: Record<string, { readonly secrets?: Record<string, { readonly value: string }> }>
    }
  }
}

function valuesIn(sandbox: WatchedSandbox): Readonly<Record<string, string | undefined>> {
  const { repositories } = (sandbox.state() as Held).organizations.acme
  return Object.fromEntries(
    Object.entries(repositories).map(([name, { secrets = {} }]) => [name, Object.values(secrets)[0]?.value]),
  )
}

async function begin(
  files: Readonly<Record<string, string>> = { 'octoform.yaml': YAML },
  repositories: object = REPOSITORIES,
): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  return { sandbox, place: await workplace(sandbox, files) }
}

describe('a source by placeholders, from plan to ledger', () => {
  it('holds back the repository with the higher id where two come to one source, and writes the rest', async () => {
    const { sandbox, place } = await begin()
    const plan = await place.plan()
    expect(plan.held_back).toEqual([
      expect.objectContaining({
        address: 'repos/acme/my_app/secrets/QUEUE',
        field: null,
        reason: expect.stringContaining('env:MY_APP_QUEUE is the source of repos/acme/my-app/secrets/QUEUE already'),
        source: { file: 'octoform.yaml', line: 6, col: 29 },
      }),
    ])
    expect(plan.values_needed).toEqual([
      { source: 'env:MY_APP_QUEUE', addresses: ['repos/acme/my-app/secrets/QUEUE'] },
      { source: 'env:WEB_QUEUE', addresses: ['repos/acme/web/secrets/QUEUE'] },
    ])
    const applied = await place.run(APPLY, { env: VALUES })
    expect(applied.code, applied.stderr).toBe(2)
    expect(valuesIn(sandbox)).toEqual({ 'my-app': 'value-of-my-app', my_app: undefined, web: 'value-of-web' })
    const sources = Object.values(await readEntries(place)).map(({ source }) => source)
    expect(sources.sort()).toEqual(['env:MY_APP_QUEUE', 'env:WEB_QUEUE'])
    const again = await place.run(['plan'], { env: VALUES })
    expect(again.stdout.trim().split('\n').at(-1)).toBe('Plan: 0 to add, 0 to change, 0 to delete. 1 held back.')
  })

  it('holds it back in a run that is about it alone', async () => {
    const { sandbox, place } = await begin()
    const applied = await place.run([...APPLY, '--target', 'repos/acme/my_app/**'], { env: VALUES })
    expect(applied.code, applied.stderr).toBe(2)
    expect(valuesIn(sandbox)).toMatchObject({ my_app: undefined })
  })

  it('holds back by a source that is written out', async () => {
    const other = `${YAML}    repositories: { other: { secrets: { COPY: { value: { env: WEB_QUEUE } } } } }\n`
    const { place } = await begin({ 'octoform.yaml': other }, { other: { id: 100 }, web: { id: 204 } })
    const plan = await place.plan()
    expect(plan.held_back.map(({ address }) => address)).toEqual(['repos/acme/web/secrets/QUEUE'])
    expect(plan.changes.map(({ address }) => address)).toEqual(['repos/acme/other/secrets/COPY'])
  })

  it('takes --rotate of the source that it comes to, and no other', async () => {
    const { place } = await begin(undefined, { web: {} })
    await place.run(APPLY, { env: VALUES })
    const rotated = await place.plan(['--rotate', 'env:WEB_QUEUE'], VALUES)
    expect(rotated.changes.map(({ address }) => address)).toEqual(['repos/acme/web/secrets/QUEUE'])
    const vain = await place.run(['plan', '--rotate', 'env:APP_QUEUE'], { env: VALUES })
    expect([vain.code, vain.stderr]).toEqual([1, expect.stringContaining('The nearest is env:WEB_QUEUE.')])
    const strange = await place.run(['plan', '--rotate', 'env:WEB_QUEU'], { env: VALUES })
    expect(strange.code).toBe(1)
  })

  it('says offline which two may come to one', async () => {
    const both = `${YAML}    repositories: { my-app: {}, my_app: {} }\n`
    const { place } = await begin({ 'octoform.yaml': both })
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(0)
    expect(stdout).toContain(
      'octoform.yaml:6:29: warning: placeholders give it the source of repos/acme/my-app/secrets/QUEUE, env:MY_APP_QUEUE',
    )
  })

  it('stops before the first write where a value is missing, naming the source', async () => {
    const { sandbox, place } = await begin(undefined, { web: {}, 'my-app': {} })
    const { code, stderr } = await place.run(APPLY, { env: { WEB_QUEUE: 'value-of-web' } })
    expect([code, stderr]).toEqual([1, expect.stringContaining('env:MY_APP_QUEUE is not set')])
    expect(valuesIn(sandbox)).toEqual({ web: undefined, 'my-app': undefined })
  })
})
