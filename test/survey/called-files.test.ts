import { expect, it } from 'vitest'
import type { ActionsUsed } from '../../src/survey/actions-used.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const W = '.github/workflows'
const caller = { files: { main: { [`${W}/a.yml`]: `jobs: { a: { uses: acme/lib/${W}/f.yml@v1 } }\n` } } }
const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        api: caller,
        lib: {
          branches: { main: 'c'.repeat(40), v1: 'd'.repeat(40) },
          files: {
            v1: {
              [`${W}/f.yml`]: `jobs: { a: { uses: ./${W}/g.yml }, b: { uses: acme/more/${W}/h.yml@v1 } }\n`,
              [`${W}/g.yml`]: 'jobs: { a: { steps: [{ uses: octo/inner@v1 }, { <<: {} }] } }\n',
            },
          },
        },
        more: {},
        web: caller,
      },
    },
  },
}

it('a repository keeps the workflows that it calls, whichever repository of the reading they were read for', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, {})
  const report = async (...args: readonly string[]) => {
    const { code, stdout } = await place.run(['report', 'actions-used', '--format', 'json', ...args])
    const { uses, faults, not_read } = JSON.parse(stdout) as ActionsUsed
    return { code, uses, faults, not_read }
  }
  await report('orgs/acme', '--save', 'all.json', '--parallelism', '1')
  for (const name of ['acme/api', 'acme/web', 'acme/lib']) {
    const fresh = await report(name)
    expect(await report(name, '--from', 'all.json'), name).toEqual(fresh)
    const isCalled = fresh.uses.some(({ uses }) => uses === 'octo/inner@v1')
    expect([isCalled, fresh.faults.length, fresh.not_read.length]).toEqual(
      name === 'acme/lib' ? [false, 0, 0] : [true, 1, 1],
    )
  }
})
