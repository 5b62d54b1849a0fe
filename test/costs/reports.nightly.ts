import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { startSandboxProcess } from '../support/cli.ts'
import { type Measured, measure } from './measure.ts'
import { REPORTS, type ReportShape, reportWorld } from './reports.ts'

/** Work that is in proportion has an exponent of 1. */
const MOST = 1.1
const [SMALL, LARGE] = [1000, Number(process.env.LARGE ?? 10_000)]
const MINUTES = 40
/** In MiB: hygiene of 10,000 repositories took 500 at its first measurement, the others up to 381. */
const MOST_MEMORY = 700

const rows: string[] = []

it.each(Object.entries(REPORTS))(
  'costs in proportion: %s',
  async (name, shape) => {
    const start = await measure({}, ['--version'])
    const [small, large] = [await costOf(shape, SMALL), await costOf(shape, LARGE)]
    const exponent = (of: 'seconds' | 'megabytes'): number =>
      Math.log((large[of] - start[of]) / (small[of] - start[of])) / Math.log(LARGE / SMALL)
    const [time, memory] = [exponent('seconds'), exponent('megabytes')]
    rows.push(
      `${name.padEnd(46)} ${shown(small)} ${shown(large)}  CPU n^${time.toFixed(2)}, memory n^${memory.toFixed(2)}`,
    )
    expect(time).toBeLessThanOrEqual(MOST)
    expect(memory).toBeLessThanOrEqual(MOST)
    expect(large.megabytes).toBeLessThanOrEqual(MOST_MEMORY)
  },
  MINUTES * 60_000,
)

afterAll(() => void process.stdout.write(`${rows.join('\n')}\n`))

async function costOf(shape: ReportShape, count: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'github.yaml'), reportWorld(count))
  const sandbox = await startSandboxProcess(['--seed', 'github.yaml', '--product', 'ghec'], folder)
  const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'reports' }
  const timeout = (MINUTES * 60_000) / 2
  const measured = await measure(shape.files?.(count) ?? {}, shape.args(count), { env, timeout })
  await sandbox.end('SIGTERM')
  expect({ code: measured.code, said: measured.said.slice(0, 300) }).toMatchObject({ code: 0 })
  return measured
}

function shown({ seconds, elapsed, megabytes }: Measured): string {
  return `${seconds.toFixed(1).padStart(6)} s (${elapsed.toFixed(0)} s) ${megabytes.toFixed(0).padStart(5)} MB`
}
