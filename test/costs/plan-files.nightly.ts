import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startSandboxProcess } from '../support/cli.ts'
import { type Measured, measure } from './measure.ts'

const digits = (index: number, count: number): string => String(index).padStart(count, '0')
const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

const SECRETS = 1000
/** Each secret leaves five tens of them out, so that it is for 900. */
const REPOSITORIES = 950
const TENS = REPOSITORIES / 10
/** From each ten that is left out to the next: no two secrets have the same list. */
const STEPS = [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13]

function leftOut(secret: number): string {
  const step = STEPS[Math.floor(secret / TENS)] ?? 1
  return times(5, (index) => `, "!service-${digits((secret + index * step) % TENS, 2)}*"`)
}

const CONFIGURATION = `version: 1\norganizations:\n  acme:\n    secrets:\n${times(
  SECRETS,
  (index) => `      SECRET_${index}: { value: { env: VALUE }, repositories: ["service-*"${leftOut(index)}] }\n`,
)}`
const SEED = `organizations:\n  acme:\n    repositories:\n${times(
  REPOSITORIES,
  (index) => `      service-${digits(index, 3)}: { visibility: ${index % 3 === 0 ? 'public' : 'private'} }\n`,
)}`

/** Planning and saving took 366 on a machine with much other load: when garbage is collected decides. */
const MOST_MEGABYTES = { plan: 400, show: 400 }
const MINUTES = 20

it(
  'a plan of 1,000 secrets for 900 repositories each is small, and neither writing nor reading it takes much memory',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'github.yaml'), SEED)
    const { url } = await startSandboxProcess(['--seed', 'github.yaml', '--product', 'ghec'], folder)
    const env = { GITHUB_API_URL: url, OCTOFORM_TOKEN: 'plan-files', VALUE: 'planted' }
    const path = join(folder, 'plan.json')
    const run = async (...args: string[]): Promise<Measured> => {
      const measured = await measure({ 'octoform.yaml': CONFIGURATION }, args, { env, timeout: MINUTES * 60_000 })
      const { seconds, megabytes, said } = measured
      process.stdout.write(
        `${args.join(' ').replace(path, 'PLAN')}: ${seconds.toFixed(1)} s of CPU, ${megabytes.toFixed(0)} MB, ${said.length} characters\n`,
      )
      expect(measured.code).toBe(0)
      return measured
    }
    const written = await run('plan', '--out', path)
    const { size } = await stat(path)
    process.stdout.write(`the file: ${(size / 1e6).toFixed(1)} MB\n`)
    expect(size).toBeLessThanOrEqual(20e6)
    for (const format of ['text', 'json', 'markdown', 'html']) {
      expect((await run('show', path, '--format', format)).megabytes).toBeLessThanOrEqual(MOST_MEGABYTES.show)
    }
    expect((await run('show', path, '--verbose')).megabytes).toBeLessThanOrEqual(MOST_MEGABYTES.show)
    expect(written.megabytes).toBeLessThanOrEqual(MOST_MEGABYTES.plan)
  },
  MINUTES * 60_000,
)
