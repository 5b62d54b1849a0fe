import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { askHidden } from '../../src/run/ask-hidden.ts'
import { workplace } from '../support/octoform.ts'
import { atTerminal, hasTerminal } from '../support/terminal.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

/** A terminal that gives these chunks, one after the other; a number is a pause in milliseconds. */
function terminal(chunks: readonly (string | Buffer | number)[]) {
  const did: string[] = []
  const input = Object.assign(new EventEmitter(), {
    setRawMode(on: boolean) {
      did.push(on ? 'raw' : 'as before')
    },
    resume() {
      void type()
    },
    pause() {
      did.push('paused')
    },
  })
  const type = async (): Promise<void> => {
    for (const chunk of chunks) {
      if (typeof chunk === 'number') await new Promise((done) => setTimeout(done, chunk))
      else if (chunk === 'closed') input.emit('end')
      else input.emit('data', Buffer.from(chunk))
    }
  }
  return { input, did, output: { write: (text: string) => did.push(text) } }
}

const euro = Buffer.from('€')
const SEVERAL = /^the value that was pasted has several lines: give it on standard input/

describe('asking for what the terminal does not show', () => {
  it.each<[string, readonly (string | Buffer | number)[], string | undefined]>([
    ['letter by letter, then Enter', ['a', 'b', '1', '\r'], 'ab1'],
    ['pasted, then Enter', ['correct horse battery', '\r'], 'correct horse battery'],
    ['pasted with its line end', ['correct horse\r'], 'correct horse'],
    ['with a line end of two', ['one\r\n'], 'one'],
    ['with a line feed', ['one\n'], 'one'],
    ['Ctrl-D behind something', ['one', '\u0004'], 'one'],
    ['Ctrl-D at once', ['\u0004'], ''],
    ['Enter at once', ['\r'], ''],
    ['backspace', ['onf', '\u007f', 'e\r'], 'one'],
    ['the other backspace, in a chunk', ['onf\be\r'], 'one'],
    ['backspace over a letter of two units', ['a😀\u007fb\r'], 'ab'],
    ['more backspaces than letters', ['a\u007f\u007f\u007fb\r'], 'b'],
    ['Ctrl-U', ['wrong\u0015right\r'], 'right'],
    ['UTF-8 that comes in halves', [euro.subarray(0, 1), euro.subarray(1), 'ö\r'], '€ö'],
    ['arrows, function keys and the marks of a paste', ['a\u001b[D', '\u001bOP', '\u001b[200~b\u001b[201~\r'], 'ab'],
    ['a tab, and keys that mean nothing', ['a\tb\u0001\u001a\u0000\r'], 'a\tb'],
    ['Ctrl-C', ['one', '\u0003'], undefined],
    ['the end of the terminal', ['one', 'closed'], undefined],
  ])('%s', async (_, chunks, value) => {
    const { input, output, did } = terminal(chunks)
    expect(await askHidden({ input, output }, 'Value: ')).toBe(value)
    expect(did).toEqual(['raw', 'Value: ', 'as before', 'paused', '\n'])
    expect(input.eventNames()).toEqual([])
  })

  it.each([
    ['in one chunk', ['-----BEGIN\rMII\r-----END\r']],
    ['in two', ['-----BEGIN\r', 'MII\r-----END\r']],
    ['the rest a moment later', ['-----BEGIN\r', 10, 'MII\r', 10, '-----END\r']],
  ])('several lines are refused, and none is left for the shell: %s', async (_, chunks) => {
    const { input, output, did } = terminal(chunks)
    await expect(askHidden({ input, output }, 'Value: ')).rejects.toThrow(SEVERAL)
    expect(did).toEqual(['raw', 'Value: ', 'as before', 'paused', '\n'])
  })
})

/** Runs `seal` at a terminal of its own; types when it is asked, and gives all that the terminal showed. */
async function sealed(keys: readonly string[]): Promise<string> {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: {} } } })
  const { folder } = await workplace(sandbox, {})
  const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner' }
  const args = 'seal orgs/acme/secrets/X'
  return atTerminal({ cwd: folder, env, args, after: 'stty -a', until: 'Value for orgs/acme/secrets/X: ', keys })
}

describe.skipIf(!hasTerminal)('seal at a real terminal (skipped where `script` of util-linux is missing)', () => {
  it('shows nothing of the value, prints the box, and leaves the terminal as it was', async () => {
    const shown = await sealed(['plantex', '\u007f', 'd-wörd', '\r'])
    expect(shown).toMatch(/Value for orgs\/acme\/secrets\/X: \r\n[\s\S]*encrypted_value: \S+\r\nexit 0\r\n/)
    expect(shown).not.toMatch(/plant|rd-|wö|\*/)
    expect(shown).toMatch(/[^-]icanon[\s\S]*[^-]echo /)
  })

  it('Ctrl-C: exit 1, nothing sealed, the terminal as it was', async () => {
    const shown = await sealed(['plan', '\u0003'])
    expect(shown).toMatch(/Value for orgs\/acme\/secrets\/X: \r\nNothing was sealed\.\r\nexit 1\r\n/)
    expect(shown).toMatch(/[^-]icanon[\s\S]*[^-]echo /)
  })
})
