import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Edit } from '../../src/accept/edit.ts'
import { rewrite } from '../../src/accept/rewrite.ts'

type Wish =
  | { readonly set: string; readonly to: unknown }
  | { readonly remove: string }
  | { readonly list: string; readonly drop?: readonly number[]; readonly add?: readonly string[] }

function editOf(wish: Wish): Edit {
  const file = 'octoform.yaml'
  const pathOf = (text: string): string[] => text.split('.')
  if ('set' in wish) return { kind: 'set', file, path: pathOf(wish.set), value: wish.to as string }
  if ('remove' in wish) return { kind: 'remove', file, path: pathOf(wish.remove) }
  return { kind: 'list', file, path: pathOf(wish.list), remove: wish.drop ?? [], add: wish.add ?? [] }
}

interface Row {
  readonly before: string
  readonly wishes: readonly Wish[]
  readonly after: string
}

const ROWS: readonly (readonly [string, Row])[] = [
  [
    'a value, with the comment behind it and the quotes around others',
    {
      before: 'a: \'one\'   # why\n\n# about b\nb: "two"\n',
      wishes: [{ set: 'a', to: 'three' }],
      after: 'a: three   # why\n\n# about b\nb: "two"\n',
    },
  ],
  [
    'a value in a map on one line',
    { before: 'm: {a: 1,  b: x}\n', wishes: [{ set: 'm.b', to: 'z' }], after: 'm: {a: 1,  b: z}\n' },
  ],
  [
    'a key more on one line',
    { before: 'm: { a: 1 }\n', wishes: [{ set: 'm.b', to: [1, 'x'] }], after: 'm: { a: 1, b: [1, x] }\n' },
  ],
  ['a key in an empty map', { before: 'm: {}\n', wishes: [{ set: 'm.b', to: true }], after: 'm: { b: true }\n' }],
  [
    'a key more in a block, behind what is nested there',
    {
      before: 'm:\n  a:\n    - x # one\n    - y\n\n# end\nn: 1\n',
      wishes: [{ set: 'm.b', to: 'z' }],
      after: 'm:\n  a:\n    - x # one\n    - y\n  b: z\n\n# end\nn: 1\n',
    },
  ],
  [
    'keys that are new at two depths of one end',
    {
      before: 'm:\n  a:\n    x: 1\n',
      wishes: [
        { set: 'm.b', to: 2 },
        { set: 'm.a.k', to: 3 },
        { set: 'k', to: 4 },
      ],
      after: 'm:\n  a:\n    x: 1\n    k: 3\n  b: 2\nk: 4\n',
    },
  ],
  [
    'maps that are missing on the way',
    {
      before: 'm:\n  a: 1\n',
      wishes: [
        { set: 'm.b.c.d', to: 'x' },
        { set: 'm.b.c.e', to: 'z' },
      ],
      after: 'm:\n  a: 1\n  b:\n    c: { d: x, e: z }\n',
    },
  ],
  [
    'a file without an end of line',
    { before: 'm:\n  a: 1', wishes: [{ set: 'm.b', to: 2 }], after: 'm:\n  a: 1\n  b: 2' },
  ],
  [
    'line ends of Windows',
    {
      before: 'm:\r\n  a: 1\r\nn: 2\r\n',
      wishes: [{ set: 'm.b', to: 2 }],
      after: 'm:\r\n  a: 1\r\n  b: 2\r\nn: 2\r\n',
    },
  ],
  [
    'a key that goes, with its own comment and no other',
    {
      before: 'm:\n  # about a\n  a: 1 # one\n  # about b\n  b: 2\n',
      wishes: [{ remove: 'm.a' }],
      after: 'm:\n  # about a\n  # about b\n  b: 2\n',
    },
  ],
  [
    'all keys of a block',
    {
      before: 'm: # all\n  a: absent\n  # left\n  b: absent\nn: 1\n',
      wishes: [{ remove: 'm.a' }, { remove: 'm.b' }],
      after: 'm: {} # all\n  # left\nn: 1\n',
    },
  ],
  [
    'all keys of a block but a new one',
    { before: 'm:\n  a: 1\n', wishes: [{ remove: 'm.a' }, { set: 'm.b', to: 2 }], after: 'm:\n  b: 2\n' },
  ],
  [
    'the first key on one line',
    { before: 'm: { a: 1, b: 2, c: 3 }\n', wishes: [{ remove: 'm.a' }], after: 'm: { b: 2, c: 3 }\n' },
  ],
  [
    'keys amid and at the end of one line',
    {
      before: 'm: { a: 1, b: 2, c: 3, d: 4 }\n',
      wishes: [{ remove: 'm.b' }, { remove: 'm.d' }],
      after: 'm: { a: 1, c: 3 }\n',
    },
  ],
  [
    'the last keys of one line, and a new one',
    {
      before: 'm: { a: 1, b: 2, c: 3 }\n',
      wishes: [{ remove: 'm.b' }, { remove: 'm.c' }, { set: 'm.d', to: 4 }],
      after: 'm: { a: 1, d: 4 }\n',
    },
  ],
  ['the only key of one line', { before: 'm: { a: 1 }\n', wishes: [{ remove: 'm.a' }], after: 'm: {}\n' }],
  [
    'a list on one line',
    {
      before: 'l: [a, "b", c]\n',
      wishes: [{ list: 'l', drop: [0, 2], add: ['d-*', '!e'] }],
      after: 'l: ["b", "d-*", "!e"]\n',
    },
  ],
  ['all of a list on one line', { before: 'l: [a, b]\n', wishes: [{ list: 'l', drop: [0, 1] }], after: 'l: []\n' }],
  ['an empty list', { before: 'l: []\n', wishes: [{ list: 'l', add: ['a'] }], after: 'l: [a]\n' }],
  [
    'a list of lines',
    {
      before: 'l:\n  - a # one\n  # about b\n  - b # two\n  - c\nm: 1\n',
      wishes: [{ list: 'l', drop: [0, 2], add: ['d'] }],
      after: 'l:\n  # about b\n  - b # two\n  - d\nm: 1\n',
    },
  ],
  [
    'a list of lines at the column of its key',
    { before: 'l:\n- a\n- b\n', wishes: [{ list: 'l', drop: [0], add: ['c'] }], after: 'l:\n- b\n- c\n' },
  ],
  [
    'all of a list of lines',
    { before: 'l: # none\n  - a\n', wishes: [{ list: 'l', drop: [0] }], after: 'l: [] # none\n' },
  ],
  [
    'brackets over many lines, one entry each',
    {
      before: 'l: [\n  a, # one, and only\n  b, # two\n  c  # three\n]\n',
      wishes: [{ list: 'l', drop: [0], add: ['d', 'e'] }],
      after: 'l: [\n  b, # two\n  c,  # three\n  d,\n  e\n]\n',
    },
  ],
  [
    'brackets over many lines, several entries each',
    {
      before: 'l: [a, b, # two\n    c]\n',
      wishes: [{ list: 'l', drop: [1], add: ['d'] }],
      after: 'l: [a, # two\n    c, d]\n',
    },
  ],
  [
    'braces over many lines',
    {
      before: 'm: {\n  a: 1, # one\n  # about b\n  b: 2,\n}\n',
      wishes: [{ remove: 'm.a' }, { set: 'm.c', to: 'x' }],
      after: 'm: {\n  # about b\n  b: 2,\n  c: x,\n}\n',
    },
  ],
  [
    'a comment in brackets that come to nothing',
    { before: 'l: [\n  a, # one\n  # left\n]\n', wishes: [{ list: 'l', drop: [0] }], after: 'l: [\n  # left\n]\n' },
  ],
  [
    'a word in place of a map on one line',
    { before: 'a: { b: 1 } # x\n', wishes: [{ set: 'a', to: 'unmanaged' }], after: 'a: unmanaged # x\n' },
  ],
  [
    'a word in place of a block',
    {
      before: 'a: # x\n  b:\n    - 1\n  c: 2\nd: 3\n',
      wishes: [{ set: 'a', to: 'unmanaged' }],
      after: 'a: unmanaged # x\nd: 3\n',
    },
  ],
  [
    'a map in place of a word',
    { before: 'a: absent # x\n', wishes: [{ set: 'a', to: { v: 'all' } }], after: 'a: { v: all } # x\n' },
  ],
  [
    'a key beside what is merged',
    {
      before: 'x-c: &c { v: 1, w: 2 }\nm: { <<: *c, z: 3 }\n',
      wishes: [{ set: 'm.v', to: 9 }],
      after: 'x-c: &c { v: 1, w: 2 }\nm: { <<: *c, z: 3, v: 9 }\n',
    },
  ],
  [
    'a key of an alias',
    {
      before: 'x-c: &c { v: 1, w: 2 }\nm: *c\n',
      wishes: [{ set: 'm.v', to: 9 }],
      after: 'x-c: &c { v: 1, w: 2 }\nm: { <<: *c, v: 9 }\n',
    },
  ],
  [
    'a key in a map that is merged',
    {
      before: 'x-c: &c { s: { v: 1, w: 2 } }\nm: { <<: *c }\n',
      wishes: [{ set: 'm.s.v', to: 9 }],
      after: 'x-c: &c { s: { v: 1, w: 2 } }\nm: { <<: *c, s: { v: 9, w: 2 } }\n',
    },
  ],
  [
    'a key that goes from what is merged',
    {
      before: 'x-c: &c { v: 1, w: 2 }\nm: { <<: *c, z: 3 }\n',
      wishes: [{ remove: 'm.v' }, { set: 'm.w', to: 4 }],
      after: 'x-c: &c { v: 1, w: 2 }\nm: { z: 3, w: 4 }\n',
    },
  ],
  [
    'a key that goes from an alias',
    {
      before: 'x-c: &c { v: 1, w: 2 }\nm: *c\n',
      wishes: [{ remove: 'm.v' }],
      after: 'x-c: &c { v: 1, w: 2 }\nm: { w: 2 }\n',
    },
  ],
  [
    'an alias in place of which a value stands',
    { before: 'x-c: &c one\nm: *c\n', wishes: [{ set: 'm', to: 'two' }], after: 'x-c: &c one\nm: two\n' },
  ],
  [
    'names that YAML would take for something else',
    {
      before: 'l: [a]\n',
      wishes: [{ list: 'l', add: ['true', '12', '<<', 'x y', '', '- a', 'on', 'a: b', '*x', '3d'] }],
      after: 'l: [a, "true", "12", "<<", "x y", "", "- a", "on", "a: b", "*x", "3d"]\n',
    },
  ],
  [
    'names that nobody would see',
    {
      before: 'l: [a]\n',
      wishes: [{ list: 'l', add: ['\u202eevil', 'a\u0000b', '\u{e0041}x', 'é'] }],
      after: 'l: [a, "\\u202eevil", "a\\u0000b", "\\U000e0041x", "é"]\n',
    },
  ],
]

