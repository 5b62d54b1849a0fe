import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { SMALL_SEED, SMALL_VALUE, SMALL_YAML } from '../support/small-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

describe.each(['text', 'json', 'markdown', 'html'] as const)('--format %s', (format) => {
  it('is the same for plan and for show, offline, and stands alone on stdout', async () => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, { NEW: SMALL_VALUE })
    const planned = await place.run(['plan', '--out', 'plan.json', '--format', format])
    expect(planned.code).toBe(0)
    const asked = sandbox.asked.length
    const shown = await place.run(['show', 'plan.json', '--format', format])
    expect(sandbox.asked).toHaveLength(asked)
    const withoutOrigin = (text: string): string =>
      text.replaceAll(/octoform\.yaml|plan\.json/g, 'FILE').replace(/<div><dt>Made at<\/dt>.*?<\/div>/, '')
    expect(withoutOrigin(shown.stdout)).toBe(withoutOrigin(planned.stdout))
    if (format === 'html') expect(planned.stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/)
    if (format === 'json') expect(JSON.parse(planned.stdout)).toHaveProperty('changes')
    if (format === 'text' || format === 'markdown') expect(planned.stdout).toMatch(/Plan: \d+ to add/)
    expect(planned.stdout).not.toContain(SMALL_VALUE)
  })

  it('words drift as drift', async () => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, { NEW: SMALL_VALUE })
    const { code, stdout } = await place.run(['drift', '--format', format])
    expect(code).toBe(2)
    if (format !== 'json') expect(stdout).toMatch(/Drift: \d+ to add/)
  })
})

it('a page is not broken by a value that is also a word of its markup', async () => {
  const sandbox = await watchedSandbox({ seed: SMALL_SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, { NEW: 'style' })
  await place.run(['apply', '--auto-approve'])
  const { stdout } = await place.run(['plan', '--format', 'html'])
  expect(stdout).toContain('<style>')
})
