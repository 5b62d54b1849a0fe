import { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readerOf } from '../../src/run/reader.ts'

/** A stream whose reader takes one text each time that it is asked to. */
function slowStream() {
  const taken: string[] = []
  let next: ((error?: Error | null) => void) | undefined
  const stream = new Writable({
    decodeStrings: false,
    highWaterMark: 4,
    write(text, _, done) {
      taken.push(String(text))
      next = done
    },
  })
  return { stream, taken, take: (error?: Error) => next?.(error) }
}

const isSettled = async (promise: Promise<void>): Promise<boolean> => {
  await setImmediate()
  return Promise.race([promise.then(() => true), setImmediate(false)])
}

describe('a reader', () => {
  it('is ready until as much waits for it as the stream holds, and once it took that', async () => {
    const { stream, taken, take } = slowStream()
    const reader = readerOf(stream)
    reader.write('a')
    expect(await isSettled(reader.ready())).toBe(true)
    reader.write('bcde')
    const ready = reader.ready()
    expect(await isSettled(ready)).toBe(false)
    take()
    expect(await isSettled(ready)).toBe(false)
    take()
    expect(await isSettled(ready)).toBe(true)
    expect(taken).toEqual(['a', 'bcde'])
    expect(['drain', 'close'].map((event) => stream.listenerCount(event))).toEqual([0, 0])
  })

  it.each(['EPIPE', 'ENOSPC'])('that fails with %s is not waited for', async (code) => {
    const { stream, take } = slowStream()
    const reader = readerOf(stream)
    reader.write('abcde')
    const ready = reader.ready()
    expect(await isSettled(ready)).toBe(false)
    take(Object.assign(new Error(code), { code }))
    expect(await isSettled(ready)).toBe(true)
    reader.write('abcde')
    expect(await isSettled(reader.ready())).toBe(true)
  })
})
