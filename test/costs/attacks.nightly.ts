import { afterAll, describe, expect, it } from 'vitest'
import { ATTACKS } from './attacks.ts'
import { type Measured, measure } from './measure.ts'

const rows: string[] = []

describe('what a configuration may cost', () => {
  it.each(Object.entries(ATTACKS))('%s', async (name, { files, args = ['validate'], exit, says }) => {
    const measured = await measure(files(), args)
    rows.push(row(name, measured))
    process.stdout.write(`${rows.at(-1)} ${measured.said.slice(0, 300)}\n`)
    expect({ code: measured.code, said: measured.said.slice(0, 2000) }).toMatchObject({
      code: exit,
      said: expect.stringMatching(says),
    })
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
