import { expect, it } from 'vitest'
import { meddler } from '../support/meddler.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Items = Readonly<Record<string, Record<string, unknown>[] | undefined>>

/** Takes fields out of an answer's items, or of the answer itself. */
function without(fields: readonly string[], key?: string): (body: unknown) => unknown {
  return (body) => {
    const items = key === undefined ? [body as Record<string, unknown>] : ((body as Items)[key] ?? [])
    for (const item of items) for (const field of fields) delete item[field]
    return body
  }
}

it.each(['ghes-2.22', 'ghec'])(
  'never puts a value without the visibility that GitHub did not tell (%s)',
  async (product) => {
    const sandbox = await watchedSandbox({
      product,
      seed: `
organizations:
  acme:
    repositories: { web: {} }
    secrets: { TOKEN: { visibility: selected, repositories: [web], value: old } }
`,
    })
    const drop = without(['visibility'], 'secrets')
    const between = await meddler(sandbox, {
      body: ({ path }, body) => (/\/actions\/secrets\?/.test(path) ? drop(body) : body),
    })
    const yaml = 'version: 1\norganizations: { acme: { secrets: { TOKEN: { value: { env: VALUE } } } } }\n'
    const place = await workplace(between, { 'octoform.yaml': yaml }, { VALUE: 'new-value' })
    expect(await place.run(['apply', '--auto-approve', '--rotate', '**'])).toMatchObject({
      code: 5,
      stdout: expect.stringContaining('GET /orgs/acme/actions/secrets: item 1 has no visibility.'),
    })
    const { body } = await sandbox.call('GET', '/_sandbox/state')
    expect(body).toMatchObject({
      organizations: { acme: { secrets: { TOKEN: { value: 'old', repositories: ['web'] } } } },
    })
  },
)

it.each([['default'], ['inherited']])(
  'prunes no runner group of which GitHub did not tell whether it is %s',
  async (field) => {
    const sandbox = await watchedSandbox({
      seed: 'organizations: { acme: { runner_groups: { gpu: {}, Home: { default: true } } } }',
    })
    const drop = without([field], 'runner_groups')
    const between = await meddler(sandbox, {
      body: ({ path }, body) => (/\/runner-groups\?/.test(path) ? drop(body) : body),
    })
    const yaml = 'version: 1\norganizations: { acme: { runner_groups: {}, prune: ["runner_groups/*"] } }\n'
    const place = await workplace(between, { 'octoform.yaml': yaml })
    expect((await place.plan()).changes).toEqual([])
  },
)

it.each([
  ['/orgs/acme', 'enabled_repositories', 'permissions: { sha_pinning_required: true }'],
  ['/orgs/acme', 'allowed_actions', 'permissions: { sha_pinning_required: true }'],
  ['/repos/acme/web', 'enabled', 'repositories: { web: { permissions: { sha_pinning_required: true } } }'],
  [
    '/repos/acme/web',
    'allowed_actions',
    'repositories: { web: { permissions: { enabled: true, sha_pinning_required: true } } }',
  ],
])('writes no permissions of %s while GitHub does not tell %s', async (scope, field, yaml) => {
  const sandbox = await watchedSandbox({ seed: 'organizations: { acme: { repositories: { web: {} } } }' })
  const between = await meddler(sandbox, {
    body: ({ path }, body) => (path === `${scope}/actions/permissions` ? without([field])(body) : body),
  })
  const place = await workplace(between, { 'octoform.yaml': `version: 1\norganizations: { acme: { ${yaml} } }\n` })
  const { diagnostics, changes, held_back: heldBack, not_read: notRead } = await place.plan()
  expect(changes).toEqual([])
  const told = diagnostics.map(({ message }) => message)
  const unread = notRead.map(({ reason }) => reason)
  // GitHub never leaves out fields that its description requires.
  if (field !== 'allowed_actions') {
    expect(told).toEqual([])
    expect(unread).toEqual([expect.stringContaining(`${scope}/actions/permissions: the answer has no ${field}.`)])
    return
  }
  expect(told).toEqual([])
  expect(heldBack.map(({ reason }) => reason)).toEqual([
    `changing sha_pinning_required needs ${field} too: GitHub's answer does not tell what it is now`,
  ])
})
