import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { openSpool } from '../../src/operate/spool.ts'

const files = async (): Promise<number> =>
  (await readdir(tmpdir())).filter((name) => /^octoform-[\da-f-]{36}$/.test(name)).length

async function poured(most: number, work: (spool: ReturnType<typeof openSpool>) => Promise<void>): Promise<string> {
  const spool = openSpool(most)
  let text = ''
  try {
    await work(spool)
    await spool.pour(async (piece) => {
      text += piece
    })
  } finally {
    await spool.close()
  }
  return text
}

describe.each([
  ['in memory', 1e6],
  ['in a file', 10],
])('text that is kept %s', (_, most) => {
  it('comes back as it was, letters of several bytes too', async () => {
    const words = Array.from({ length: 500 }, (_, index) => `wort ${index} é 語 🙂 `)
    const text = await poured(most, async (spool) => {
      for (const word of words) await spool.add(word)
    })
    expect(text).toBe(words.join(''))
  })

  it('is cut where it was whole', async () => {
    const text = await poured(most, async (spool) => {
      await spool.add('kept for good ')
      const whole = spool.length()
      await spool.add('a part that is more than fits, and ')
      await spool.add('é')
      await spool.cut(whole)
      expect(spool.length()).toBe(whole)
      await spool.add('and the rest')
    })
    expect(text).toBe('kept for good and the rest')
  })
})

it('text that goes over the piece of a reader is not cut within a letter', async () => {
  const long = 'é'.repeat(300_000)
  const add = (spool: ReturnType<typeof openSpool>): Promise<void> => spool.add(`x${long}`)
  expect(await poured(1e9, add)).toBe(`x${long}`)
  expect(await poured(10, add)).toBe(`x${long}`)
})

it('nothing of it stays behind, nor has a name while it is open', async () => {
  const before = await files()
  await poured(10, async (spool) => {
    await spool.add('more than ten bytes')
    expect(await files()).toBe(before)
  })
  expect(await files()).toBe(before)
})
