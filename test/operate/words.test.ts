import { describe, expect, it } from 'vitest'
import { shop } from './runs-world.ts'

describe('a word that cannot be a name', () => {
  it.each([
    ['runs list acme/web --workflow no/such.yml'],
    ['runs list acme/web --workflow a%2fb.yml'],
    ['runs list acme/web --workflow ..%2f..%2fx.yml'],
    ['runs show acme/web ../../orgs'],
    ['runs show acme/web 101%2fjobs'],
    ['runs queue acme/web ..'],
    ['runs queue acme/web a/../b'],
    ['runs queue acme/web a/%2e%2e/b'],
    ['workflows show acme/web x/y.yml'],
    ['workflows disable acme/web ../x.yml --yes'],
    ['workflows dispatch acme/web x/../y.yml --ref main --yes'],
    ['runners deprecations orgs/acme a/b'],
    ['runners deprecations orgs/acme ..'],
    ['images version orgs/acme 9 --image-version ../x'],
    ['images delete-version orgs/acme 9 --image-version .. --yes'],
    ['runs list acme/..'],
    ['runs list acme/%2e%2e'],
    ['runs list acme/web/'],
    ['runs list acme/web/x'],
    ['runs list acme/wéb'],
    ["runs list '*/web'"],
  ])('is refused without a request: %s', async (line) => {
    const { run, sandbox } = await shop()
    const { code, stdout, stderr } = await run(line)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).not.toMatch(/\bbug\b|\n {4}at /i)
    expect(sandbox.asked.filter(({ path }) => path !== '/meta')).toEqual([])
  })

  it('may be any text where it stands in a query or a body', async () => {
    const { run, sandbox } = await shop()
    await run("caches delete-key acme/web 'a/../b' --yes")
    expect(sandbox.writes()).toEqual(['DELETE /repos/acme/web/actions/caches'])
    expect((await run("runs list acme/web --branch 'a b&c=d#e/../x'")).code).toBe(0)
  })

  it('may have slashes where GitHub takes them', async () => {
    const { run } = await shop()
    expect((await run('runs queue acme/web deploy/prod')).stdout).toContain('103')
  })
})

describe('an empty word, such as a variable without a value,', () => {
  it.each([
    ["caches delete-key acme/web '' --yes", 'KEY is empty'],
    ["caches delete-key acme/web node-1 --ref '' --yes", '--ref is empty'],
    ["runs list acme/web --branch ''", '--branch is empty'],
    ["runs delete acme/web '' 101 --yes", 'RUN_ID is empty'],
    ["runners jitconfig acme/web ' ' --runner-group-id 1 --label a --yes", 'NAME is empty'],
    ["runners jitconfig acme/web one --runner-group-id 1 --label '' --yes", '--label is empty'],
  ])('is refused: %s', async (line, message) => {
    const { run, sandbox } = await shop()
    expect(await run(line)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    expect(sandbox.asked).toEqual([])
  })
})

it('an organization is answered with the glob of its repositories, where these are meant', async () => {
  const { run } = await shop()
  expect((await run('runs list orgs/acme')).stderr).toContain("Of all its repositories write 'acme/*'.")
  expect((await run('images list acme/web')).stderr).not.toContain('acme/*')
})
