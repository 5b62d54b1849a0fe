import { expect, test } from 'vitest'
import { forgetMember, type Holder, slot } from '../../../src/sandbox/world/slot.ts'

const listOf = slot<Holder, Set<number>>(
  () => new Set(),
  (list, id) => list.delete(id),
)
const nameOf = slot<Holder, { name: string }>(() => ({ name: 'new' }))

const holder = (): Holder => ({ kept: new Map() })

test('a state is empty at first, kept by its holder, and no other holder has it', () => {
  const [one, other] = [holder(), holder()]
  nameOf(one).name = 'changed'
  listOf(one).add(7)
  expect([nameOf(one).name, [...listOf(one)]]).toEqual(['changed', [7]])
  expect([nameOf(other).name, [...listOf(other)]]).toEqual(['new', []])
})

test('two slots of one form are two states', () => {
  const second = slot<Holder, { name: string }>(() => ({ name: 'second' }))
  const one = holder()
  expect([nameOf(one).name, second(one).name]).toEqual(['new', 'second'])
})

test('a repository that leaves is taken out of every list of its organization, and of no other', () => {
  const [one, other] = [holder(), holder()]
  for (const each of [one, other]) for (const id of [7, 8]) listOf(each).add(id)
  nameOf(one)
  forgetMember(one, 7)
  expect([[...listOf(one)], [...listOf(other)]]).toEqual([[8], [7, 8]])
})
