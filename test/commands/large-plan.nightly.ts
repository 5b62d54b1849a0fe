import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(', ')

/** For every repository of the organization, a hundred secrets each. */
const MANY = `version: 1
organizations:
  acme:
    repository_sets:
      - { match: {}, secrets: { ${times(100, (index) => `S${index}: { value: { env: V } }`)} } }
`
const FEW = `version: 1
organizations:
  acme:
    repositories: { r1: { secrets: { S: { value: { env: V } } } } }
`
const TOO_MANY =
  'The configuration comes to more than 100,000 changes, and one plan holds 100,000: plan and apply it in parts, with --owner or --target.'

/** An organization with so many repositories, and a configuration beside that of the base commit. */
async function world(repositories: number, own: string, base: string) {
  const names = Array.from({ length: repositories }, (_, index) => [`r${index}`, {}])
  const sandbox = await watchedSandbox({
    seed: { organizations: { acme: { repositories: Object.fromEntries(names) } } },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': own, 'base/octoform.yaml': base }, { V: 'planted' })
  return { sandbox, place }
}

describe('a plan that no run could hold', () => {
  it('is exit 1 by each command, before anything is written, and is planned in parts', async () => {
    const { sandbox, place } = await world(1001, MANY, FEW)
    for (const args of [['plan'], ['apply', '--auto-approve'], ['drift']]) {
      const { code, stdout, stderr } = await place.run(args)
      expect({ args, code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(TOO_MANY) })
      expect(stdout).not.toMatch(/^(Plan|Drift|Applied|No changes|No drift)/m)
    }
    expect(sandbox.writes()).toEqual([])
    const part = await place.run(['plan', '--target', 'repos/acme/r1?/**'])
    expect(part.stdout.trimEnd().split('\n').at(-1)).toBe('Plan: 1000 to add, 0 to change, 0 to delete.')
  })

  it('by the base commit stops no pull request, and is no fault of its files', async () => {
    const { place } = await world(1001, FEW, MANY)
    const { code, stdout, stderr } = await place.run(['plan', '--base', 'base'])
    expect(stderr).toContain(
      `The configuration of the base commit in base cannot be planned, so nothing is listed apart:\n${TOO_MANY}`,
    )
    expect(stderr).not.toContain('has errors')
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: 'Plan: 1 to add, 0 to change, 0 to delete.',
    })
  })

  it('at the limit is planned', async () => {
    const { place } = await world(1000, MANY, FEW)
    const { code, stdout } = await place.run(['plan'])
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: 'Plan: 100000 to add, 0 to change, 0 to delete.',
    })
  })
})
