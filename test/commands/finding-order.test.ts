import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORIES = { api: {}, web: {} }
const SEED = { organizations: { acme: { repositories: REPOSITORIES }, zeta: { repositories: REPOSITORIES } } }

/** The owners, the repositories and the keys of a member stand in another order than their addresses have. */
const FILES = {
  'conf/a.yaml': `version: 1
organizations:
  zeta:
    repositories:
      web:
        permissions: { sha_pinning_required: true, enabled: true }
      api:
        permissions: { enabled: true, sha_pinning_required: true }
    runner_groups:
      Default: absent
      late: { repositories: [web, gone], visibility: selected, selected_workflows: [], allows_public_repositories: false }
      early: { visibility: selected, repositories: ["none-*"], allows_public_repositories: false }
`,
  'conf/b.yaml': `organizations:
  acme:
    runner_groups:
      late: { visibility: selected, repositories: ["none-*", "no-*"] }
      early: { visibility: selected, repositories: ["none-*"] }
      Default: absent
    secrets:
      Z: {}
      A: {}
`,
}

/** The places that a text names, in its order. */
const placesIn = (text: string): readonly string[] => [...new Set(text.match(/conf\/[ab]\.yaml:\d+:\d+/g) ?? [])]

function inOrder(places: readonly string[]): readonly string[] {
  const numbers = (place: string): readonly number[] => place.split(':').slice(1).map(Number)
  return [...places].sort((left, right) => {
    const [one = [], other = []] = [numbers(left), numbers(right)]
    const files = Number(left.includes('b.yaml')) - Number(right.includes('b.yaml'))
    return files || (one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0)
  })
}

interface Place {
  readonly source?: { readonly file: string; readonly line: number; readonly col: number } | null
}

const placesOf = (all: readonly Place[]): readonly string[] =>
  all.flatMap(({ source }) => (source ? [`${source.file}:${source.line}:${source.col}`] : []))

/** The parts of a report whose entries name their place first. */
function partsOf(text: string): readonly string[] {
  const parts = text.replaceAll(/<[^>]*>/g, '\n').split(/^(?:#+ )?\**(?=Errors|Held back|Warnings|Left alone)/m)
  return parts.filter((part) => /^(Errors|Held back|Warnings)/.test(part))
}

describe('findings stand in the order of the files, whatever their addresses', () => {
  it.each(['plan', 'drift'])('of %s, in every format', async (command) => {
    const sandbox = await watchedSandbox({ seed: SEED, product: 'ghes-3.4' })
    const place = await workplace(sandbox, FILES)
    const json = await place.run([command, '--config', 'conf', '--format', 'json'])
    const plan = JSON.parse(json.stdout) as {
      readonly diagnostics: readonly (Place & { readonly severity: string })[]
      readonly held_back: readonly Place[]
    }
    const errors = placesOf(plan.diagnostics.filter(({ severity }) => severity === 'error'))
    expect(errors.map((each) => each.slice('conf/'.length))).toEqual([
      'a.yaml:6:24',
      'a.yaml:8:39',
      'a.yaml:10:7',
      'a.yaml:11:64',
      'b.yaml:6:7',
    ])
    expect(placesOf(plan.diagnostics)).toEqual(inOrder(placesOf(plan.diagnostics)))
    const held = placesOf(plan.held_back)
    expect(held).toEqual(inOrder(held))
    expect(held.length).toBeGreaterThan(1)
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await place.run([command, '--config', 'conf', '--format', format])
      const parts = partsOf(stdout)
      expect(
        parts.map((part) => part.split(/\W/)[0]),
        stdout,
      ).toEqual(expect.arrayContaining(['Errors', 'Held', 'Warnings']))
      for (const part of parts) expect(placesIn(part), format).toEqual(inOrder(placesIn(part)))
    }
  })

  it.each(['text', 'json'])('of validate as %s', async (format) => {
    const sandbox = await watchedSandbox({ seed: SEED, product: 'ghes-3.4' })
    const place = await workplace(sandbox, FILES)
    const args = ['validate', '--product', 'ghes-3.4', '--config', 'conf', '--format', format]
    const { stdout } = await place.run(args)
    const found =
      format === 'json' ? placesOf((JSON.parse(stdout) as { diagnostics: Place[] }).diagnostics) : placesIn(stdout)
    expect(found.length).toBeGreaterThan(1)
    expect(found).toEqual(inOrder(found))
  })
})
