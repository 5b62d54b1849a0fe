import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { startSandboxProcess } from '../support/cli.ts'
import { SHAPES, type Shape } from './growth.ts'
import { type Measured, measure } from './measure.ts'

/** Work that is in proportion has an exponent of 1. */
const MOST = 1.1
const [SMALL, LARGE] = [1000, 10_000]
/** The least of several counts: other load on the machine only adds. */
const TIMES = Number(process.env.TIMES ?? 3)

/** An import asks several times for each of 10,000 repositories. */
const MINUTES = 40

const rows: string[] = []

it.each(Object.entries(SHAPES))(
  'costs in proportion: %s',
  async (name, shape) => {
    const start = await least(() => measure({}, ['--version']))
    const [small, large] = [await costOf(shape, SMALL), await costOf(shape, LARGE)]
    const exponent = (of: 'seconds' | 'megabytes'): number =>
      Math.log10((large[of] - start[of]) / (small[of] - start[of])) / Math.log10(LARGE / SMALL)
    const [time, memory] = [exponent('seconds'), exponent('megabytes')]
    rows.push(
      `${name.padEnd(42)} ${shown(small)} ${shown(large)}  CPU n^${time.toFixed(2)}, memory n^${memory.toFixed(2)}`,
    )
    expect(time).toBeLessThanOrEqual(MOST)
    expect(memory).toBeLessThanOrEqual(MOST)
  },
  MINUTES * 60_000,
)

afterAll(() => void process.stdout.write(`${rows.join('\n')}\n`))

type Cost = Pick<Measured, 'seconds' | 'megabytes'>

async function costOf(shape: Shape, count: number): Promise<Cost> {
  const seed = shape.seed?.(count)
  const env = seed === undefined ? {} : await worldOf(seed)
  return least(async () => {
    const measured = await measure(shape.files(count), shape.args(count), {
      env,
      timeout: (MINUTES * 60_000) / (2 * TIMES),
    })
    expect({ code: measured.code, said: measured.said.slice(0, 300) }).toMatchObject({ code: 0 })
    return measured
  })
}

/** The environment of a run against this world, which a sandbox in a process of its own serves. */
async function worldOf(seed: string): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'github.yaml'), seed)
  const { url } = await startSandboxProcess(['--seed', 'github.yaml', '--product', 'ghec'], folder)
  return { GITHUB_API_URL: url, OCTOFORM_TOKEN: 'growth' }
}

async function least(run: () => Promise<Measured>): Promise<Cost> {
  const all: Measured[] = []
  for (let time = 0; time < TIMES; time += 1) all.push(await run())
  return {
    seconds: Math.min(...all.map(({ seconds }) => seconds)),
    megabytes: Math.min(...all.map(({ megabytes }) => megabytes)),
  }
}

function shown({ seconds, megabytes }: Cost): string {
  return `${seconds.toFixed(2).padStart(6)} s ${megabytes.toFixed(0).padStart(5)} MB`
}
