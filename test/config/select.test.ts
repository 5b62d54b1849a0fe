import { describe, expect, it } from 'vitest'
import { poolOf } from '../../src/config/pool.ts'
import { selectRepositories } from '../../src/config/select.ts'
import { globCost } from '../../src/core/glob.ts'
import type { Json } from '../../src/core/json.ts'
import { listing } from './load-files.ts'

const REPOSITORIES = listing({
  web: { topics: ['frontend', 'node'], visibility: 'public' },
  api: { topics: ['backend', 'node'] },
  'service-a': { topics: ['backend'], visibility: 'internal' },
  'service-b': { fork: true },
  'service-legacy': { archived: true, topics: ['backend'] },
  '.github': { visibility: 'public' },
})
const AT = () => ({ file: 'octoform.yaml', line: 1, col: 1 })
const POOL = poolOf('acme', REPOSITORIES, [])

describe('selectRepositories', () => {
  it.each<[readonly Json[], readonly string[], readonly string[]]>([
    [[], [], []],
    [['web', 'WEB', 'api'], ['api', 'web'], []],
    [['acme/web', 'Acme/api'], ['api', 'web'], []],
    [['service-*'], ['service-a', 'service-b'], ['service-a', 'service-b']],
    [['SERVICE-?', 'service-a'], ['service-a', 'service-b'], ['service-b']],
    [
      ['!service-legacy', '*', '!WEB'],
      ['.github', 'api', 'service-a', 'service-b'],
      ['.github', 'api', 'service-a', 'service-b'],
    ],
    [['web', '!w*'], [], []],
    [['acme/service-*', '!acme/service-b'], ['service-a'], ['service-a']],
    [[{ name: 'service-*' }], ['service-a', 'service-b'], ['service-a', 'service-b']],
    [[{ name: ['web', 'api', '!API'] }], ['web'], ['web']],
    [[{ name: 'service-legacy' }], ['service-legacy'], ['service-legacy']],
    [[{ topic: 'node' }], ['api', 'web'], ['api', 'web']],
    [[{ topic: 'NODE' }], ['api', 'web'], ['api', 'web']],
    [[{ topic: ['node', 'backend'] }], ['api'], ['api']],
    [[{ visibility: 'public' }], ['.github', 'web'], ['.github', 'web']],
    [[{ visibility: ['public', 'internal'] }], ['.github', 'service-a', 'web'], ['.github', 'service-a', 'web']],
    [[{ fork: true }], ['service-b'], ['service-b']],
    [[{ fork: false, visibility: 'private' }], ['api'], ['api']],
    [[{ archived: true }], ['service-legacy'], ['service-legacy']],
    [[{ archived: false, topic: 'backend' }], ['api', 'service-a'], ['api', 'service-a']],
    [
      [{ topic: 'backend' }, { fork: true }, 'web'],
      ['api', 'service-a', 'service-b', 'web'],
      ['api', 'service-a', 'service-b'],
    ],
    [[{ topic: 'backend' }, '!service-*'], ['api'], ['api']],
    [[{ topic: 'nothing' }], [], []],
  ])('%j', (entries, names, matched) => {
    expect(selectRepositories(entries, POOL, AT)).toMatchObject({ names, matched, missing: [], foreign: [] })
  })

  it('tells what is missing, and what is of another owner', () => {
    expect(selectRepositories(['web', 'gone', 'beta/web', '!beta/x'], POOL, AT)).toMatchObject({
      names: ['web'],
      matched: [],
      missing: [{ index: 1, name: 'gone' }],
      foreign: [
        { index: 2, entry: 'beta/web' },
        { index: 3, entry: '!beta/x' },
      ],
    })
  })

  it('selects offline by names alone', () => {
    const pool = poolOf('acme', undefined, ['web', 'service-a'])
    const entries = ['web', 'service-*', { topic: 'node' }, { name: 'w*', fork: false }]
    expect(selectRepositories(entries, pool, AT)).toMatchObject({ names: ['service-a', 'web'], matched: ['service-a'] })
  })
})

describe('a thousand lists and sets', () => {
  it('share the names of a list that is written out again', () => {
    const [one, other] = [0, 1].map(() => selectRepositories(['service-*', { topic: 'node' }, '!api'], POOL, AT))
    expect(one?.names).toEqual(['service-a', 'service-b', 'web'])
    expect(other?.names).toBe(one?.names)
  })

  it.each<[Json, number]>([
    ['service-*', 3],
    ['*-b', 1],
    ['*B', 3],
    [{ topic: 'frontend' }, 1],
    [{ topic: ['node', 'frontend'] }, 1],
    [{ visibility: 'internal' }, 1],
    [{ visibility: ['public', 'internal'] }, 3],
    [{ topic: 'backend', visibility: 'internal' }, 1],
    [{ team: 'nobody' }, 0],
    [{ custom_property: { part: 'none' } }, 0],
    [{}, 6],
  ])('try %j for %i of six repositories', (entry, most) => {
    const tried = { names: 0 }
    const pool = poolOf('acme', REPOSITORIES, [], (cost, amount) => {
      if (cost === 'tries') tried.names += typeof entry === 'string' ? amount / globCost(entry) : amount
    })
    selectRepositories([entry], pool, AT)
    expect(tried.names).toBe(most)
  })
})
