import { expect, it } from 'vitest'
import { shop } from './runs-world.ts'

it('a job is shown with its steps', async () => {
  const { run } = await shop()
  const { stdout } = await run('jobs show acme/web 501')
  expect(stdout).toMatch(/^name +test$/m)
  expect(stdout).toMatch(/^STEP +STATUS +NAME +TOOK$/m)
  expect(stdout).toMatch(/^ +1 +\w+ +check out/m)
})

it('jobs are run again, with what the product has', async () => {
  const { run, sandbox } = await shop()
  expect(await run('jobs rerun acme/web 501 --debug-logging --yes')).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual(['POST /repos/acme/web/actions/jobs/501/rerun'])
  expect(sandbox.asked.at(-1)?.body).toEqual({ enable_debug_logging: true })
  const older = await shop('ghes-3.5')
  const refused = await older.run('jobs rerun acme/web 501 --debug-logging --yes')
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('ghes-3.5 does not know --debug-logging') })
  expect(older.sandbox.writes()).toEqual([])
})

it('a job of a run that goes on is not run again', async () => {
  const { run } = await shop()
  await run('jobs rerun acme/web 501 --yes')
  const again = await run('jobs rerun acme/web 501 --yes')
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('only jobs of a run that has ended') })
})
