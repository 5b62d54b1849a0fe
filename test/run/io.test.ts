import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { withHiding } from '../../src/run/io.ts'
import { printingWorld } from '../support/printing-world.ts'

it('a document is made as fast as it is read', async () => {
  const turns: (() => void)[] = []
  const { world, printed } = printingWorld({
    env: {},
    cwd: '.',
    stdoutReady: () => new Promise((done) => turns.push(done)),
  })
  const changes = Array.from({ length: 100 }, (_, index) => index)
  const printing = withHiding(world).json({ changes })
  await setImmediate()
  expect(printed().stdout).toBe('{\n  "changes": ')
  let ended = false
  void printing.then(() => {
    ended = true
  })
  while (!ended) {
    turns.pop()?.()
    await setImmediate()
  }
  expect(JSON.parse(printed().stdout)).toEqual({ changes })
})

it('a value with nothing to hide is cleaned as it is, and any other as a copy', () => {
  const { world } = printingWorld({ env: { OCTOFORM_TOKEN: 'token-of-an-owner' }, cwd: '.' })
  const io = withHiding(world)
  const names = ['web', 'mail']
  const plain = { gains: names, loses: names }
  expect(io.cleaned(plain)).toBe(plain)
  const told = { note: 'of token-of-an-owner', names }
  expect(io.cleaned(told)).toEqual({ note: 'of ***', names })
  expect(told.note).toBe('of token-of-an-owner')
})

it('a question shows what is in it, hides what is to be hidden, and takes the place of the line of progress', async () => {
  const shown: string[] = []
  const put = (text: string): Promise<string> => Promise.resolve(String(shown.push(text)))
  const { world } = printingWorld({ env: { OCTOFORM_TOKEN: 'token-of-an-owner' }, cwd: '.', errorColumns: 30 })
  const io = withHiding({ ...world, status: (text) => void put(`> ${text}`), ask: put, askHidden: put })
  for (const ask of [io.ask, io.askHidden]) {
    io.status?.('reading')
    await ask?.('Remove \u202e\u001b[2Jrunner of token-of-an-owner, and more? ')
    expect(shown.splice(0)).toEqual([
      '> reading',
      '> ',
      expect.stringMatching(/^Remove \\u\{202e\}\\u\{1b\}\[2Jrunner\n *of \*\*\*, and more\? $/),
    ])
  }
})
