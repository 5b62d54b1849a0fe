import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { META, ownerAnswer } from '../support/answers.ts'
import { CLI } from '../support/cli.ts'
import { answerJson, type Reaction, serve } from '../support/scripted-server.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const MOST_MB = 300

/**
 * Ends with a line that has the most memory of the process, in KiB. The system's own count of it begins with the memory
 * of the parent process, so that on Linux another one is taken.
 */
const TELLS = `process.on('exit', () => {
  let most = process.resourceUsage().maxRSS
  try {
    most = /VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]
  } catch {}
  process.stderr.write('\\nresident ' + most + '\\n')
})\n`

const ORGANIZATIONS = ['a', 'b', 'c', 'd', 'e', 'f']

/** Plans for six organizations whose lists of secrets are answered so, in a process of its own. */
async function planned(
  answer: Reaction,
): Promise<{ readonly code: number; readonly megabytes: number; readonly said: string }> {
  const server = await serve((request, response) => {
    const { path } = request
    if (path.includes('/secrets')) answer(request, response)
    else if (path === '/meta') answerJson(response, 200, META)
    else if (path.includes('/repos')) answerJson(response, 200, [])
    else answerJson(response, 200, ownerAnswer(path.slice('/orgs/'.length), { plan: { name: 'enterprise' } }))
  })
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const owners = ORGANIZATIONS.map((name) => `  ${name}: { secrets: { S: {} } }\n`).join('')
  await writeFile(join(folder, 'octoform.yaml'), `version: 1\norganizations:\n${owners}`)
  await writeFile(join(folder, 'tells.cjs'), TELLS)
  const args = ['--require', join(folder, 'tells.cjs'), CLI, 'plan', '--api-url', server.url]
  const env = { OCTOFORM_TOKEN: 'token-of-an-owner', PATH: process.env.PATH }
  return new Promise((done) => {
    const child = execFile(process.execPath, args, { cwd: folder, env, timeout: 100_000 }, (_, stdout, stderr) => {
      const kilobytes = Number(/resident (\d+)/.exec(stderr)?.[1])
      done({ code: child.exitCode ?? -1, megabytes: kilobytes / 1024, said: stdout + stderr })
    })
  })
}

function repeated(status: number, head: string, unit: string, bytes: number): Reaction {
  return (_, response) => {
    response.writeHead(status, JSON_TYPE).write(head)
    const chunk = unit.repeat(Math.ceil(65_536 / unit.length))
    let left = bytes
    const pump = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length
        if (!response.write(chunk)) {
          response.once('drain', pump)
          return
        }
      }
      response.end()
    }
    pump()
  }
}

/** A stream of gzip may be made of many. */
const packed = Buffer.concat(Array<Buffer>(1000).fill(gzipSync(Buffer.alloc(1_000_000, ' '))))

type Row = readonly [what: string, answer: Reaction, says: string]

/** Answers that are much larger than the part that is kept. */
export const UNFOLDING: readonly Row[] = [
  [
    'a gigabyte in gzip',
    (_, response) => void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(packed),
    'larger than 32 MiB',
  ],
  ['an error body of 100 MB', repeated(403, '{"message":"', 'm', 100_000_000), '403, no message'],
]

/** Answers that use the whole allowance of one. */
export const LARGEST: readonly Row[] = [
  ['31 MiB of blanks', repeated(200, '', ' ', 31 * 2 ** 20), 'JSON but nothing'],
  ['31 MiB of empty lists', repeated(200, '[[]', ',[]', 31 * 2 ** 20), 'holds more than 1000000 values'],
]

/** Plans against servers that answer so, and looks at the most memory that the process had. */
export function describeMemory(rows: readonly Row[]): void {
  it.each(rows)(
    '%s takes less than 300 MB',
    async (_, answer, says) => {
      const { code, megabytes, said } = await planned(answer)
      expect(said).toContain(says)
      expect(code).toBe(5)
      expect(megabytes).toBeGreaterThan(10)
      expect(megabytes).toBeLessThan(MOST_MB)
    },
    120_000,
  )
}
