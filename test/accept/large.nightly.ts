import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { withSandbox } from '../support/sandbox.ts'

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

/** A file in which so many repositories have an entry, each other than GitHub has it. */
const STYLES: Readonly<Record<string, (count: number) => string>> = {
  block: (count) =>
    range(count)
      .map((index) => `      r${index}:\n        permissions:\n          allowed_actions: local_only # as agreed\n`)
      .join(''),
  flow: (count) =>
    range(count)
      .map((index) => `      r${index}: { permissions: { allowed_actions: local_only } }\n`)
      .join(''),
  'a list': (count) =>
    `      r0: {}\n    permissions:\n      enabled_repositories: selected\n      repositories:\n${range(count)
      .map((index) => `        - r${index}\n`)
      .join('')}`,
}

async function accepted(style: string, count: number) {
  const isList = style === 'a list'
  const own = (index: number): object => ({
    permissions: isList ? { enabled: index % 2 === 0 } : { allowed_actions: 'all' },
  })
  const repositories = Object.fromEntries(range(count).map((index) => [`r${index}`, isList ? {} : own(index)]))
  const permissions = isList
    ? {
        permissions: {
          enabled_repositories: 'selected',
          repositories: range(count)
            .filter((index) => index % 2 === 0)
            .map((index) => `r${index}`),
        },
      }
    : {}
  const sandbox = await withSandbox({ seed: { organizations: { acme: { repositories, ...permissions } } } })
  const yaml = `version: 1\norganizations:\n  acme:\n    repositories:\n${STYLES[style]?.(count)}`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const started = process.cpuUsage()
  const ran = await place.run(['drift', '--accept'])
  const { user, system } = process.cpuUsage(started)
  return { ...ran, seconds: (user + system) / 1e6 }
}

/** What grows by the square takes sixteen times as long for four times as much; reading takes its part of both. */
describe('drift --accept of a large file', () => {
  it.each(Object.keys(STYLES))('%s: four times as many differences take in proportion', async (style) => {
    await accepted(style, 50)
    const small = await accepted(style, 500)
    const large = await accepted(style, 2000)
    process.stdout.write(
      `${style.padEnd(8)} ${small.seconds.toFixed(1)} s, ${large.seconds.toFixed(1)} s, exit ${large.code}\n`,
    )
    expect(large.code).toBe(small.code)
    expect(large.stdout).toContain('+++ ')
    expect(large.seconds).toBeLessThan(Math.max(8 * small.seconds, 5))
  })
})
