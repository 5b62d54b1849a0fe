import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ownTimer } from '../../src/github/own-timer.ts'

/** As a process that gets no turn. */
function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

it('is over after its time', async () => {
  const started = performance.now()
  const took = await new Promise<number>((done) => ownTimer(120, () => done(performance.now() - started)))
  expect(took).toBeGreaterThanOrEqual(115)
})

it('is not over by the time in which the process had no turn', async () => {
  let isOver = false
  const timer = ownTimer(400, () => {
    isOver = true
  })
  block(900)
  await sleep(1)
  await sleep(1)
  expect(isOver).toBe(false)
  expect(timer.stop()).toBeGreaterThan(200)
  await sleep(500)
  expect(isOver).toBe(false)
})

it('ends although each of its parts is late', async () => {
  let isOver = false
  ownTimer(100, () => {
    isOver = true
  })
  for (let part = 0; part < 40 && !isOver; part += 1) {
    block(30)
    await sleep(0)
  }
  expect(isOver).toBe(true)
})
