import { EventEmitter } from 'node:events'
import { clearLine, cursorTo, moveCursor } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { turningLine } from '../../src/run/turning-line.ts'
import { workplace } from '../support/octoform.ts'
import { atTerminal, hasTerminal } from '../support/terminal.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

beforeEach(() => {
  vi.stubEnv('CI', undefined)
  vi.stubEnv('TERM', 'xterm')
})
afterEach(() => void vi.unstubAllEnvs())

/** A terminal that keeps all that is written to it, and can be made narrower. */
function terminal(columns: number) {
  const written: string[] = []
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    write: (text: string) => written.push(text) > 0,
    cursorTo: (x: number) => cursorTo(stream as never, x),
    clearLine: (direction: -1 | 0 | 1) => clearLine(stream as never, direction),
    moveCursor: (dx: number, dy: number) => moveCursor(stream as never, dx, dy),
  })
  return { stream, written, line: turningLine(stream as never) }
}

/** The line is begun anew, and nothing is left behind it. */
const ERASED = '\u001b[1G\u001b[0K'

/** Sequences that hide the cursor, set any other mode of the terminal, colour, or go up into what others have printed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that each of them begins with
const UNWANTED = /\u001b\[(?:\?[^\u001b]*?[lh]|[\d;]*m|\d*A)/

describe('a line that turns', () => {
  it('is cut to the terminal with its sign, is rewritten, and is gone in the end', () => {
    const { line, written } = terminal(20)
    line('reading acme 1/240 · 3/s')
    line('reading 2')
    line('')
    expect(written.join('')).toBe(`⠋ reading acme 1/24${ERASED}⠋ reading 2${ERASED}`)
  })

  it('leaves the terminal, its streams and its signals as they are', () => {
    const { line, stream, written } = terminal(80)
    const { write } = stream
    const signals = process.eventNames().length
    line('reading')
    expect(stream.write).toBe(write)
    expect(process.eventNames()).toHaveLength(signals)
    line('')
    expect(stream.eventNames()).toEqual([])
    expect(written.join('')).not.toMatch(UNWANTED)
  })

  it('erases no line above for letters that take no column', () => {
    const { line, written } = terminal(10)
    line(`e${'\u0301'.repeat(40)}`)
    line('2')
    line('')
    expect(written.join('')).not.toMatch(UNWANTED)
  })

  it('is cut anew once the terminal is narrower', () => {
    const { line, stream, written } = terminal(80)
    line('reading acme')
    stream.columns = 10
    stream.emit('resize')
    expect(written.at(-1)).toMatch(/^. reading$/)
    line('')
  })
})

/** Plans at a terminal, whose first answers take so long that there is progress. */
async function planned(keys: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: {} } } })
  await sandbox.fault({ method: 'GET', delay_ms: 1900, nth: 1, times: 1 })
  const organization = 'organizations: { acme: { variables: {} } }'
  const { folder } = await workplace(sandbox, { 'octoform.yaml': `version: 1\n${organization}\n` })
  const at = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner', ...env }
  return atTerminal({ cwd: folder, env: at, args: 'plan --no-color', until: 'reading acme', keys })
}

describe.skipIf(!hasTerminal)('progress at a real terminal (skipped where `script` of util-linux is missing)', () => {
  it('turns while an answer is waited for, and is gone before what is printed', async () => {
    const shown = await planned([])
    const signs = [...shown.matchAll(/(.) reading acme 1 ·/gu)].map(([, sign]) => sign)
    expect(new Set(signs).size).toBeGreaterThan(3)
    const [last, ...rest] = shown.split(/(?=reading acme)/u).reverse()
    expect(rest.length).toBeGreaterThan(3)
    expect(last).toMatch(/^reading acme 1 .*\nNo changes\.\r\nexit 0\r\n$/s)
    expect(last?.split(ERASED)).toHaveLength(2)
    expect(shown).not.toMatch(UNWANTED)
  })

  it('ends with Ctrl-C, and the cursor is seen', async () => {
    const shown = await planned(['\u0003'])
    expect(shown.trimEnd()).toMatch(/ reading acme 1 · .*\^C$/)
    expect(shown).not.toMatch(UNWANTED)
  })

  it.each([{ CI: 'true' }, { TERM: 'dumb' }])('rewrites nothing with %o', async (env) => {
    expect(await planned([], env)).not.toContain('reading acme')
  })
})
