import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
organizations:
  acme:
    secrets: { SHARED: { repositories: [web, hush-hush] }, OLD: absent }
`

async function world(visibility: 'public' | 'private') {
  const secret = { visibility: 'selected', repositories: ['web'], value: 'x' }
  const admin = { visibility, branches: { main: TIP } }
  const seed = {
    organizations: {
      acme: { repositories: { admin, web: {}, 'hush-hush': {} }, secrets: { SHARED: secret, OLD: secret } },
    },
  }
  const sandbox = await watchedSandbox({ seed })
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, env)
  return { sandbox, place, summary: () => readFile(env.GITHUB_STEP_SUMMARY ?? '', 'utf8') }
}

const commandsIn = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.startsWith('::'))
    .join('\n')

describe('annotations', () => {
  it('name what they are about where the readers of the repository may know', async () => {
    const { place } = await world('private')
    const { stderr } = await place.run(['plan'])
    expect(commandsIn(stderr)).toContain('hush-hush')
    expect(commandsIn(stderr)).toContain('file=octoform.yaml,line=4')
  })

  it('give the place alone where everybody reads them', async () => {
    const { place } = await world('public')
    const { stderr } = await place.run(['plan'])
    expect(commandsIn(stderr)).toContain('file=octoform.yaml,line=4')
    expect(commandsIn(stderr)).not.toContain('hush-hush')
  })
})

describe('an apply that is refused', () => {
  it.each<[string, readonly string[], string]>([
    ['by its digest', ['--expect-digest', 'f'.repeat(64)], 'plan_changed'],
    ['by a guard', ['--protect', '**'], 'guard_refused'],
  ])('says so in the summary and as an annotation: %s', async (_, flags, failure) => {
    const { place, summary } = await world('private')
    const { stderr } = await place.run(['apply', '--auto-approve', ...flags])
    expect(await summary()).toMatch(new RegExp(`\\*\\*Not applied: ${failure}\\.[^\\n]*\\*\\*\\n$`))
    expect(commandsIn(stderr)).toContain(`::error title=octoform%3A Not applied::Not applied: ${failure}.`)
  })

  it('says so where the branch has moved on', async () => {
    const { sandbox, place, summary } = await world('private')
    await sandbox.call('POST', '/_sandbox/push', {
      owner: 'acme',
      repository: 'admin',
      branch: 'main',
      sha: 'd'.repeat(40),
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 4 })
    expect(await summary()).toContain('Not applied: plan_changed')
  })
})
