import { describe, expect, it, test } from 'vitest'
import { acceptedIds, parseAccepted } from '../../src/core/accepted.ts'
import type { Family } from '../../src/core/family.ts'
import type { Live } from '../../src/core/live.ts'
import { planMember } from '../../src/core/plan-member.ts'
import { settleIdentities } from '../../src/core/settle-identities.ts'
import { factsOf, has, sectionOf, stubFamily, WEB, want } from '../support/stub-family.ts'

const PUT = 'PUT /repos/{owner}/{repo}/boxes/{key}'

/** Boxes that list teams and persons. */
const boxes = stubFamily({
  fields: {
    keepers: {
      list: 'names',
      wider: 'more',
      written: { repository: { route: PUT } },
      identity: {
        fullName: (entry, owner) => entry.replace(/^team:/, `team:${owner}/`),
        lookUp: () => ({ route: 'GET /keepers', params: {} }),
      },
    },
  },
  listed: (ref) => ({ ...(ref as { readonly keepers: Readonly<Record<string, number>> }).keepers }),
}) as Family

/** Boxes on GitHub with these keepers, and the ids behind all names that GitHub shows. */
const found: Readonly<Record<string, number>> = { 'team:a': 1, 'team:b': 2, 'user:x': 5, 'user:y': 6 }

function live(keepers: Readonly<Record<string, number>>): Live {
  return has('BOX', { keepers: Object.keys(keepers).sort() }, { ref: { keepers } })
}

interface Ledger {
  readonly recorded?: Readonly<Record<string, number>>
  readonly forged?: readonly string[]
  readonly accept?: readonly string[]
}

function settle(
  given: { readonly spec?: readonly string[]; readonly add?: readonly string[] },
  now: Readonly<Record<string, number>>,
  { recorded = {}, forged = [], accept = [] }: Ledger = {},
) {
  const known = { ids: new Map([...Object.entries(found), ...Object.entries(now)]) }
  const facts = factsOf(boxes, { known, scope: WEB })
  const spec = given.spec ? { keepers: given.spec } : {}
  const edits = given.add ? { keepers: { add: given.add, remove: [] } } : {}
  const member = want(facts, 'BOX', spec, { edits })
  const ids = {
    recorded: new Map(
      Object.entries(recorded).map(([name, id]) => [name, { id, authentic: !forged.includes(name) }] as const),
    ),
    accepted: acceptedIds(accept),
  }
  const settled = settleIdentities(sectionOf(facts, [member]), [live(now)], { ...facts, ids })
  const [left] = settled.section.members
  return {
    facts,
    left,
    list: left?.spec.keepers ?? left?.edits.keepers?.add,
    withheld: left?.withheld,
    held: settled.heldBack.map(({ reason, help }) => `${reason} ${help}`),
    told: settled.diagnostics.map(({ message }) => message),
  }
}

const RENAMED = 'team:acme/old is called team:acme/new now: write that'

