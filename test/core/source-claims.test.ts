import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/core/address.ts'
import { lostClaims, type SourceClaim } from '../../src/core/source-claims.ts'

/** `address id filled`, all of one source; `-` for one that is written out. */
function claims(texts: readonly string[]): readonly SourceClaim[] {
  return texts.map((text, line): SourceClaim => {
    const [address = '', id, ...filled] = text.split(' ')
    const scope = parseAddress(address)?.scope
    if (scope === undefined) throw new Error(address)
    const names = filled[0] === '-' ? undefined : filled
    const at = { file: 'f', line, col: 1 }
    return { address, source: 'env:X', folder: '', scope, id: Number(id), filled: names, at }
  })
}

describe('two secrets with one source by placeholders', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    [
      'the repository with the higher id waits, in any order',
      ['repos/a/my_app/secrets/Q 9 repository=a/my_app', 'repos/a/my-app/secrets/Q 7 repository=a/my-app'],
      ['repos/a/my_app/secrets/Q for repos/a/my-app/secrets/Q'],
    ],
    [
      'of one written out and one by a placeholder, too',
      ['repos/a/one/secrets/Q 9 -', 'repos/a/two/secrets/Q 7 repository=a/two'],
      ['repos/a/one/secrets/Q for repos/a/two/secrets/Q'],
    ],
    [
      'or the other way',
      ['repos/a/one/secrets/Q 7 -', 'repos/a/two/secrets/Q 9 repository=a/two', 'repos/a/three/secrets/Q 11 -'],
      ['repos/a/two/secrets/Q for repos/a/one/secrets/Q'],
    ],
    ['two that are written out agree', ['repos/a/one/secrets/Q 7 -', 'repos/a/two/secrets/Q 9 -'], []],
    [
      'what an owner names for all of its repositories is one source',
      ['repos/a/one/secrets/Q 7 organization=a', 'repos/a/two/secrets/Q 9 organization=a'],
      [],
    ],
    [
      'repositories of one name in two organizations are two',
      ['repos/a/web/secrets/Q 7 repository=a/web', 'repos/b/web/secrets/Q 9 repository=b/web'],
      ['repos/b/web/secrets/Q for repos/a/web/secrets/Q'],
    ],
    [
      'secrets of one repository agree, in its environments too',
      [
        'repos/a/web/secrets/Q 7 repository=a/web',
        'repos/a/web/secrets/R 7 -',
        'repos/a/web/environments/e/secrets/S 7 -',
      ],
      [],
    ],
    [
      'environments of one repository are two, by their addresses',
      [
        'repos/a/web/environments/p_e/secrets/Q 7 environment=p_e',
        'repos/a/web/environments/p-e/secrets/Q 7 environment=p-e',
      ],
      ['repos/a/web/environments/p_e/secrets/Q for repos/a/web/environments/p-e/secrets/Q'],
    ],
    [
      "an owner's own stays before those of its repositories",
      ['repos/a/web/secrets/Q 7 repository=a/web', 'orgs/a/secrets/Q 999 -'],
      ['repos/a/web/secrets/Q for orgs/a/secrets/Q'],
    ],
  ])('%s', (_, given, lost) => {
    for (const order of [given, given.toReversed()]) {
      expect(lostClaims(claims(order)).map(({ lost, to }) => `${lost.address} for ${to.address}`)).toEqual(lost)
    }
  })

  it('compares files by their folders', () => {
    const [one, two] = claims(['repos/a/x_y/secrets/Q 7 repository=a/x_y', 'repos/a/x-y/secrets/Q 9 repository=a/x-y'])
    if (one === undefined || two === undefined) throw new Error('two')
    const file = { source: 'file:k', folder: 'teams/one' }
    expect(
      lostClaims([
        { ...one, ...file },
        { ...two, ...file },
      ]),
    ).toHaveLength(1)
    expect(
      lostClaims([
        { ...one, ...file },
        { ...two, ...file, folder: 'teams/two' },
      ]),
    ).toEqual([])
  })

  it.each([
    ['teams/one', 'file:./k/web.key', true],
    ['teams/one', 'file:k//web.key', true],
    ['teams/one', 'file:k/x/../web.key', true],
    ['teams/one', 'file:K/Web.key', true],
    ['teams', 'file:one/k/web.key', true],
    ['./teams/one/', 'file:k\\web.key', true],
    ['teams/one/two', 'file:web.key', false],
    ['teams/two', 'file:k/web.key', false],
    ['..', 'file:k/web.key', false],
  ])('the file of %s, %s, is that of a placeholder: %s', (folder, source, isSame) => {
    const [own, other] = claims(['repos/a/web/secrets/Q 7 repository=a/web', 'orgs/a/secrets/Q 999 -'])
    if (own === undefined || other === undefined) throw new Error('two')
    const lost = lostClaims([
      { ...own, source: 'file:k/web.key', folder: 'teams/one' },
      { ...other, source, folder },
    ])
    expect(lost.map((each) => each.lost.address)).toEqual(isSame ? ['repos/a/web/secrets/Q'] : [])
  })
})
