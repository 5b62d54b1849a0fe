import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { processOutput } from '../../src/run/process-output.ts'

function processWith(stdout: PassThrough, stderr = new PassThrough()): NodeJS.Process {
  return { stdout, stderr, exitCode: undefined } as unknown as NodeJS.Process
}

const failure = (code: string): Error => Object.assign(new Error(`write ${code}`), { code })

it.each([
  ['EPIPE', true, undefined],
  ['ENOSPC', false, 1],
] as const)('after %s the output counts as whole: %s', async (code, whole, exitCode) => {
  const stdout = new PassThrough()
  const process = processWith(stdout)
  const { isWhole } = processOutput(process)
  stdout.destroy(failure(code))
  await new Promise((resolve) => stdout.once('close', resolve))
  expect([isWhole(), process.exitCode]).toEqual([whole, exitCode])
})

it('waits for a slow reader, and prints what goes wrong beside', async () => {
  const [stdout, stderr] = [new PassThrough({ highWaterMark: 4 }), new PassThrough()]
  const output = processOutput(processWith(stdout, stderr))
  output.stdout('more than fits')
  output.stderr('beside')
  let isReady = false
  const ready = output.stdoutReady().then(() => {
    isReady = true
  })
  await new Promise(setImmediate)
  expect([isReady, String(stderr.read())]).toEqual([false, 'beside'])
  expect(String(stdout.read())).toBe('more than fits')
  await ready
})
