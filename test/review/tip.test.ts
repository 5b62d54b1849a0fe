import { describe, expect, it } from 'vitest'
import { defaultBranch } from '../../src/review/default-branch.ts'
import { checkTip } from '../../src/review/tip.ts'
import { repositoryAnswer } from '../support/answers.ts'
import { rejection } from '../support/client-for.ts'
import { CONTEXT, github, HEAD, SHA } from './github.ts'

describe('the tip of a branch', () => {
  it.each(['main', 'release/2026', 'a#b?c%2F'])('of %j is the commit of the run', async (branch) => {
    const { client, paths } = await github({
      [`branches/${decodeURI(encodeURIComponent(branch))}`]: { commit: { sha: SHA } },
    })
    expect(await checkTip(client, CONTEXT, branch)).toBeUndefined()
    expect(paths()).toEqual([`GET /repos/Acme/Admin/branches/${encodeURIComponent(branch)}`])
  })

  it.each([HEAD, SHA.toUpperCase(), SHA.slice(0, 7)])(
    'that is %s is another commit: exit 4, both are told',
    async (tip) => {
      const { client } = await github({ 'branches/main': { commit: { sha: tip } } })
      const found = await checkTip(client, CONTEXT, 'main')
      expect(found).toMatchObject({ code: 4, message: expect.stringContaining(SHA) })
      expect(found?.message).toContain(tip)
    },
  )

  it('is nobody’s where the run has no commit', async () => {
    const { client } = await github({ 'branches/main': { commit: { sha: SHA } } })
    expect(await checkTip(client, { ...CONTEXT, sha: '' }, 'main')).toMatchObject({ code: 4 })
  })

  it.each([{}, { commit: null }, { commit: { sha: '' } }, { commit: { sha: 7 } }])(
    'cannot be read from %j',
    async (answer) => {
      const { client } = await github({ 'branches/main': answer })
      expect(await rejection(checkTip(client, CONTEXT, 'main'))).toMatchObject({ kind: 'unavailable' })
    },
  )

  it('cannot be read where the branch is not there', async () => {
    const { client } = await github({})
    expect(await rejection(checkTip(client, CONTEXT, 'main'))).toMatchObject({ kind: 'forbidden', status: 404 })
  })
})

describe('the default branch', () => {
  it('is what the repository says', async () => {
    const { client } = await github({ '': repositoryAnswer('acme/admin', { default_branch: 'trunk' }) })
    expect(await defaultBranch(client, CONTEXT.repository)).toBe('trunk')
  })

  it.each([{ default_branch: undefined }, { default_branch: '' }, { default_branch: null }])(
    'cannot be read from %j',
    async (answer) => {
      const { client } = await github({ '': repositoryAnswer('acme/admin', answer) })
      expect(await rejection(defaultBranch(client, CONTEXT.repository))).toMatchObject({ kind: 'unavailable' })
    },
  )
})
