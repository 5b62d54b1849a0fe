import { afterAll, describe, expect, it } from 'vitest'
import { ATTACKS } from './attacks.ts'
import { type Measured, measure } from './measure.ts'

const rows: string[] = []

describe('what a configuration may cost', () => {
  it.each(Object.entries(ATTACKS))('%s', async (name, { files, args = ['validate'], done }) => {
    const measured = await measure(files(), args)
    rows.push(row(name, measured))
    // Done, or refused with the reason: never ended by a signal, and never a bug.
    expect(done ? [0] : [0, 1]).toContain(measured.code)
    expect(measured.said).toMatch(
      measured.code === 0 ? /^(The configuration is valid|Plan: |No changes)|^repos\//m : /error/,
    )
    expect(measured.said).not.toMatch(/bug/i)
    expect(measured.seconds).toBeLessThan(5)
    expect(measured.megabytes).toBeLessThan(400)
  })
})

afterAll(() => void process.stdout.write(`${rows.join('\n')}\n`))

function row(name: string, { bytes, code, seconds, megabytes }: Measured): string {
  return [
    name.padEnd(62),
    String(bytes).padStart(10),
    code,
    seconds.toFixed(1).padStart(6),
    megabytes.toFixed(0).padStart(5),
  ].join(' ')
}
