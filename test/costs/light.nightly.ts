import { resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SHAPES } from './growth.ts'
import { type Measured, measure } from './measure.ts'

const TIMES = Number(process.env.TIMES ?? 3)
const rows: string[] = []

afterAll(() => void process.stdout.write(`${rows.join('\n')}\n`))

/** Reads the file with the YAML library, and does nothing else. */
const PARSES = `const { parse } = require(${JSON.stringify(resolve('node_modules/yaml'))})
parse(require('node:fs').readFileSync('octoform.yaml', 'utf8'))`

describe('validate takes at most twice what parsing its YAML takes', () => {
  it.each([
    ['an entry for each repository', 10_000],
    ['an organization for ten repositories', 10_000],
  ])('%s, %i repositories', async (name, count) => {
    const files = SHAPES[name]?.files(count) ?? expect.unreachable()
    let [parsing, validating] = [Infinity, Infinity]
    for (let time = 0; time < TIMES; time += 1) {
      parsing = Math.min(parsing, (await measure(files, [], { program: ['-e', PARSES] })).seconds)
      const { code, seconds } = await measure(files, ['validate'])
      expect(code).toBe(0)
      validating = Math.min(validating, seconds)
    }
    const ratio = validating / parsing
    rows.push(
      `${name}: parsing ${parsing.toFixed(2)} s, validate ${validating.toFixed(2)} s of CPU: ${ratio.toFixed(2)} times`,
    )
    expect(ratio).toBeLessThanOrEqual(2)
  })
})

describe('a command that has little to do takes little more than Node itself', () => {
  const files = {
    'octoform.yaml':
      'version: 1\norganizations:\n  acme:\n    secrets: { A: { visibility: all, value: { env: V } } }\n',
  }

  it.each([
    ['--help', 0.06],
    ['validate', 0.15],
  ])('%s, at most %f s', async (arg, most) => {
    const [empty, own] = [{ ...NEVER }, { ...NEVER }]
    for (let time = 0; time < 8 * TIMES; time += 1) {
      keepLeast(empty, await measure(files, [], { program: ['-e', '0'] }))
      keepLeast(own, await measure(files, [arg]))
    }
    const [wall, cpu] = [own.elapsed - empty.elapsed, own.seconds - empty.seconds]
    rows.push(
      `${arg}: ${shown(own.elapsed)} ms, ${shown(wall)} more than node -e 0, ${shown(cpu)} more of CPU, the least of ${8 * TIMES}`,
    )
    // Node compiles and collects beside it, so that CPU is more than a clock shows; under other load the clock shows more.
    expect(Math.min(wall, cpu)).toBeLessThanOrEqual(most)
  })
})

type Times = Pick<Measured, 'elapsed' | 'seconds'>
const NEVER: Times = { elapsed: Infinity, seconds: Infinity }

function keepLeast(least: { -readonly [key in keyof Times]: number }, { elapsed, seconds }: Times): void {
  least.elapsed = Math.min(least.elapsed, elapsed)
  least.seconds = Math.min(least.seconds, seconds)
}

function shown(seconds: number): string {
  return (1000 * seconds).toFixed(0)
}
