import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openWatch } from '../../src/github/watch.ts'

/** As a process that gets no turn. */
function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** Ends when the signal is aborted. */
function over(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : new Promise((done) => signal.addEventListener('abort', done))
}

it('gives each its own time, however many there are', async () => {
  const watch = openWatch(400)
  const started = performance.now()
  const [first, ended] = [watch.begin(), watch.begin()]
  const times: number[] = []
  const note = (): void => void times.push(performance.now() - started)
  first.signal.addEventListener('abort', note)
  await sleep(60)
  const second = watch.begin()
  second.signal.addEventListener('abort', note)
  ended.end()
  await Promise.all([over(first.signal), over(second.signal)])
  expect(times).toHaveLength(2)
  expect(times[0]).toBeGreaterThanOrEqual(395)
  expect(times[1]).toBeGreaterThanOrEqual(455)
  expect(first.signal.reason).toMatchObject({ name: 'TimeoutError' })
  expect(ended.signal.aborted).toBe(false)
})

it('has the signal of one that ended used again, and none that was aborted', async () => {
  const watch = openWatch(40)
  const first = watch.begin()
  first.end()
  const second = watch.begin()
  expect(second.signal).toBe(first.signal)
  await over(second.signal)
  second.end()
  const third = watch.begin()
  expect(third.signal.aborted).toBe(false)
  third.end()
})

it('begins anew after a time without any', async () => {
  const watch = openWatch(100)
  watch.begin().end()
  await sleep(150)
  const { signal } = watch.begin()
  const started = performance.now()
  await over(signal)
  expect(performance.now() - started).toBeGreaterThan(90)
})

it('does not count the time in which the process had no turn', async () => {
  const { signal } = openWatch(400).begin()
  block(900)
  await sleep(1)
  await sleep(1)
  expect(signal.aborted).toBe(false)
  await over(signal)
})

it('does not count a wait that is no fault of the server’s', async () => {
  const { signal, without } = openWatch(100).begin()
  expect(await without(() => sleep(200, 'done'))).toBe('done')
  expect(signal.aborted).toBe(false)
  await over(signal)
})

it('ends although each of its parts is late', async () => {
  const { signal } = openWatch(100).begin()
  for (let part = 0; part < 40 && !signal.aborted; part += 1) {
    block(30)
    await sleep(0)
  }
  expect(signal.aborted).toBe(true)
})
