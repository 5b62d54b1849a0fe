import { expect } from 'vitest'
import { manySecrets, timedWorld } from './world.ts'

export const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'

/** How many secrets are put in how many whole minutes: 180 writes a minute, the first minute's at once. */
export async function putMany(count: number, minutes: number): Promise<void> {
  const { yaml, env } = manySecrets(count)
  // A Date more than a day off would not be believed, and each secret be read again.
  const from = Math.floor(Date.now() / 1000) * 1000
  const { run, seen, logged, answered } = await timedWorld(yaml, { organizations: { acme: {} } }, { env, from })
  const applied = await run(['apply', '--auto-approve'])
  expect(applied, applied.stderr).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Applied: ${count} added, 0 changed, 0 deleted.`),
  })
  expect(answered('PUT', SECRET, 201)).toHaveLength(count)
  expect(seen()).toEqual({ rules: 'github', refused: 0, sent_while_told_to_wait: 0 })
  expect([await logged('limited'), await logged('told_to_wait')]).toEqual([0, 0])
  expect(Math.floor(applied.minutes)).toBe(minutes)
  expect(applied.stderr).toContain("Keeping GitHub's pace of 900 points a minute")
  process.stdout.write(`${count} secrets with --limits github: ${applied.minutes.toFixed(1)} minutes\n`)
  expect(await run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
}
