import { describe, expect, it } from 'vitest'
import { compactLines, countNames, linesWithin } from '../../src/render/compact.ts'
import { type Form, fitForms, lacking, lacksOf, whole } from '../../src/render/fit.ts'
import { buildAccess, buildChange } from '../support/plan-builder.ts'

describe('fitting', () => {
  const parts = {
    a: [whole('a'.repeat(10)), lacking('a'.repeat(5), 'some a'), lacking('', 'a')],
    b: [whole('b'.repeat(10)), lacking('bbb', 'some b', 'first')],
  } as const
  const write = ({ a, b }: Readonly<Record<'a' | 'b', Form>>): string => a.text + b.text

  it.each([
    [20, 'aaaaaaaaaabbbbbbbbbb', [], []],
    [19, 'aaaaabbbbbbbbbb', ['some a'], []],
    [14, 'bbbbbbbbbb', ['a'], []],
    [9, 'bbb', ['a'], ['some b']],
    [1, 'bbb', ['a'], ['some b']],
  ])('in %i bytes leaves %s', (limit, expected, last, first) => {
    const chosen = fitForms(parts, ['a', 'a', 'a', 'b', 'b'], write, limit)
    expect(write(chosen)).toBe(expected)
    expect(lacksOf(chosen, 'last')).toEqual(last)
    expect(lacksOf(chosen, 'first')).toEqual(first)
  })

  it('gives what became free to the most important that was shortened, and to no lesser one', () => {
    const three = {
      low: [whole('l'), lacking('', 'low')],
      middle: [whole('m'.repeat(8)), lacking('m'.repeat(6), 'some'), lacking('', 'middle')],
      high: [whole('h'.repeat(10)), lacking('hh', 'high')],
    } as const
    const writeAll = ({ low, middle, high }: Readonly<Record<keyof typeof three, Form>>): string =>
      low.text + middle.text + high.text
    const at = (limit: number): string =>
      writeAll(fitForms(three, ['low', 'middle', 'middle', 'high'], writeAll, limit))
    expect(at(9)).toBe('hh')
    expect(at(10)).toBe('hhhhhhhhhh')
    expect(at(11)).toBe('hhhhhhhhhh')
  })

  it('counts bytes, not characters', () => {
    const own = { a: [whole('éé'), lacking('e', 'accents')] } as const
    const text = (limit: number): string => fitForms(own, ['a'], ({ a }) => a.text, limit).a.text
    expect([text(4), text(3)]).toEqual(['éé', 'e'])
  })
})

describe('changes by name', () => {
  const remove = (address: string) => buildChange(address, {}, null)

  it('tells once what they share', () => {
    const changes = [
      ...['api', 'docs', 'web'].map((repo) => remove(`repos/acme/${repo}/secrets/KEY`)),
      ...['A', 'B', 'C'].map((key) => remove(`orgs/acme/secrets/${key}`)),
      remove('orgs/acme/runner_groups/gpu'),
    ]
    expect(compactLines(changes, 'Acme').map(({ text }) => text)).toEqual([
      '- orgs/acme/runner_groups/gpu',
      '- 3 members of orgs/acme/secrets:',
      '-     A, B, C',
      '- 3 repositories: secrets/KEY:',
      '-     api, docs, web',
    ])
    expect(compactLines(changes, undefined).at(-1)?.text).toBe('-     repos/acme/api, repos/acme/docs, repos/acme/web')
    expect(countNames(compactLines(changes, 'acme'))).toBe(changes.length)
  })

  it('puts first what opens to public repositories', () => {
    const open = (address: string, ...names: readonly string[]) =>
      buildChange(address, null, {}, { access: { gains: buildAccess('named', ...names), loses: [] } })
    const lines = compactLines([open('orgs/acme/secrets/A', 'web'), open('orgs/acme/secrets/B', 'site:public')], 'acme')
    expect(lines.map(({ text }) => text)).toEqual(['+ orgs/acme/secrets/B', '+ orgs/acme/secrets/A'])
  })

  it('takes what fits, and goes on behind what does not', () => {
    const lines = ['four', 'much too long', 'six six'].map((text) => ({ text, names: 1 }))
    expect(linesWithin(lines, 13).map(({ text }) => text)).toEqual(['four', 'six six'])
    expect(linesWithin(lines, 12).map(({ text }) => text)).toEqual(['four'])
    expect(linesWithin(lines, 0)).toEqual([])
  })
})
