import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkCase } from '../property/check-steps.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import type { Body } from '../worlds/world.ts'

const REPOSITORIES = '{ web: { visibility: private }, api: { visibility: public }, lib: { visibility: internal } }'
const RUNNERS = '{ r1: {}, r2: {}, r3: {} }'

/** GHES 2.22 has no switch for public repositories: the list alone can shut them out while runners come and go. */
const TURNS = [
  ['a listed public repository, to private', 'selected, repositories: [web, api]', 'private'],
  ['private, to a listed public repository', 'private', 'selected, repositories: [web, api]'],
  ['private with a kept list, to another list', 'private, repositories: [api]', 'selected, repositories: [web]'],
  ['private with a kept list, to one of more', 'private, repositories: [api]', 'selected, repositories: [web, api]'],
  ['a listed public repository, to all', 'selected, repositories: [api]', 'all'],
  ['all, to a listed public repository', 'all', 'selected, repositories: [api]'],
  ['all, to private', 'all', 'private'],
  ['private, to all', 'private', 'all'],
] as const

const MOVES = [
  ['come and go', '[r2]', 'runners: [r3]'],
  ['come', '[r2]', 'add_runners: [r3]'],
  ['go', '[r2, r1]', 'runners: [r1]'],
] as const

describe('nobody uses a runner in between who may use it neither before nor after', () => {
  const cases = ['ghes-2.22', 'ghec'].flatMap((product) =>
    TURNS.flatMap(([turn, before, after]) =>
      MOVES.slice(0, product === 'ghec' ? 1 : MOVES.length).map(([name, held, wanted]) => {
        return { product, turn, before, after, name, held, wanted }
      }),
    ),
  )
  it.each(cases)('$turn, while runners $name ($product)', async ({ product, before, after, held, wanted }) => {
    const group = `{ visibility: ${before}, runners: ${held}, allows_public_repositories: true }`
    const seed = `{ organizations: { acme: { repositories: ${REPOSITORIES}, runners: ${RUNNERS}, runner_groups: { Home: { default: true, visibility: all }, gpu: ${group} } } } }`
    const yaml = `version: 1\norganizations: { acme: { runner_groups: { gpu: { visibility: ${after}, ${wanted} } } } }\n`
    const { worlds } = await checkCase({ seed: parse(seed) as Body, product, yaml }, (most) => Math.min(1, most))
    expect(worlds).toBe(1)
  })
})

describe('what an interrupted change has closed for the time between, and the YAML does not give', () => {
  const group = (more: string) =>
    `{ organizations: { acme: { repositories: ${REPOSITORIES}, runners: { r1: {}, r2: {} }, runner_groups: { Home: { default: true }, gpu: { ${more} } } } } }`
  const CASES = [
    [
      'a switch with its list',
      'visibility: private, allows_public_repositories: true',
      'visibility: selected, repositories: [web]',
    ],
    [
      'a switch while runners come and go',
      'visibility: private, runners: [r1], allows_public_repositories: true',
      'visibility: selected, repositories: [web], runners: [r2]',
    ],
  ] as const
  it.each(CASES)('is said: %s', async (_, before, after) => {
    const sandbox = await watchedSandbox({ seed: group(before) })
    const yaml = `version: 1\norganizations: { acme: { runner_groups: { gpu: { ${after} } } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    // A killed process says nothing: the plan has said it before.
    expect((await place.run(['plan'])).stdout).toContain(BEFOREHAND)
    await sandbox.fault({ method: 'PATCH', nth: 2, times: 3, status: 500 })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringContaining(
        'allows_public_repositories of gpu is false now; it was true, and the YAML does not give it: write allows_public_repositories: true to have it back.',
      ),
    })
  })

  const BEFOREHAND =
    'also: allows_public_repositories is false until the last request, and the YAML does not give it: should the run be killed, it stays so'

  it('is not said where the change came to its end, or where the YAML gives it', async () => {
    for (const [given, code] of [
      ['', 0],
      [', allows_public_repositories: true', 1],
    ] as const) {
      const sandbox = await watchedSandbox({ seed: group('visibility: private, allows_public_repositories: true') })
      const yaml = `version: 1\norganizations: { acme: { runner_groups: { gpu: { visibility: selected, repositories: [web]${given} } } } }\n`
      const place = await workplace(sandbox, { 'octoform.yaml': yaml })
      if (code === 1) await sandbox.fault({ method: 'PATCH', nth: 2, times: 3, status: 500 })
      const ran = await place.run(['apply', '--auto-approve'])
      expect(ran.code).toBe(code)
      expect(ran.stdout).not.toContain('is false now')
      expect(ran.stdout.includes(BEFOREHAND)).toBe(given === '')
    }
  })
})

describe('the switch for public repositories that a private group hides', () => {
  const group = 'visibility: private, runners: [r1, r2], allows_public_repositories: true'
  const seed = `{ organizations: { acme: { repositories: ${REPOSITORIES}, runners: { r1: {}, r2: {} }, runner_groups: { Home: { default: true }, gpu: { ${group} } } } } }`
  const WORKFLOW = 'acme/web/.github/workflows/build.yml@refs/heads/main'

  it.each([
    ['a list of workflows comes', `restricted_to_workflows: true, selected_workflows: ["${WORKFLOW}"]`],
    ['a runner goes, and a list of workflows comes', `runners: [r1], selected_workflows: ["${WORKFLOW}"]`],
  ])('does not come into force by `visibility: all`, which is the same without it, where %s', async (_, more) => {
    const yaml = `version: 1\norganizations: { acme: { runner_groups: { gpu: { visibility: all, ${more} } } } }\n`
    const { worlds } = await checkCase({ seed: parse(seed) as Body, product: 'ghec', yaml }, () => 0)
    expect(worlds).toBe(1)
    const sandbox = await watchedSandbox({ seed })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    const { acme } = (sandbox.state() as { organizations: { acme: { runner_groups: { gpu: Body } } } }).organizations
    expect([acme.runner_groups.gpu.visibility, acme.runner_groups.gpu.allows_public_repositories]).not.toEqual([
      'all',
      true,
    ])
    expect((await place.run(['plan'])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  })

  it('comes into force where the YAML gives it, which the plan names first', async () => {
    const sandbox = await watchedSandbox({ seed })
    const given = 'visibility: all, allows_public_repositories: true'
    const yaml = `version: 1\norganizations: { acme: { runner_groups: { gpu: { ${given} } } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect((await place.run(['plan'])).stdout).toMatch(/^Gains access[\s\S]+api \(PUBLIC\)/)
  })
})
