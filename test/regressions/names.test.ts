import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = [
  '<<',
  'null',
  '1.0',
  '*a',
  '&a',
  '!x',
  '# c',
  'a: b',
  '"',
  ' lead',
  '100%',
  '50% gpu',
  'a/b',
  'a%2Fb',
  '😀',
  '?',
  '..',
]

const seed = {
  organizations: {
    acme: {
      runner_groups: Object.fromEntries([...NAMES, '__proto__'].map((name) => [name, { visibility: 'selected' }])),
    },
  },
}

it('imports groups of any name as a configuration that plans to no changes', async () => {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, {})
  expect(await place.run(['import', 'orgs/acme', '--out', 'conf'])).toMatchObject({ code: 0 })
  expect(await place.run(['plan', '--config', 'conf'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\nNo changes\.\n$/),
  })
})

it.each(['100%', '50% gpu', '# c', 'a: b', '😀'])('protects a group whose name is written plain: %s', async (name) => {
  const sandbox = await watchedSandbox({ seed })
  const glob = JSON.stringify(`orgs/acme/runner_groups/${name}`)
  const place = await workplace(sandbox, {
    'octoform.yaml': `version: 1
guards: { protect: [${glob}] }
organizations: { acme: { runner_groups: { ${JSON.stringify(name)}: absent } } }
`,
  })
  expect((await place.plan()).tripped.map(({ flag }) => flag)).toEqual(['--allow protected'])
})
