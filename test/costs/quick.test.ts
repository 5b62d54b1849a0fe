import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { QUICK } from './attacks.ts'
import { realConfiguration } from './real.ts'

/** In seconds, of the processor: with the costs of the tests around it, on a slow machine. */
const MOST = 5

async function cost(files: Readonly<Record<string, string>>, args: readonly string[]) {
  const place = await workplace({ url: 'http://127.0.0.1:9' }, files)
  const started = process.cpuUsage()
  const ran = await place.run(args)
  const { user, system } = process.cpuUsage(started)
  return { ...ran, seconds: (user + system) / 1e6 }
}

describe('what a configuration may cost', () => {
  it.each(Object.entries(QUICK))('%s', async (_, { files, args = ['validate'], says }) => {
    const { code, stdout, stderr, seconds } = await cost(files(), args)
    expect({ code, said: stdout + stderr }).toMatchObject({ code: 1, said: expect.stringMatching(says) })
    expect(seconds).toBeLessThan(MOST)
  })

  it('of 2,000 repositories and 50 sets is nothing to speak of', async () => {
    const { code, stdout, seconds } = await cost({ 'octoform.yaml': realConfiguration(2000, 50) }, ['validate'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'The configuration is valid.\n' })
    expect(seconds).toBeLessThan(MOST)
  })
})
