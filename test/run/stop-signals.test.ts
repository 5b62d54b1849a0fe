import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { untilStopped } from '../../src/run/stop-signals.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A process that notes which signals it gave itself when it no longer listened. */
function quietProcess(): { process: Parameters<typeof untilStopped>[0] & EventEmitter; killed: string[] } {
  const killed: string[] = []
  const process = Object.assign(new EventEmitter(), {
    pid: 1,
    kill(_: number, signal?: string | number) {
      if (SIGNALS.every((each) => process.listenerCount(each) === 0)) killed.push(String(signal))
      return true as const
    },
  })
  return { process: process as never, killed }
}

it.each(SIGNALS)('%s stops, and a second signal of any kind ends the process', async (first) => {
  for (const second of SIGNALS) {
    const { process, killed } = quietProcess()
    const stopped = untilStopped(process)
    process.emit(first, first)
    await stopped
    expect(killed).toEqual([])
    await sleep(60)
    process.emit(second, second)
    expect(killed).toEqual([second])
  }
})

it('takes what npm hands on of one Ctrl-C for the same, and another signal for none', async () => {
  const { process, killed } = quietProcess()
  const stopped = untilStopped(process)
  process.emit('SIGINT', 'SIGINT')
  process.emit('SIGINT', 'SIGINT')
  await stopped
  expect(killed).toEqual([])
  process.emit('SIGTERM', 'SIGTERM')
  expect(killed).toEqual(['SIGTERM'])
})
