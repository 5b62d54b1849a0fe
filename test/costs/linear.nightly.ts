import { describe, expect, it } from 'vitest'
import { repeated } from '../../src/commands/repeated.ts'
import { governChanges } from '../../src/config/govern-changes.ts'
import { configurationOf, SHIPPED_CHECKS } from '../../src/config/load.ts'
import { parseFiles } from '../../src/config/parse.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import { checkOffline } from '../../src/engine/check-offline.ts'
import { families } from '../../src/families/index.ts'

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

async function configured(text: string) {
  const file = { name: 'octoform.yaml', path: '/octoform.yaml', real: '/octoform.yaml', folders: ['/'], text }
  const { configuration, problems } = configurationOf([file], parseFiles([file]), [], families, SHIPPED_CHECKS)
  expect(problems).toEqual([])
  if (configuration === undefined) throw new Error('it is whole')
  return configuration
}

const accepting = (from: number): Promise<Awaited<ReturnType<typeof configured>>> =>
  configured(
    `version: 1\naccept:\n${range(60_000)
      .map((index) => `  - acme/r${index + from}=${index + 1}\n`)
      .join('')}organizations: { acme: { secrets: {} } }\n`,
  )

/** Each takes many times as long where it is not in proportion to its input. */
describe('takes time in proportion', () => {
  function measured<Result>(work: () => Result): { readonly result: Result; readonly seconds: number } {
    const started = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(started)
    return { result, seconds: (user + system) / 1e6 }
  }

  it('what governs, beside another version of it', async () => {
    const [base, own] = [await accepting(0), await accepting(60_000)]
    const roots = { base: '/', own: '/' }
    const { result, seconds } = measured(() => governChanges(base, own, { families, policies: [] }, roots))
    expect(seconds).toBeLessThan(2)
    expect(result.map((line) => line.slice(0, 18))).toEqual(['`accept` lets in `', '`accept` lets in `'])
  })

  it('a flag that is given many times', () => {
    const { result, seconds } = measured(() => {
      let words: string[] | undefined
      for (const index of range(100_000)) words = repeated(`orgs/acme/secrets/S${index}`, words)
      return words
    })
    expect(seconds).toBeLessThan(2)
    expect(result).toHaveLength(100_000)
  })

  it('repositories that are held against the list of their organization', async () => {
    const names = range(20_000).map((index) => `r${index}`)
    const configuration = await configured(
      `version: 1\norganizations:\n  acme:\n    permissions: { enabled_repositories: selected, repositories: ["*", "!r7"] }\n` +
        `    repositories:\n${names.map((name) => `      ${name}: { permissions: { enabled: true } }\n`).join('')}`,
    )
    const { sections } = resolveOwner(configuration, 'acme', undefined, families)
    const { result, seconds } = measured(() => checkOffline(sections, families, undefined))
    expect(seconds).toBeLessThan(3)
    expect(result.onNames.map(({ told }) => told.message)).toEqual([
      "enabled: true is refused: the organization's list of repositories lacks it: see octoform.yaml:4:52",
    ])
  })
})
