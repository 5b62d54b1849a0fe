import { expect, it } from 'vitest'
import { SHAPES } from './growth.ts'
import { measure } from './measure.ts'
import { realConfiguration } from './real.ts'

it.each([
  [2000, 50],
  [10_000, 200],
])('a real configuration of %i repositories and %i sets stays within 5 s and 400 MB', async (repositories, sets) => {
  const files = { 'octoform.yaml': realConfiguration(repositories, sets) }
  const { code, seconds, elapsed, megabytes, said } = await measure(files, ['validate'])
  process.stdout.write(
    `${repositories} repositories, ${sets} sets: ${elapsed.toFixed(1)} s, ${seconds.toFixed(1)} s of CPU, ${megabytes.toFixed(0)} MB\n`,
  )
  expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('The configuration is valid.') })
  // Garbage is collected beside it, so that CPU adds up on two cores; under other load the clock says more than it took.
  expect(Math.min(elapsed, seconds)).toBeLessThan(5)
  expect(megabytes).toBeLessThan(400)
})

it.each(['sets × repositories that have an entry', 'sets × repositories that GitHub has'])(
  '%s: 1,000 × 10,000 stay within 5 s and 400 MB',
  async (name) => {
    const shape = SHAPES[name] ?? expect.unreachable()
    const { code, seconds, elapsed, megabytes } = await measure(shape.files(10_000), shape.args(10_000))
    process.stdout.write(
      `1,000 ${name}: ${elapsed.toFixed(1)} s, ${seconds.toFixed(1)} s of CPU, ${megabytes.toFixed(0)} MB\n`,
    )
    expect(code).toBe(0)
    expect(Math.min(elapsed, seconds)).toBeLessThan(5)
    expect(megabytes).toBeLessThan(400)
  },
)
