import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import type { Live } from '../../src/core/live.ts'
import { planSection } from '../../src/core/plan-section.ts'
import { addressLeft, formerAddress, renameFaults } from '../../src/core/rename.ts'
import { ACME, factsOf, line, sectionOf, stubFamily, want } from '../support/stub-family.ts'

const boxes = stubFamily()
const family = {
  ...boxes,
  fields: {
    ...boxes.fields,
    renamed_from: { wider: 'never', written: { organization: { route: 'PUT /orgs/{org}/boxes/{key}' } } },
  },
} as const
const facts = factsOf(family, { scope: ACME })
const has = (key: string, rest: Partial<Live> = {}): Live => ({ key, spec: { level: 'low' }, ref: {}, ...rest })
const wants = (key: string, spec: Document) => want(facts, key, spec)

describe('a member that has a former name', () => {
  const planned = (spec: Document, live: readonly Live[]) =>
    planSection(
      facts,
      { ...sectionOf(facts, [wants('NEW', spec)]), prune: [{ glob: 'orgs/acme/boxes/*', source: line(9) }] },
      live,
    )

  it('is renamed where GitHub has that one alone: it is neither deleted nor left alone', () => {
    const { works, leftAlone, diagnostics } = planned({ renamed_from: 'OLD' }, [has('OLD')])
    expect(works.map(({ change }) => change)).toMatchObject([
      { action: 'update', address: 'orgs/acme/boxes/NEW', before: {}, after: { renamed_from: 'OLD' } },
    ])
    expect({ leftAlone, diagnostics }).toEqual({ leftAlone: [], diagnostics: [] })
    expect(works.map(({ change }) => addressLeft(change))).toEqual(['orgs/acme/boxes/OLD'])
  })

  it('has its own name already: no change, and settled as planned', () => {
    const { works, settled } = planned({ renamed_from: 'OLD', level: 'low' }, [has('NEW')])
    expect(works).toEqual([])
    expect(settled.get('orgs/acme/boxes/NEW')).toEqual({ renamed_from: 'OLD', level: 'low' })
  })

  it('is another one than the one of that name now, which `prune` deletes', () => {
    const { works, diagnostics } = planned({ renamed_from: 'OLD' }, [has('NEW'), has('OLD')])
    expect(works.map(({ change }) => `${change.action} ${change.address}`)).toEqual(['delete orgs/acme/boxes/OLD'])
    expect(diagnostics).toMatchObject([{ severity: 'warning' }])
  })

  it('is created where GitHub has neither', () => {
    const { works } = planned({ renamed_from: 'OLD', level: 'low' }, [])
    expect(works.map(({ change }) => change)).toMatchObject([{ action: 'create', after: { level: 'low' } }])
    expect(works.flatMap(({ change }) => addressLeft(change) ?? [])).toEqual([])
  })

  it('does not rename a default member', () => {
    const { works, diagnostics } = planned({ renamed_from: 'OLD' }, [has('OLD', { fixed: 'default' })])
    expect(works).toEqual([])
    expect(diagnostics).toMatchObject([{ severity: 'error', message: 'OLD is default and cannot be renamed' }])
  })
})

it('a rename that is held back with all of its member deletes nothing', () => {
  const held = { ...wants('NEW', { renamed_from: 'OLD' }), withheld: 'all' } as const
  const section = { ...sectionOf(facts, [held]), prune: [{ glob: 'orgs/acme/boxes/*', source: line(9) }] }
  expect(planSection(facts, section, [has('OLD')]).works).toEqual([])
})

it('contradictions within a section', () => {
  const told = (members: Readonly<Record<string, Document>>) =>
    renameFaults(
      family,
      Object.entries(members).map(([key, spec]) => wants(key, spec)),
    ).map(({ message }) => message)
  expect(told({ A: { renamed_from: 'B' } })).toEqual([])
  expect(told({ A: { renamed_from: 'A' } })).toEqual([expect.stringContaining('from itself')])
  expect(told({ A: { renamed_from: 'B' }, B: {} })).toEqual([expect.stringContaining('stands here as well')])
  expect(told({ A: { renamed_from: 'C' }, B: { renamed_from: 'C' } })).toEqual([expect.stringContaining('and so is A')])
})

it('the address of a former name', () => {
  expect(formerAddress(wants('NEW', { renamed_from: 'a/b' }))).toBe('orgs/acme/boxes/a%2Fb')
  expect(formerAddress(wants('NEW', {}))).toBeUndefined()
})
