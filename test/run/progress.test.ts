import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withHiding } from '../../src/run/io.ts'
import { startProgress } from '../../src/run/progress.ts'
import type { Step } from '../../src/run/progress-text.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** What is printed while a step goes on, each second by this many requests. */
function shown(at: 'terminal' | 'log', seconds: number, step: Step, aSecond = 10): readonly string[] {
  const printed: string[] = []
  const status = at === 'terminal' ? { status: (text: string) => void printed.push(`> ${text}`) } : {}
  const state = { ...step }
  const progress = startProgress({ note: (text) => void printed.push(text), ...status }, () => state)
  for (let second = 0; second < seconds; second += 1) {
    state.done += aSecond
    vi.advanceTimersByTime(1000)
  }
  progress.end()
  vi.advanceTimersByTime(60_000)
  return printed
}

const SHORT = { label: 'reading acme', done: 0, total: 400 }

describe('progress', () => {
  it('at a terminal is a line that is rewritten each second, and gone in the end', () => {
    expect(shown('terminal', 2, SHORT)).toEqual([
      '> reading acme 10/400 · 10/s · about 39 s',
      '> reading acme 20/400 · 10/s · about 38 s',
      '> ',
    ])
  })

  it('elsewhere is a line each 15 seconds', () => {
    expect(shown('log', 31, SHORT)).toEqual([
      'reading acme 150/400 · 10/s · about 25 s\n',
      'reading acme 300/400 · 10/s · about 10 s\n',
    ])
  })

  it('says nothing twice where nothing goes on', () => {
    expect(shown('log', 46, { ...SHORT, total: undefined }, 0)).toEqual(['reading acme 0\n'])
  })

  it('of a step that is over within a second is nothing', () => {
    expect(shown('log', 0, SHORT)).toEqual([])
    expect(shown('terminal', 0, SHORT)).toEqual(['> '])
  })

  it('tells about how many requests a long run takes, before it goes on', () => {
    expect(shown('log', 14, { ...SHORT, total: 3012 })).toEqual(['reading acme: about 3,012 requests\n'])
    expect(shown('log', 14, { ...SHORT, total: undefined })).toEqual([])
  })
})

describe('the line at a terminal', () => {
  it('goes before anything else is printed, and is cleaned as that is', () => {
    const printed: string[] = []
    const put = (mark: string) => (text: string) => void printed.push(`${mark}${text}`)
    const io = withHiding({
      env: { OCTOFORM_TOKEN: 'planted-token' },
      cwd: '.',
      stdout: put('out '),
      stderr: put('err '),
      status: put('> '),
      ask: undefined,
      colour: 'plain',
      stdin: () => Promise.resolve(new Uint8Array()),
      stopped: () => new Promise(() => {}),
    })
    io.stderr('a\n')
    io.status?.('reading planted-token 1/2')
    io.stdout('b\n')
    io.stdout('c\n')
    io.status?.('reading 2/2')
    io.stderr('d\n')
    expect(printed).toEqual([
      'err a\n',
      expect.stringMatching(/^> reading \S+ 1\/2$/),
      '> ',
      'out b\n',
      'out c\n',
      '> reading 2/2',
      '> ',
      'err d\n',
    ])
    expect(printed.join('')).not.toContain('planted-token')
  })
})
