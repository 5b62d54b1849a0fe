import { expect, it } from 'vitest'
import { meddler } from '../support/meddler.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

/** GitHub takes a value only with the whole access list, and a person at a terminal may take minutes to say yes. */
it.each([
  ['the YAML says nothing of', 'TOKEN: { value: { env: VALUE } }', ['web']],
  ['several owners share', 'TOKEN: { value: { env: VALUE }, add_repositories: [docs] }', ['docs', 'web']],
])(
  'a value that is put again gives nobody back what was taken away meanwhile: a list that %s',
  async (_, yaml, left) => {
    const sandbox = await watchedSandbox({
      seed: `
organizations:
  acme:
    repositories: { web: { id: 101 }, leaver: { id: 102 }, docs: { id: 103 } }
    secrets: { TOKEN: { visibility: selected, repositories: [web, leaver, docs], value: old } }
`,
    })
    const ids = left.map((name) => ({ web: 101, docs: 103 })[name])
    const between = await meddler(sandbox, {
      before: async ({ path }) => {
        if (!path.endsWith('/public-key')) return
        await sandbox.call('PUT', '/orgs/acme/actions/secrets/TOKEN/repositories', { selected_repository_ids: ids })
      },
    })
    const place = await workplace(
      between,
      { 'octoform.yaml': `version: 1\norganizations: { acme: { secrets: { ${yaml} } } }\n` },
      { VALUE: 'new-value' },
    )
    expect(await place.run(['apply', '--auto-approve', '--rotate', '**'])).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/TOKEN/repositories')
    expect((body as { repositories: { name: string }[] }).repositories.map(({ name }) => name).sort()).toEqual(left)
  },
)