describe('the text of a file after edits', () => {
  it.each(ROWS)('%s', (_, { before, wishes, after }) => {
    expect(rewrite(before, wishes.map(editOf))).toBe(after)
    expect(() => parse(after, { merge: true })).not.toThrow()
  })

  it.each<[string, string, Wish]>([
    ['a value that carries an anchor', 'a: &a 1\nb: *a\n', { set: 'a', to: 2 }],
    ['a map that carries an anchor', 'a: &a { x: 1 }\nb: { <<: *a }\n', { set: 'a.x', to: 2 }],
    ['a map inside one that does', 'a: &a\n  m: { x: 1 }\nb: *a\n', { set: 'a.m.y', to: 2 }],
    ['a list that others use', 'a: &a [x]\nb: *a\n', { list: 'a', add: ['y'] }],
    ['what holds an anchor that others use', 'm:\n  a: { x: &x 1 }\nb: *x\n', { remove: 'm.a' }],
    ['a list that is an alias', 'a: &a [x]\nb: *a\n', { list: 'b', add: ['y'] }],
  ])('refuses to change %s', (_, before, wish) => {
    expect(() => rewrite(before, [editOf(wish)])).toThrow(/anchor|written out/)
  })

  it('leaves an anchor alone that nobody uses', () => {
    expect(rewrite('a: &a { x: 1 }\n', [editOf({ set: 'a.x', to: 2 })])).toBe('a: &a { x: 2 }\n')
  })
})
