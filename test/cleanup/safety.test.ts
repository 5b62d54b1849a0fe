import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString().replace(/\.\d+/, '')

const ended = (day: number, more: object = {}): object => ({
  status: 'completed',
  conclusion: 'success',
  created_at: ago(day),
  updated_at: ago(day),
  artifacts: { build: { id: 5000 + day, size: 1000, created_at: ago(day), expires_at: ago(-400) } },
  ...more,
})
const RUNS = Object.fromEntries([40, 50, 60].map((day) => [String(day), ended(day)]))

const yamlOf = (rules: string): string => `
version: 1
guards: { cleanup_logs: true }
organizations:
  acme:
    repositories:
      web:
        cleanup: { ${rules} }
`

async function shop(yaml: string, web: object = { runs: RUNS }, product = 'ghec') {
  const sandbox = await watchedSandbox({ seed: { product, organizations: { acme: { repositories: { web } } } } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

describe('cleanup by a rule with a mistake', () => {
  it.each([
    ['artifacts: {}', 'artifacts need `older_than`'],
    ['artifacts: { names: [build] }', 'artifacts need `older_than`'],
    ['artifacts: { older_than: 30 days }', '`older_than` must be an age'],
    ['artifacts: { older_than: 30d, larger_than: 1 GB }', '`larger_than` must be a size'],
    ['runs: { conclusion: [success] }', 'runs need `older_than`'],
    ['logs: { older_than: 30d, larger_than: 1GB }', '`larger_than` is no condition of logs'],
    ['stuck: {}', 'stuck need `queued_longer_than`'],
  ])('deletes nothing: %s', async (rules, message) => {
    const { sandbox, place } = await shop(yamlOf(rules))
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    expect(sandbox.writes()).toEqual([])
  })

  it('says which product has no list of caches, without a request for it', async () => {
    const { sandbox, place } = await shop(yamlOf('caches: { older_than: 30d }'), { runs: RUNS }, 'ghes-3.6')
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('caches cannot be listed on this product') })
    expect(sandbox.asked.filter(({ path }) => path.includes('/caches'))).toEqual([])
  })
})
