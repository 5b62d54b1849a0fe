import { expect, it } from 'vitest'
import { meddler } from '../support/meddler.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const groups = (text: string): string => `organizations: { acme: { runner_groups: ${text} } }`
const wanted = (text: string): string => `version: 1\n${groups(text)}\n`

it('tells private and all apart where no group can be closed to public repositories (ghes-2.22)', async () => {
  const sandbox = await watchedSandbox({
    product: 'ghes-2.22',
    seed: groups('{ opens: { visibility: private }, shuts: { visibility: all } }'),
  })
  const place = await workplace(sandbox, {
    'octoform.yaml': wanted('{ opens: { visibility: all }, shuts: { visibility: private } }'),
  })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  const { body } = await sandbox.call('GET', '/_sandbox/state')
  expect(body).toMatchObject({
    organizations: { acme: { runner_groups: { opens: { visibility: 'all' }, shuts: { visibility: 'private' } } } },
  })
  expect((await place.plan()).changes).toEqual([])
})

it('takes a runner for registered only where GitHub lists it, whatever its name', async () => {
  const sandbox = await watchedSandbox({ seed: groups('{ gpu: { visibility: all } }') })
  const place = await workplace(sandbox, {
    'octoform.yaml': wanted('{ gpu: { runners: [constructor, toString, __proto__] } }'),
  })
  const { changes, diagnostics } = await place.plan()
  expect(changes).toEqual([])
  expect(diagnostics.map(({ message }) => message.slice(0, 40))).toEqual([
    'no runner is registered as constructor: ',
    'no runner is registered as toString: it ',
    'no runner is registered as __proto__: it',
  ])
})

it('finds a runner that two groups ask for, also by add_runners', async () => {
  const seed = 'organizations: { acme: { runners: { r1: {} }, runner_groups: { a: {}, b: {} } } }'
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, {
    'octoform.yaml': wanted('{ a: { add_runners: [r1] }, b: { runners: [r1] } }'),
  })
  expect(await place.run(['plan'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/: error: r1 is listed in b too, and a runner is in exactly one group\n$/),
  })
  expect(sandbox.asked).toEqual([])
})

it.each([
  ['gpu', 'other'],
  ['other', 'gpu'],
])('manages its own group where the enterprise has one of the same name (%s before %s)', async (first, second) => {
  const inherits = (name: string): string => (name === 'other' ? '{ inherited: true }' : '{ visibility: selected }')
  const seed = groups(`{ ${first}: ${inherits(first)}, ${second}: ${inherits(second)} }`)
  const sandbox = await watchedSandbox({ seed })
  const between = await meddler(sandbox, {
    body: ({ path }, body) => {
      if (!/\/runner-groups\?/.test(path)) return body
      const { runner_groups } = body as { runner_groups: { name: string }[] }
      for (const group of runner_groups) if (group.name === 'other') group.name = 'gpu'
      return body
    },
  })
  const place = await workplace(between, { 'octoform.yaml': wanted('{ gpu: { allows_public_repositories: true } }') })
  const { changes, diagnostics } = await place.plan()
  expect(diagnostics).toEqual([])
  expect(changes.map(({ address, action }) => `${action} ${address}`)).toEqual(['update orgs/acme/runner_groups/gpu'])
})
