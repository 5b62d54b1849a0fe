import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Lock, type LockOptions, openLock } from '../../src/lock/lock.ts'
import { formatLock, type Holder, type LockDocument } from '../../src/lock/lock-document.ts'
import { whileHeld } from '../../src/lock/while-held.ts'
import { type MemoryFile, memoryFile } from './memory-file.ts'

const NOW = '2026-10-01T10:00:00.000Z'

function inRun(run_id: string, run_attempt = 1): Holder {
  const url = `https://github.com/acme/admin/actions/runs/${run_id}/attempts/${run_attempt}`
  return { actor: 'octocat', host: 'runner-1', run: { repository: 'acme/admin', run_id, run_attempt, url } }
}

const LAPTOP: Holder = { actor: 'mona', host: 'laptop' }

function heldBy(holder: Holder, heartbeat = NOW): string {
  const document: LockDocument = {
    state: 'held',
    nonce: 'theirs',
    holder,
    since: '2026-10-01T09:00:00.000Z',
    heartbeat,
  }
  return formatLock(document)
}

function lockOn(file: MemoryFile, options: Partial<LockOptions> = {}): Lock {
  return openLock({
    file,
    me: inRun('1'),
    holderEnded: async () => 'running',
    now: async () => new Date(NOW),
    pausesMs: { first: 1, longest: 5 },
    ...options,
  })
}

async function take(lock: Lock, timeoutMs = 0) {
  const { version } = await lock.look()
  const held = await lock.acquire({ timeoutMs, seen: version })
  onTestFinished(async () => void (await held.release()))
  return held
}

