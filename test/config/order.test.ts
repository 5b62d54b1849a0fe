import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listing, resolved } from './load-files.ts'

const REPOSITORIES = listing({ web: {}, api: { topics: ['java'] }, 'service-a': {}, 'service-b': { archived: true } })

/** Things that a file may say; some of them twice is a conflict, which must not depend on the order either. */
const STATEMENTS = [
  'organizations: { acme: { permissions: { enabled_repositories: selected, repositories: ["service-*", web] } } }',
  'organizations: { acme: { permissions: { add_repositories: [{ topic: java }] } } }',
  'organizations: { Acme: { permissions: { enabled_repositories: all } } }',
  'organizations: { acme: { secrets: { A: { visibility: all } }, prune: ["secrets/*"] } }',
  'organizations: { acme: { secrets: { a: { value: { env: A } }, B: absent }, prune: ["secrets/B*"] } }',
  'organizations: { acme: { secrets: { B: {} } } }',
  'organizations: { acme: { repository_sets: [{ match: {}, permissions: { enabled: true } }] } }',
  'organizations: { acme: { repository_sets: [{ match: { name: web }, permissions: { enabled: false } }] } }',
  'organizations: { acme: { repositories: { web: { permissions: unmanaged, secrets: { S: {} } } } } }',
  'repositories: { acme/web: { secrets: { S: { value: { file: s } } } }, acme/gone: {} }',
  'organization_sets: [{ match: {}, secrets: { A: { value: { env: SET } } } }]',
]

it('the order of files and of keys never matters', async () => {
  const arrangement = fc.shuffledSubarray(STATEMENTS, { minLength: 2 }).chain((chosen) => {
    const order = fc.shuffledSubarray(chosen, { minLength: chosen.length })
    return fc.tuple(fc.constant(chosen), order, order)
  })
  await fc.assert(
    fc.asyncProperty(arrangement, async ([names, first, second]) => {
      // The same statement in the same file, in every order of the files.
      const files = (order: readonly string[]): Record<string, string> =>
        Object.fromEntries([
          ['main.yaml', 'version: 1\norganizations: { acme: {} }'],
          ...order.map((text) => [`${names.indexOf(text)}.yaml`, text]),
        ])
      const one = await resolved(files(first), REPOSITORIES)
      const other = await resolved(files(second), REPOSITORIES)
      expect(other.sections).toEqual(one.sections)
      expect(other.messages).toEqual(one.messages)
    }),
    { numRuns: 25 },
  )
})

it('the order of maps and lists never matters', async () => {
  const one =
    'version: 1\norganizations: { acme: { secrets: { A: { visibility: selected, repositories: [web, api, "service-*"] }, B: {} } } }'
  const other =
    'version: 1\norganizations: { acme: { secrets: { B: {}, A: { repositories: ["service-*", api, web], visibility: selected } } } }'
  const spec = async (yaml: string): Promise<unknown> => {
    const { sections } = await resolved(yaml, REPOSITORIES)
    return sections.flatMap(({ members }) => members.map(({ address, spec, matched }) => ({ address, spec, matched })))
  }
  expect(await spec(other)).toEqual(await spec(one))
})
