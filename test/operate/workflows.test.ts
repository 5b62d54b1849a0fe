import { describe, expect, it } from 'vitest'
import { shop } from './runs-world.ts'

const MANAGED = `
version: 1
guards: { protect: ["repos/acme/web/workflows/deploy.yml"] }
repositories:
  acme/web:
    workflows:
      ci.yml: { state: active }
`

describe('workflows', () => {
  it('are listed and shown, by file, id or name', async () => {
    const { run } = await shop()
    expect((await run('workflows list acme/web')).stdout).toMatch(/^23 +Old +old\.yml +disabled_manually +\S+$/m)
    for (const word of ['deploy.yml', '.github/workflows/deploy.yml', '22', 'Deploy']) {
      expect((await run(`workflows show acme/web ${word}`)).stdout).toMatch(/^id +22$/m)
    }
    const none = await run('workflows show acme/web None')
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no None here') })
    expect((await run('workflows show acme/web none.yml')).code).toBe(5)
  })

  it('are enabled and disabled', async () => {
    const { run, sandbox } = await shop()
    expect(await run('workflows disable acme/web ci.yml Deploy --yes')).toMatchObject({ code: 0 })
    expect(await run('workflows enable acme/web old.yml --yes')).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([
      'PUT /repos/acme/web/actions/workflows/ci.yml/disable',
      'PUT /repos/acme/web/actions/workflows/22/disable',
      'PUT /repos/acme/web/actions/workflows/old.yml/enable',
    ])
  })

  it('that a configuration manages or protects are named, by id too', async () => {
    const { run, sandbox } = await shop('ghec', { files: { 'octoform.yaml': MANAGED } })
    const managed = await run('workflows disable acme/web 21 --yes')
    expect(managed.stderr).toContain('repos/acme/web/workflows/ci.yml is managed at octoform.yaml:7:7')
    const kept = await run('workflows disable acme/web Deploy --yes')
    expect(kept).toMatchObject({ code: 3, stderr: expect.stringContaining('deploy.yml is protected') })
    expect(sandbox.writes()).toEqual(['PUT /repos/acme/web/actions/workflows/21/disable'])
  })

  it('have figures of what is billed', async () => {
    const { run } = await shop()
    expect((await run('workflows usage acme/web ci.yml')).stdout).toMatch(/^UBUNTU +\S+/m)
  })
})

describe('workflows dispatch', () => {
  it('tells the run that GitHub answers with', async () => {
    const { run, sandbox } = await shop()
    const { code, stdout } = await run("workflows dispatch acme/web deploy.yml -f where=eu -f 'note=a, b=c' --yes")
    expect(code).toBe(0)
    expect(stdout).toMatch(/^run \d+ {2}http\S+\/actions\/runs\/\d+\n$/)
    expect(sandbox.asked.at(-1)?.body).toEqual({
      ref: 'main',
      inputs: { where: 'eu', note: 'a, b=c' },
      return_run_details: true,
    })
  })

  it.each(['ghes-2.22', 'ghes-3.19', 'ghae'])('finds the run in the list on %s', async (product) => {
    const { run, sandbox } = await shop(product)
    const { code, stdout } = await run('workflows dispatch acme/web deploy.yml --ref main --yes --json')
    expect(code).toBe(0)
    const { workflow_run_id: id } = JSON.parse(stdout) as { workflow_run_id: number }
    expect((await run(`runs show acme/web ${id} --json`)).stdout).toContain('"event":"workflow_dispatch"')
    expect(sandbox.asked.find(({ method }) => method === 'POST')?.body).toEqual({ ref: 'main' })
  })

  it('says where the product does not tell the run', async () => {
    const { run, sandbox } = await shop('ghes-3.19')
    await sandbox.fault({
      method: 'POST',
      route: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
      nth: 1,
      times: 1,
      status: 204,
    })
    const { code, stdout } = await run('workflows dispatch acme/web deploy.yml --yes')
    expect(code).toBe(0)
    expect(stdout).toContain('ghes-3.19 does not tell which run it is, and lists none yet')
  })

  it.each([
    ['-f nothing', 'write the name of an input'],
    ['-f other=1', 'does not take these inputs'],
    ['--ref nowhere', 'No ref found'],
  ])('refuses %s', async (flags, words) => {
    const { run } = await shop()
    const refused = await run(`workflows dispatch acme/web deploy.yml --yes ${flags}`)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(words) })
  })

  it('asks once for all repositories of a glob', async () => {
    const { run, sandbox } = await shop('ghec', { more: { web2: { workflows: { 'deploy.yml': {} } } } })
    const asked = await run("workflows dispatch 'acme/web*' deploy.yml --yes --max 1")
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('2 repositories') })
    expect(sandbox.writes()).toEqual([])
    expect(await run("workflows dispatch 'acme/web*' deploy.yml", { answer: 'yes' })).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toHaveLength(2)
  })
})
