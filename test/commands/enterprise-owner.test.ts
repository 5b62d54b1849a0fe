import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = { enterprises: { inc: { organizations: { acme: {} } } } }
const ENTERPRISE = '{ organizations: { acme: {} }, workflow_permissions: { default_workflow_permissions: write } }'
const BOTH = `version: 1
enterprises: { inc: ${ENTERPRISE} }
organizations: { acme: { workflow_permissions: { can_approve_pull_request_reviews: false } } }
`
const ALONE = 'version: 1\nenterprises: { inc: { workflow_permissions: { default_workflow_permissions: write } } }\n'
const SIDE = { repo: { full_name: 'acme/admin' } }
const PULL_REQUEST = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/admin',
}

async function placeWith(yaml: string, event: object | undefined = undefined) {
  const sandbox = await watchedSandbox({ seed: SEED, product: 'ghec' })
  const env = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' }
  const place = await workplace(sandbox, { 'octoform.yaml': yaml, 'event.json': JSON.stringify(event ?? {}) }, env)
  const run = async (args: readonly string[]) => {
    const more = event && { env: { ...PULL_REQUEST, GITHUB_EVENT_PATH: `${place.folder}/event.json` } }
    const { code, stdout, stderr } = await place.run(args, more)
    return { code, stdout, told: stdout + stderr, last: stdout.trimEnd().split('\n').at(-1) }
  }
  return { sandbox, run }
}

const asked = ({ asked: all }: { asked: readonly { path: string }[] }) =>
  all.map(({ path }) => path).filter((path) => path.startsWith('/enterprises/'))

describe('a run that names no owner', () => {
  it.each([
    [['plan'], 0, 'No changes. 1 enterprise left out.'],
    [['plan', '--detailed-exitcode'], 0, 'No changes. 1 enterprise left out.'],
    [['drift'], 0, 'No drift. 1 enterprise left out.'],
    [['apply', '--auto-approve'], 0, 'No changes. 1 enterprise left out.'],
  ])('leaves out the enterprise, and says so: %j', async (args, code, last) => {
    const { sandbox, run } = await placeWith(BOTH)
    const ran = await run(args)
    expect(ran).toMatchObject({ code, last })
    expect(ran.stdout).toContain('1 enterprise left out (enterprises/inc)')
    expect(ran.stdout).toContain('A run compares an enterprise where it names it: --owner enterprises/inc\n')
    expect(sandbox.writes()).toEqual([])
    expect(asked(sandbox)).toEqual([])
  })

  it('gives it in JSON, and in Markdown', async () => {
    const { run } = await placeWith(BOTH)
    expect(JSON.parse((await run(['plan', '--format', 'json'])).stdout)).toMatchObject({
      left_out: ['enterprises/inc'],
    })
    expect((await run(['plan', '--format', 'markdown'])).last).toBe('No changes. 1 enterprise left out.')
  })

  it.each([['plan'], ['drift'], ['apply', '--auto-approve']])(
    'is about nothing where there is no other: %s',
    async (...args) => {
      const { sandbox, run } = await placeWith(ALONE)
      const { code, told } = await run(args)
      expect(code).toBe(1)
      expect(told).toContain('octoform.yaml:2:16: error: the configuration names only enterprises')
      expect(told).toContain('add --owner enterprises/inc')
      expect(sandbox.asked).toEqual([])
    },
  )

  it('says nothing of an enterprise that only holds its organizations', async () => {
    const yaml =
      'version: 1\nenterprises: { inc: { organizations: { acme: { workflow_permissions: { can_approve_pull_request_reviews: false } } } } }\n'
    const { run } = await placeWith(yaml)
    expect(await run(['plan'])).toMatchObject({ code: 0, last: 'No changes.' })
  })

  it.each(['enterprises/inc/**', 'ENTERPRISES/inc/workflow_permissions', 'enterprises/*/workflow_permissions'])(
    'has no address of it for --target %s',
    async (target) => {
      const { run } = await placeWith(BOTH)
      const { code, told } = await run(['plan', '--target', target])
      expect(code).toBe(1)
      expect(told).toContain(`--target ${target} chooses nothing: `)
      expect(told).toContain('add --owner enterprises/inc.')
    },
  )

  it('checks its YAML all the same: organizations are planned as if that were in force', async () => {
    const yaml = BOTH.replace('default_workflow_permissions: write', 'default_workflow_permissions: read').replace(
      'can_approve_pull_request_reviews: false',
      'default_workflow_permissions: write',
    )
    const { sandbox, run } = await placeWith(yaml)
    const { code, told } = await run(['plan'])
    expect(code).toBe(1)
    expect(told).toContain(
      "default_workflow_permissions: write is more than the enterprise's read allows: see octoform.yaml:2",
    )
    expect(sandbox.asked).toEqual([])
  })
})

describe('a run that names the enterprise', () => {
  it('compares it alone, or beside organizations, and is idempotent', async () => {
    const { sandbox, run } = await placeWith(BOTH)
    const owner = ['--owner', 'enterprises/INC']
    expect(await run(['plan', ...owner])).toMatchObject({ last: 'Plan: 0 to add, 1 to change, 0 to delete.' })
    expect((await run(['drift', ...owner])).code).toBe(2)
    const target = ['--target', 'enterprises/inc/**', '--owner', 'acme']
    expect(await run(['plan', ...owner, ...target])).toMatchObject({
      last: 'Plan: 0 to add, 1 to change, 0 to delete.',
    })
    expect(await run(['apply', '--auto-approve', ...owner])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual(['PUT /enterprises/inc/actions/permissions/workflow'])
    expect(await run(['plan', ...owner, '--owner', 'acme'])).toMatchObject({ code: 0, last: 'No changes.' })
    expect(await run(['plan', ...owner])).toMatchObject({ code: 0, last: 'No changes.' })
  })

  it.each(['inc', 'enterprises/other', 'enterprises'])('not by the word %s', async (word) => {
    const { run } = await placeWith(BOTH)
    const { code, told } = await run(['plan', '--owner', word])
    expect(code).toBe(1)
    expect(told).toContain(`--owner ${word}: the configuration names only`)
  })
})

describe('a run for a pull request', () => {
  const event = { pull_request: { number: 1, head: SIDE, base: SIDE } }

  it.each([[BOTH], [ALONE]])('tells the addresses that are planned after the merge: %s', async (yaml) => {
    const { sandbox, run } = await placeWith(yaml, event)
    const ran = await run(['plan'])
    expect(ran).toMatchObject({ code: 0, last: 'No changes. 1 enterprise left out.' })
    expect(ran.stdout).toContain('enterprises/inc is planned after the merge')
    expect(ran.stdout).toContain('It declares enterprises/inc/workflow_permissions')
    expect(asked(sandbox)).toEqual([])
  })

  it('that names it compares nothing', async () => {
    const { run } = await placeWith(BOTH, event)
    const ran = await run(['plan', '--owner', 'enterprises/inc'])
    expect(ran).toMatchObject({ code: 0, last: 'Plan: 0 to add, 0 to change, 0 to delete. 1 enterprise left out.' })
  })
})
