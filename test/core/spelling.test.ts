import { describe, expect, it } from 'vitest'
import { acceptDrift } from '../../src/accept/accept.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Family } from '../../src/core/family.ts'
import { isDocument } from '../../src/core/json.ts'
import { importScopes } from '../../src/engine/import.ts'
import { renderConfiguration } from '../../src/render/configuration.ts'
import { CHECKS, LEVEL_FAMILIES, load, openWorld, planOf, textFile } from '../support/levels.ts'

/** Boxes whose tags are written `{ tag: a }`. */
const FAMILIES: readonly Family[] = LEVEL_FAMILIES.map((family): Family => {
  const { tags } = family.fields
  if (tags === undefined) return family
  const spelling = {
    read: (entry: unknown) => (isDocument(entry as never) ? `tag:${(entry as { tag: string }).tag}` : undefined),
    write: (entry: string) => ({ tag: entry.slice(4) }),
  }
  const entryFault = (entry: string) => (entry === 'tag:bad' ? '`bad` is no tag' : undefined)
  return { ...family, fields: { ...family.fields, tags: { ...tags, spelling, entryFault } } }
})

const yaml = (box: string): string => `repositories: { acme/web: { boxes: { e: { ${box} } } } }`

async function plan(box: string, tags: readonly string[]) {
  const { configuration, problems } = load({ 'octoform.yaml': yaml(box) }, FAMILIES)
  if (configuration === undefined) throw new Error(problems.join('\n'))
  const world = { '/repos/acme/web/boxes': { e: { tags: [...tags] } } }
  return planOf(configuration, openWorld(world).get, FAMILIES)
}

describe('entries that the YAML writes as maps', () => {
  it.each([
    ['tags: [{ tag: b }, { tag: a }]', ['tag:a', 'tag:b'], undefined],
    ['tags: [{ tag: c }]', ['tag:a', 'tag:b'], ['tag:c']],
    ['add_tags: [{ tag: c }], remove_tags: [{ tag: a }]', ['tag:a', 'tag:b'], ['tag:b', 'tag:c']],
  ])('%s', async (box, live, after) => {
    const { changes } = (await plan(box, live)).planned.plan
    expect(changes.map((change) => change.after?.tags)).toEqual(after === undefined ? [] : [after])
  })

  it('are checked as what they mean', () => {
    const { problems } = load({ 'octoform.yaml': yaml('tags: [{ tag: a }, { tag: bad }]') }, FAMILIES)
    expect(problems).toEqual([expect.stringContaining('`bad` is no tag')])
  })

  it('contradict each other as what they mean', async () => {
    const { diagnostics } = await plan('add_tags: [{ tag: a }], remove_tags: [{ tag: a }]', [])
    expect(diagnostics.map(formatDiagnostic)).toEqual([expect.stringContaining('`tag:a` is taken away here')])
  })

  it('are imported so', async () => {
    const world = { '/repos/acme/web/boxes': { e: { tags: ['tag:a'] } } }
    const { get } = openWorld(world)
    const door = {
      facts: { id: 1, login: 'acme', type: 'organization' as const },
      product: 'ghec',
      plan: undefined,
      support: { has: () => true, accepts: () => true, returns: () => true },
      get,
      ofRepositories: () => get,
    }
    const { scopes } = await importScopes({ door, owner: 'acme', glob: 'repos/acme/web/boxes', families: FAMILIES })
    expect(renderConfiguration(scopes, 'personal')).toContain('- tag: a')
  })

  it.each([
    ['tags: [{ tag: a }, { tag: b }]', ['tag:b', 'tag:c'], 'tags: [{ tag: b }, { tag: c }]'],
    ['add_tags: [{ tag: a }]', ['tag:b'], 'e: {}'],
  ])('are taken over from GitHub so: %s', async (box, live, expected) => {
    const { input } = await plan(box, live)
    const { edits, notTaken } = acceptDrift({ files: [textFile('octoform.yaml', yaml(box))], input, checks: CHECKS })
    expect(notTaken).toEqual([])
    expect(edits.map(({ text }) => text).join('')).toContain(expected)
  })
})
