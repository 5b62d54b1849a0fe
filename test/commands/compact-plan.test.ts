import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORIES = Array.from({ length: 240 }, (_, index) => `service-${index}`)
const SECRETS = Array.from({ length: 60 }, (_, index) => `SECRET_${index}`)

/** A plan in which each of many secrets is to be had by many repositories. */
async function large(): Promise<{ sandbox: WatchedSandbox; place: Workplace; path: string }> {
  const repositories = Object.fromEntries(
    REPOSITORIES.map((name, index) => [name, { visibility: index % 3 ? 'private' : 'public' }]),
  )
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories } } } })
  const lines = SECRETS.map(
    (name, index) =>
      `      ${name}: { value: { env: VALUE }, repositories: ["service-*", "!service-${index}", "!service-1${index}"] }`,
  )
  const yaml = `version: 1\norganizations:\n  acme:\n    secrets:\n${lines.join('\n')}\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { VALUE: 'planted-value' })
  return { sandbox, place, path: join(place.folder, 'plan.json') }
}

it('a large plan is saved in a compact form, which is shown and applied as the plan itself', async () => {
  const { sandbox, place, path } = await large()
  const { stdout } = await place.run(['plan', '--out', 'plan.json', '--format', 'json'])
  expect(stdout.length).toBeGreaterThan(2_000_000)
  expect((await stat(path)).size).toBeLessThan(100_000)
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format_version: '1.1' })

  const shown = await place.run(['show', 'plan.json', '--format', 'json'])
  expect(shown.code).toBe(0)
  expect(shown.stdout).toBe(stdout)
  const texts = await Promise.all([place.run(['show', 'plan.json']), place.run(['plan'])])
  expect(texts[0]?.stdout).toBe(texts[1]?.stdout)

  const applied = await place.run(['apply', 'plan.json', '--auto-approve'])
  expect([applied.code, applied.stdout.split('\n').at(-2)]).toEqual([0, 'Applied: 60 added, 0 changed, 0 deleted.'])
  expect(sandbox.asked.filter(({ method }) => method === 'PUT')).toHaveLength(60)
})

it('a compact plan that was edited is not applied', async () => {
  const { sandbox, place, path } = await large()
  await place.run(['plan', '--out', 'plan.json'])
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('"SECRET_7"', '"SECRET_8"').replace('secrets/SECRET_7"', 'secrets/OTHER"'))
  expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 4 })
  await writeFile(path, text.replace(/"\[\]":"[^"]*"/, `"[]":"999999"`))
  expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      'plan.json is not a saved plan of octoform. It refers to a part that is not there.',
    ),
  })
  expect(sandbox.asked.filter(({ method }) => method !== 'GET')).toEqual([])
})
