import { describe, expect, it } from 'vitest'
import { knowNames, type NameSources } from '../../src/core/known-names.ts'
import { indexRepositories } from '../../src/core/repository.ts'

const rest = { visibility: 'private', fork: false, archived: false, topics: [] } as const

/** Names that are listed, recorded, accepted and redirected, as `name: id`; a recorded id below zero is not authentic. */
interface Known {
  readonly listed: Readonly<Record<string, number>>
  readonly recorded?: Readonly<Record<string, number>>
  readonly accepted?: Readonly<Record<string, number>>
  readonly redirects?: Readonly<Record<string, readonly [number, string]>>
  readonly holders?: readonly string[]
  readonly excluded?: readonly string[]
}

function know(
  { listed, recorded = {}, accepted = {}, redirects = {}, holders = [], excluded = [] }: Known,
  written = 'web',
) {
  const sources: NameSources = {
    repositories: indexRepositories(
      Object.entries(listed).map(([name, id]) => ({ id, name, ...rest })),
      'complete',
    ),
    written: [written],
    recorded: new Map(Object.entries(recorded).map(([name, id]) => [name, { id: Math.abs(id), authentic: id > 0 }])),
    accepted: new Map(Object.entries(accepted)),
    holders: new Set(holders),
    excluded,
    redirects: new Map(Object.entries(redirects).map(([name, [id, fullName]]) => [name, { id, fullName }])),
  }
  return knowNames(sources)
}

describe('what became of web', () => {
  const taken = { kind: 'captured', id: 7, recorded: 1, authentic: true, now: undefined }
  it.each<[string, Known, object | undefined]>([
    ['nothing, where nobody recorded it', { listed: { web: 1 } }, undefined],
    ['nothing, where it has its id', { listed: { web: 1 }, recorded: { web: 1 } }, undefined],
    ['nothing that is known, where it is gone', { listed: { api: 2 }, recorded: { web: 1 } }, undefined],
    ['renamed, by the ledger', { listed: { site: 1 }, recorded: { web: 1 } }, { kind: 'renamed', to: 'site' }],
    [
      'renamed, by GitHub',
      { listed: { site: 1 }, redirects: { web: [1, 'acme/site'] } },
      { kind: 'renamed', to: 'site' },
    ],
    ['elsewhere', { listed: {}, redirects: { web: [1, 'rival/web'] } }, { kind: 'elsewhere', fullName: 'rival/web' }],
    ['made anew', { listed: { web: 7 }, recorded: { web: 1 } }, taken],
    ['reused', { listed: { web: 7, site: 1 }, recorded: { web: 1 } }, { ...taken, now: 'site' }],
    ['swapped', { listed: { web: 2, api: 1 }, recorded: { web: 1, api: 2 } }, { ...taken, id: 2, now: 'api' }],
    ['let in', { listed: { web: 7 }, recorded: { web: 1 }, accepted: { web: 7 } }, undefined],
    ['not what is let in', { listed: { web: 7 }, recorded: { web: 1 }, accepted: { web: 8 } }, taken],
    [
      'not what is let in, unrecorded',
      { listed: { web: 7 }, accepted: { web: 8 } },
      { ...taken, recorded: 8, byAccept: true },
    ],
    [
      'an id that is not authentic',
      { listed: { web: 1 }, recorded: { web: -1 } },
      { ...taken, id: 1, authentic: false },
    ],
    [
      'a forged id of another one',
      { listed: { evil: 9 }, recorded: { web: -9 } },
      { ...taken, id: undefined, recorded: 9, authentic: false },
    ],
    [
      'another one that was renamed in its place',
      { listed: { other: 9 }, recorded: { web: 1 }, redirects: { web: [9, 'acme/other'] } },
      { ...taken, id: 9 },
    ],
  ])('%s', (_, known, fact) => {
    expect(know(known).fact('web')).toEqual(fact)
  })
})

describe('entries of the ledger', () => {
  it.each<[string, Known, readonly (readonly [string, string])[]]>([
    ['stay', { listed: { web: 1 }, recorded: { web: 1 }, holders: ['web'] }, []],
    ['follow', { listed: { site: 1 }, recorded: { web: 1 }, holders: ['web'] }, [['web', 'site']]],
    ['have followed', { listed: { site: 1 }, recorded: { web: 1, site: 1 }, holders: ['site'] }, []],
    ['come back', { listed: { web: 1 }, recorded: { web: 1, site: 1 }, holders: ['site'] }, [['site', 'web']]],
    [
      'follow, though the name was reused',
      { listed: { site: 1, web: 7 }, recorded: { web: 1 }, holders: ['web'] },
      [['web', 'site']],
    ],
    [
      'of two that were swapped wait',
      { listed: { web: 2, api: 1 }, recorded: { web: 1, api: 2 }, holders: ['web', 'api'] },
      [],
    ],
    [
      'of two that were swapped follow once both are let in',
      {
        listed: { web: 2, api: 1 },
        recorded: { web: 1, api: 2 },
        accepted: { web: 2, api: 1 },
        holders: ['web', 'api'],
      },
      [
        ['api', 'web'],
        ['web', 'api'],
      ],
    ],
  ])('%s', (_, known, moves) => {
    expect(know(known).moves.map(({ from, to }) => [from, to])).toEqual(moves)
  })

  it('of another repository are nobody’s', () => {
    const known = { listed: { web: 7 }, recorded: { web: 1 }, accepted: { web: 7 }, holders: ['web'] }
    expect(know(known).home('web')).toBeUndefined()
  })
})

it('the former name stays recorded, so that who takes it later is noticed', () => {
  expect(know({ listed: { site: 1 }, redirects: { web: [1, 'acme/site'] } }).ids).toEqual({ web: 1, site: 1 })
  expect(know({ listed: {}, redirects: { web: [1, 'rival/web'] } }).ids).toEqual({ web: 1 })
})

it('what a list leaves out is recorded once, by the id that it has', () => {
  expect(know({ listed: { web: 1 }, excluded: ['web', 'gone'] }).ids).toEqual({ web: 1 })
  expect(know({ listed: { web: 1 }, recorded: { web: 1 }, excluded: ['web'] }).ids).toEqual({})
  expect(know({ listed: { web: 7 }, recorded: { web: 1 }, excluded: ['web'] }).ids).toEqual({})
})