describe('a free lock', () => {
  it('is taken at once, says who holds it, and is given back', async () => {
    const file = memoryFile()
    const lock = lockOn(file)
    const held = await take(lock)
    expect(held.held).toBe('at once')
    expect(await lock.look()).toMatchObject({ holder: inRun('1') })
    expect(JSON.parse(file.text() ?? '')).toMatchObject({ state: 'held', since: NOW, heartbeat: NOW })
    expect(await held.stillMine()).toBe(true)
    expect(await held.release()).toBe('released')
    expect(await held.release()).toBe('released')
    expect(await held.stillMine()).toBe(false)
    expect(await lock.look()).toMatchObject({ holder: undefined })
  })

  it('is not even written to by a look', async () => {
    const file = memoryFile()
    await lockOn(file).look()
    expect(file.saves()).toBe(0)
  })

  it('that was held and given back since it was seen makes the plan stale', async () => {
    const file = memoryFile()
    const lock = lockOn(file)
    const { version } = await lock.look()
    await (await take(lockOn(file))).release()
    expect(await lock.acquire({ timeoutMs: 0, seen: version })).toMatchObject({ held: 'after waiting' })
  })

  it('has another text after each holding, so that its version tells of it', async () => {
    const file = memoryFile()
    const texts = new Set<string | undefined>()
    for (let round = 0; round < 3; round += 1) {
      const held = await take(lockOn(file))
      texts.add(file.text())
      await held.release()
      texts.add(file.text())
    }
    expect(texts.size).toBe(6)
  })

  it('goes to one of many', async () => {
    const file = memoryFile()
    const results = await Promise.allSettled([1, 2, 3, 4].map((run) => take(lockOn(file, { me: inRun(`${run}`) }))))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('goes to one after the other where they wait', async () => {
    const file = memoryFile()
    let inside = 0
    let most = 0
    const work = async (): Promise<void> => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(3)
      inside -= 1
    }
    const turns = [1, 2, 3, 4, 5].map(async (run) => {
      const held = await take(lockOn(file, { me: inRun(`${run}`) }), 10_000)
      await whileHeld(held, work, (message) => expect.fail(message))
      return held.held
    })
    const ways = await Promise.all(turns)
    expect(most).toBe(1)
    expect(ways.filter((way) => way === 'at once')).toHaveLength(1)
  })
})

describe('a held lock', () => {
  it('is waited for, tells of the holder once, and then makes the plan stale', async () => {
    const file = memoryFile(heldBy(inRun('4711', 2)))
    const lock = lockOn(file)
    const { version } = await lock.look()
    const waited: Holder[] = []
    const acquiring = lock.acquire({ timeoutMs: 10_000, seen: version, onWait: (holder) => void waited.push(holder) })
    await sleep(20)
    file.put(undefined)
    const held = await acquiring
    expect(held.held).toBe('after waiting')
    expect(waited).toEqual([inRun('4711', 2)])
    await held.release()
  })

  it.each([
    [inRun('4711', 2), 'octocat in https://github.com/acme/admin/actions/runs/4711/attempts/2 (attempt 2)'],
    [LAPTOP, 'mona on laptop'],
  ])('that stays held is told of: %j', async (holder, who) => {
    const file = memoryFile(heldBy(holder))
    await expect(take(lockOn(file), 20)).rejects.toThrow(
      `another run is applying: ${who} has held the lock since 2026-10-01T09:00:00.000Z`,
    )
    await expect(take(lockOn(file))).rejects.toThrow('delete ledger.json.lock.json on branch octoform of acme/admin')
    expect(file.saves()).toBe(0)
  })

  it('is waited for no longer than one is asked to', async () => {
    const file = memoryFile(heldBy(LAPTOP))
    const stop = new AbortController()
    const acquiring = lockOn(file).acquire({ timeoutMs: 60_000, seen: '', signal: stop.signal })
    setTimeout(() => stop.abort(), 10)
    await expect(acquiring).rejects.toThrow('asked to stop while it waited for the lock')
    expect(file.saves()).toBe(0)
  })

  it.each(['', '{', '[]', '{"state":"free"}', '{"format_version":"1.0","state":"held","nonce":"x"}'])(
    'that cannot be read counts as held: %j',
    async (text) => {
      const file = memoryFile(text)
      await expect(lockOn(file).acquire({ timeoutMs: 0, seen: '0' })).rejects.toThrow(
        'cannot be read; where no octoform is running, delete that file',
      )
      expect(file.saves()).toBe(0)
    },
  )

  it('of a later format is left to a later octoform', async () => {
    const file = memoryFile('{"format_version":"2.0"}')
    await expect(lockOn(file).look()).rejects.toThrow('format version 2.0')
  })
})

describe('the lock of a dead holder', () => {
  it.each([
    ['ended', 'after waiting'],
    ['running', 'another run is applying'],
    ['unknown', 'another run is applying'],
  ] as const)('on GitHub Actions, by what GitHub says of its attempt: %s', async (state, outcome) => {
    const file = memoryFile(heldBy(inRun('4711', 2), '2020-01-01T00:00:00Z'))
    const asked: Holder[] = []
    const holderEnded = async (holder: Holder) => {
      asked.push(holder)
      return state
    }
    const result = await take(lockOn(file, { holderEnded })).then(
      ({ held }) => held,
      (error: Error) => error.message,
    )
    expect(result).toContain(outcome)
    expect(asked).toEqual([inRun('4711', 2)])
  })

  it.each([
    ['2026-10-01T09:49:59.000Z', 'after waiting'],
    ['2026-10-01T09:50:01.000Z', 'another run is applying'],
    // A clock that is ahead of the server's is no sign of death.
    ['2026-10-01T11:00:00.000Z', 'another run is applying'],
  ])("elsewhere, by the server's clock and the last sign of life: %s", async (heartbeat, outcome) => {
    const file = memoryFile(heldBy(LAPTOP, heartbeat))
    const lock = lockOn(file, { holderEnded: () => Promise.reject(new Error('nobody can tell')) })
    const result = await take(lock).then(
      ({ held }) => held,
      (error: Error) => error.message,
    )
    expect(result).toContain(outcome)
  })

  it('is taken over by one of many', async () => {
    const file = memoryFile(heldBy(inRun('4711')))
    const holderEnded = async ({ run }: Holder) => (run?.run_id === '4711' ? 'ended' : 'running')
    const locks = [1, 2, 3, 4].map((run) => lockOn(file, { me: inRun(`${run}`), holderEnded }))
    const results = await Promise.allSettled(locks.map((lock) => take(lock)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('a holder', () => {
  it('outside of GitHub Actions gives signs of life for as long as it lives', async () => {
    const file = memoryFile()
    let minute = 0
    const now = async () => new Date(Date.parse(NOW) + 60_000 * minute++)
    const held = await take(lockOn(file, { me: LAPTOP, now, beatMs: 5 }))
    await sleep(60)
    const { since, heartbeat } = JSON.parse(file.text() ?? '')
    expect(since).toBe(NOW)
    expect(Date.parse(heartbeat)).toBeGreaterThan(Date.parse(NOW))
    expect(await held.stillMine()).toBe(true)
    expect(await held.release()).toBe('released')
    const saves = file.saves()
    await sleep(20)
    expect(file.saves()).toBe(saves)
  })

  it('on GitHub Actions does not: GitHub knows', async () => {
    const file = memoryFile()
    await take(lockOn(file, { beatMs: 1 }))
    await sleep(20)
    expect(file.saves()).toBe(1)
  })

  it.each(['theirs', 'a free one', 'none'])(
    'that was taken for dead knows it, and takes nothing away: %s',
    async (now) => {
      const file = memoryFile()
      const held = await take(lockOn(file))
      file.put(now === 'theirs' ? heldBy(LAPTOP) : now === 'none' ? undefined : heldBy(LAPTOP).replace('held', 'free'))
      const text = file.text()
      expect(await held.stillMine()).toBe(false)
      expect(await held.release()).toBe('lost')
      expect(file.text()).toBe(text)
    },
  )

  it('that did not ask before it lets go takes nothing away either', async () => {
    const file = memoryFile()
    const held = await take(lockOn(file))
    file.put(heldBy(LAPTOP))
    expect(await held.release()).toBe('lost')
    expect(file.text()).toBe(heldBy(LAPTOP))
  })

  it('lets go of what is its own also where it seemed lost for a moment', async () => {
    const file = memoryFile()
    const lock = lockOn(file)
    const held = await take(lock)
    const ours = file.text()
    file.put(heldBy(LAPTOP))
    expect(await held.stillMine()).toBe(false)
    file.put(ours)
    expect(await held.stillMine()).toBe(false)
    expect(await held.release()).toBe('released')
    expect((await lock.look()).holder).toBeUndefined()
  })

  it('is not taken for another by a copy that lags behind', async () => {
    const file = memoryFile(heldBy(LAPTOP).replace('held', 'free'))
    const held = await take(lockOn(file))
    file.lag(1)
    expect(await held.stillMine()).toBe(true)
  })

  it('asks each time, until an answer of the last half minute is worth as much', async () => {
    const file = memoryFile()
    let loads = 0
    const counting = {
      ...file,
      load: () => {
        loads += 1
        return file.load()
      },
    }
    const held = await take(
      openLock({
        file: counting,
        me: inRun('1'),
        holderEnded: async () => 'running',
        now: async () => new Date(NOW),
      }),
    )
    loads = 0
    for (let write = 0; write < 10; write += 1) await held.stillMine()
    expect(loads).toBe(10)
    for (let write = 0; write < 990; write += 1) await held.stillMine()
    expect(loads).toBe(10)
    // A machine that slept has a clock that is ahead.
    vi.useFakeTimers({ now: Date.now() + 31_000, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    file.put(heldBy(LAPTOP))
    expect(await held.stillMine()).toBe(false)
  })

  it('asks once for writes that go side by side', async () => {
    const file = memoryFile()
    let loads = 0
    const held = await take(
      lockOn({
        ...file,
        load: async () => {
          loads += 1
          await new Promise((resolve) => setImmediate(resolve))
          return file.load()
        },
      }),
    )
    loads = 0
    const ask = (count: number) => Promise.all(Array.from({ length: count }, () => held.stillMine()))
    expect(await ask(5)).toEqual(Array(5).fill(true))
    expect(loads).toBe(1)
    // The next ones do not take an answer that came before them.
    file.put(heldBy(LAPTOP))
    expect(await ask(2)).toEqual([false, false])
    expect(loads).toBe(2)
  })

  it('that cannot ask does not believe that it holds it', async () => {
    const file = memoryFile()
    const held = await take(
      lockOn({
        ...file,
        load: async () => {
          if (file.saves() > 0) throw new Error('no connection')
          return file.load()
        },
      }),
    )
    await expect(held.stillMine()).rejects.toThrow('no connection')
  })
})

describe('work under the lock', () => {
  it('gives it back also where it fails', async () => {
    const file = memoryFile()
    const lock = lockOn(file)
    const failing = whileHeld(
      await take(lock),
      () => Promise.reject(new Error('no luck')),
      () => undefined,
    )
    await expect(failing).rejects.toThrow('no luck')
    expect((await lock.look()).holder).toBeUndefined()
  })

  it('keeps its result where the lock cannot be given back', async () => {
    const file = memoryFile()
    const broken = {
      ...file,
      save: async (text: string, expected: string) => {
        if (file.saves() > 0) throw new Error('no connection')
        return file.save(text, expected)
      },
    }
    const lock = lockOn(broken)
    const held = await lock.acquire({ timeoutMs: 0, seen: '0' })
    const told: string[] = []
    expect(
      await whileHeld(
        held,
        async () => 42,
        (message) => void told.push(message),
      ),
    ).toBe(42)
    expect(told).toEqual([expect.stringContaining('could not be given back: no connection')])
  })

  it('tells where it was lost meanwhile', async () => {
    const file = memoryFile()
    const held = await take(lockOn(file))
    file.put(heldBy(LAPTOP))
    const told: string[] = []
    await whileHeld(
      held,
      async () => 42,
      (message) => void told.push(message),
    )
    expect(told).toEqual(['The lock was taken over by another run before this one ended.'])
  })
})
