import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../src/sandbox/http/serve.ts'
import { manySecrets, type TimedWorld, timedWorld } from './world.ts'

const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'
const OF_REPOSITORY = '/repos/{owner}/{repo}/actions/secrets'
const MINUTE = 60_000

const names = Array.from({ length: 30 }, (_, index) => `service-${index}`)
const READ = `version: 1\norganizations:\n  acme:\n    repository_sets: [{ match: {}, secrets: { A: {} } }]\n`
const { yaml: WRITTEN, env } = manySecrets(30)

/** A world whose requests are kept with the sandbox's time. */
async function world(
  yaml: string,
  secondary: { readonly status: number; readonly retry_after: boolean },
): Promise<TimedWorld & { readonly times: () => readonly (readonly [number, number])[] }> {
  const exchanges: Exchange[] = []
  const repositories = Object.fromEntries(names.map((name) => [name, { secrets: { A: { value: 'old' } } }]))
  const made = await timedWorld(
    yaml,
    { limits: { rules: 'github', secondary }, organizations: { acme: { repositories } } },
    {
      env,
      onExchange: (exchange) => void exchanges.push(exchange),
    },
  )
  return { ...made, times: () => exchanges.map(({ at, status }) => [Date.parse(at), status] as const) }
}

/** How GitHub tells of it, how long it lasts, and after how long a request is sent again. */
const FORMS = [
  ['429 with retry-after', { status: 429, retry_after: true, wait_ms: 90_000 }, [90_000]],
  ['403 with retry-after', { status: 403, retry_after: true, wait_ms: 150_000 }, [150_000]],
  // A minute, where GitHub names no time.
  ['429 without', { status: 429, retry_after: false, wait_ms: MINUTE }, [MINUTE]],
  ['403 without', { status: 403, retry_after: false, wait_ms: MINUTE }, [MINUTE]],
  // Each further refusal doubles it: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
  ['403 without, that goes on', { status: 403, retry_after: false, wait_ms: 2.5 * MINUTE }, [MINUTE, 2 * MINUTE]],
] as const

/** The pauses that lie between refused requests and the next ones. */
function pausesAfterRefusals(times: readonly (readonly [number, number])[]): readonly number[] {
  const refused = [...new Set(times.flatMap(([at, status]) => (status === 403 || status === 429 ? at : [])))]
  return refused.map((from) => {
    const next = times.map(([at]) => at).find((at) => at > from)
    return (next ?? Number.NaN) - from
  })
}

describe.each(FORMS)('a secondary limit, told by %s', (_, { wait_ms, ...form }, pauses) => {
  const fault = { limit: 'secondary', wait_ms }

  it('in the middle of a plan is waited out, and the plan is whole', async () => {
    const { sandbox, run, times, seen, logged } = await world(READ, form)
    const unlimited = await run(['plan'])
    await sandbox.call('POST', '/_sandbox/faults', {
      method: 'GET',
      route: OF_REPOSITORY,
      nth: 15,
      ...fault,
    })
    const before = times().length
    const ran = await run(['plan', '--parallelism', '4'])
    expect({ ...ran, stderr: '', minutes: 0 }).toEqual({ ...unlimited, stderr: '', minutes: 0 })
    expect(ran.stderr).toMatch(/Waiting until \S+ \(.*\) for GitHub's rate limit of OCTOFORM_TOKEN\./)
    expect(pausesAfterRefusals(times().slice(before))).toEqual(pauses)
    // Without a time it is not known how long GitHub waits: one request a wait asks.
    expect(seen().sent_while_told_to_wait).toBe(pauses.length - 1)
    expect(await logged('told_to_wait')).toBe(pauses.length - 1)
  })

  it('in the middle of an apply is waited out, and all is written once', async () => {
    const { sandbox, run, times, seen, answered, logged } = await world(WRITTEN, form)
    await sandbox.call('POST', '/_sandbox/faults', {
      method: 'PUT',
      route: SECRET,
      nth: 12,
      ...fault,
    })
    const ran = await run(['apply', '--auto-approve', '--parallelism', '4'])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(ran.stdout).toContain('Applied: 30 added, 0 changed, 0 deleted.')
    expect(pausesAfterRefusals(times())).toEqual(pauses)
    expect(seen().sent_while_told_to_wait).toBe(pauses.length - 1)
    expect(await logged('told_to_wait')).toBe(pauses.length - 1)
    expect(answered('PUT', SECRET, 201)).toHaveLength(30)
    expect(new Set(answered('PUT', SECRET, 201).map(({ path }) => path)).size).toBe(30)
    expect(await run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })
})