describe('a list of teams and persons', () => {
  it.each<[string, Parameters<typeof settle>, readonly string[] | undefined]>([
    ['takes names that the ledger does not know', [{ spec: ['team:a', 'user:x'] }, {}], ['team:a', 'user:x']],
    [
      'takes names with the id that the ledger knows',
      [{ spec: ['team:a'] }, {}, { recorded: { 'team:acme/a': 1 } }],
      ['team:a'],
    ],
    ['drops nobody but those that the YAML leaves out', [{ spec: ['team:a'] }, { 'team:b': 2 }], ['team:a']],
    ['takes `[]` as it is', [{ spec: [] }, { 'team:b': 2 }], []],
    [
      'takes a name with another id that is accepted',
      [{ spec: ['team:a'] }, {}, { recorded: { 'team:acme/a': 9 }, accept: ['team:Acme/A=1'] }],
      ['team:a'],
    ],
  ])('%s', (_, args, expected) => {
    expect(settle(...args)).toMatchObject({ list: expected, held: [], told: [], withheld: undefined })
  })

  it('holds back a name with another id: it neither gains nor loses, and the others are planned', () => {
    const given = { spec: ['team:a', 'team:b'] }
    const held = [
      expect.stringMatching(/^team:acme\/a has the id 1 now, and the ledger knows 9: .*--accept team:acme\/a=1\.$/),
    ]
    const recorded = { 'team:acme/a': 9 }
    expect(settle(given, {}, { recorded })).toMatchObject({ list: ['team:b'], held })
    expect(settle(given, { 'team:a': 1 }, { recorded })).toMatchObject({ list: ['team:a', 'team:b'], held })
    expect(settle(given, { 'team:was': 9 }, { recorded })).toMatchObject({ list: ['team:b', 'team:was'], held })
    expect(
      settle({ spec: ['team:a'] }, {}, { recorded: { 'team:acme/a': 1 }, forged: ['team:acme/a'] }).held[0],
    ).toMatch(/the id in the ledger is not authentic/)
    expect(settle({ spec: ['user:x'] }, {}, { accept: ['user:x=7'] }).held).toContainEqual(
      expect.stringMatching(/`accept` lets in 7/),
    )
  })

  it('knows one that is called otherwise now by the id of the ledger', () => {
    const recorded = { 'team:acme/old': 12 }
    const renamed = settle({ spec: ['team:old', 'user:x'] }, { 'team:new': 12 }, { recorded })
    expect(renamed).toMatchObject({ list: ['team:new', 'user:x'], held: [], told: [RENAMED] })
  })

  it('keeps all of its kind that GitHub has while one cannot be found', () => {
    const lost = settle({ spec: ['team:lost', 'user:x'] }, { 'team:z': 12, 'user:y': 6 })
    expect(lost).toMatchObject({ list: ['team:z', 'user:x'], held: [] })
    expect(lost.told).toEqual([expect.stringMatching(/^team:acme\/lost cannot be found/)])
  })

  it('is held back when none of it is left', () => {
    const lost = settle({ spec: ['team:lost'] }, { 'user:y': 6 })
    expect(lost).toMatchObject({ list: undefined, withheld: ['keepers'] })
    expect(lost.held).toEqual([expect.stringMatching(/^`keepers` comes to nothing: a list is never emptied by that/)])
  })

  it('adds those that are found to what GitHub has', () => {
    const added = settle({ add: ['team:a', 'team:lost', 'user:x'] }, { 'team:z': 3 }, { recorded: { 'user:x': 8 } })
    expect(added).toMatchObject({ list: ['team:a'], withheld: undefined })
    expect([added.told.length, added.held.length]).toEqual([1, 1])
  })

  it('shows in a change the ids of those that come and go, and has them for the ledger', () => {
    const { facts, left } = settle({ spec: ['team:a', 'user:x'] }, { 'team:z': 3, 'user:x': 5 })
    if (left === undefined) throw new Error('there is a member')
    const { work } = planMember(facts, left, live({ 'team:z': 3, 'user:x': 5 }))
    expect(work?.change.ids).toEqual({ 'team:acme/a': 1, 'team:acme/z': 3 })
    expect(work?.identities).toEqual({ 'team:acme/a': 1, 'user:x': 5 })
  })
})

test.each([
  ['acme/web=777', 'acme/web'],
  ['acme=55', 'acme'],
  ['team:Acme/Release=12', 'team:acme/release'],
  ['user:Octocat=5', 'user:octocat'],
  ['app:ci-bot=9', 'app:ci-bot'],
  ['team:release=12', undefined],
  ['user:acme/octocat=5', undefined],
  ['bot:octocat=5', undefined],
  ['team:acme/release', undefined],
  ['user:=5', undefined],
])('accept: %s', (text, name) => {
  expect(parseAccepted(text)?.name).toBe(name)
})
