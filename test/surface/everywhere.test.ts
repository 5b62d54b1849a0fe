import { describe, expect, it } from 'vitest'
import { has } from '../../src/github/endpoints.ts'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { withSandbox } from '../support/sandbox.ts'
import { LINES, SEED } from './command-lines.ts'

const FORCE = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel'

/** The products of the four pages, and the newest server. */
const PRODUCTS = ['ghes-2.22', 'ghae-2021', 'ghae', 'ghes-3.19']

describe.each(PRODUCTS)('on %s', (product) => {
  it('each command is done, or says what the product lacks without a request', async () => {
    const { clock } = instantClock()
    let asked: string[] = []
    const sandbox = await withSandbox({
      seed: { ...SEED, product },
      clock: () => clock.now(),
      onExchange: ({ method, path, requestHeaders }) => {
        if (requestHeaders['user-agent']?.startsWith('octoform/')) asked.push(`${method} ${path}`)
      },
    })
    const place = await workplace(sandbox, {}, { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' })
    const flag = product === 'ghae-2021' ? ['--product', product] : []
    const counts = { done: 0, lacked: 0 }
    // A run that ends only when it is forced to goes on where nothing forces it.
    const lines = (LINES.ghec ?? []).filter((line) => !line.startsWith('yes ') || has(product, FORCE))
    for (const line of lines) {
      asked = []
      const isAnswered = line.startsWith('yes ')
      const words = line.replace(/^yes /, '').split(' ')
      const answer = isAnswered ? { answer: 'yes' } : {}
      const { code, stderr } = await place.run([...words, ...flag, ...(isAnswered ? [] : ['--yes'])], {
        clock,
        ...answer,
      })
      if (code === 0) counts.done += 1
      else {
        expect(`${line}: ${stderr}`).toMatch(/(has no|does not know) .*Nothing was sent\./)
        expect(asked.filter((each) => each !== 'GET /meta')).toEqual([])
        counts.lacked += 1
      }
    }
    expect(counts.done).toBeGreaterThan(20)
  }, 120_000)
})
