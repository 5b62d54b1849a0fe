import { describe, expect, it } from 'vitest'
import { hiddenGroups } from '../support/hidden-groups.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const GPU = 'orgs/acme/runner_groups/gpu'

async function created() {
  const world = await hiddenGroups('gpu: { visibility: private }')
  await world.place.run(['apply', '--auto-approve'])
  return world
}

describe('ledger forget', () => {
  it('asks, naming the ids, and writes nothing to GitHub', async () => {
    const { sandbox, place, entry } = await created()
    const known = await entry('gpu')
    const refused = await place.run(['ledger', 'forget', '**'], { answer: 'no' })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`${GPU} (id ${known?.id})`) })
    expect(refused.stderr).toContain('Nothing was forgotten.')
    expect(await entry('gpu')).toEqual(known)
    expect(await place.run(['ledger', 'forget', '**'], { answer: 'yes' })).toMatchObject({ code: 0 })
    expect(await entry('gpu')).toBeUndefined()
    expect(sandbox.writes()).toHaveLength(1)
  })

  it('takes what no file names any more', async () => {
    const { place, want, entry } = await created()
    await want('arm: unmanaged')
    expect(await place.run(['ledger', 'forget', GPU, '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await entry('gpu')).toBeUndefined()
  })

  it('keeps the entries of secrets', async () => {
    const seed = { organizations: { acme: { repositories: {} } } }
    const sandbox = await watchedSandbox({ seed })
    const yaml =
      'version: 1\norganizations: { acme: { secrets: { TOKEN: { visibility: all, value: { env: TOKEN } } } } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { TOKEN: 'planted' })
    await place.run(['apply', '--auto-approve'])
    const ledger = await place.read('.octoform/ledger.json')
    const { code, stderr } = await place.run(['ledger', 'forget', '**', '--auto-approve'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing at ** that GitHub does not show')])
    expect(await place.read('.octoform/ledger.json')).toBe(ledger)
  })

  it('wants a family that there is, and a key where the ledger is signed', async () => {
    const { place } = await created()
    expect(await place.run(['ledger', 'forget', 'orgs/acme/groups/*'])).toMatchObject({ code: 1 })
    const yaml = await place.read('octoform.yaml')
    const { stdout } = await place.run(['ledger', 'key'])
    await place.write('octoform.yaml', yaml.replace('version: 1\n', `version: 1\n${stdout}`))
    const env = { OCTOFORM_LEDGER_KEY: '' }
    for (const words of [
      ['forget', GPU],
      ['adopt', `${GPU}=3`],
    ]) {
      const { code, stderr } = await place.run(['ledger', ...words, '--auto-approve'], { env })
      expect([code, stderr]).toEqual([1, expect.stringContaining('OCTOFORM_LEDGER_KEY is not set')])
    }
  })
})

describe('ledger adopt ADDRESS=ID', () => {
  it('asks, naming the id that it replaces', async () => {
    const { sandbox, place, entry } = await created()
    const known = await entry('gpu')
    const refused = await place.run(['ledger', 'adopt', `${GPU}=77`], { answer: 'no' })
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`The id 77 in place of ${known?.id} is that of ${GPU} from now on`)
    expect(await entry('gpu')).toEqual(known)
    expect(await place.run(['ledger', 'adopt', `${GPU}=77`], { answer: 'yes' })).toMatchObject({ code: 0 })
    const { written_at: _, ...entryNow } = { written_at: undefined, ...(await entry('gpu')) }
    expect(entryNow).toMatchObject({ id: 77, signature: expect.any(String) })
    expect(await entry('gpu')).not.toHaveProperty('written_at')
    expect(sandbox.writes()).toHaveLength(1)
  })

  it.each([
    [`${GPU}s=77`, 'is no member of the configuration'],
    ['orgs/acme/runner_groups/*=77', 'is no member of the configuration'],
    [`${GPU}=`, 'gpu='],
  ])('refuses %s', async (text, why) => {
    const { place } = await created()
    const { code, stdout, stderr } = await place.run(['ledger', 'adopt', text, '--auto-approve'])
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining(why)])
  })

  it('refuses a member that GitHub shows', async () => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: {} } } } })
    const yaml = 'version: 1\norganizations: { acme: { runner_groups: { gpu: { visibility: all } } } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const { code, stderr } = await place.run(['ledger', 'adopt', `${GPU}=2`, '--auto-approve'])
    expect([code, stderr]).toEqual([1, expect.stringContaining(`GitHub shows which id ${GPU} has`)])
  })
})
