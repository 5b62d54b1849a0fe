import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/operations/operation.ts'
import { routesAt } from '../../src/operations/operation.ts'
import { takenWay } from '../../src/operations/way.ts'

const RUN = { word: 'RUN_ID', param: 'run_id', is: 'id' } as const
const LIST = 'GET /repos/{owner}/{repo}/actions/runs'
const ATTEMPT = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}'
const ONE = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}'

const OPERATION: Operation = {
  kind: 'list',
  resource: 'runs',
  verb: 'list',
  about: 'runs',
  at: { repository: LIST },
  subject: { ...RUN, optional: true, way: { at: { repository: ONE } } },
  flags: [
    { flag: '--status <status>', field: 'status', about: 'in this state' },
    {
      flag: '--attempt <n>',
      field: 'attempt',
      about: 'of this attempt',
      way: { at: { repository: ATTEMPT }, of: { word: 'ATTEMPT', param: 'attempt_number', is: 'id' } },
    },
  ],
  columns: [],
}

describe('the route of an operation', () => {
  it.each([
    ['none', {}, undefined, LIST, 'runs list'],
    ['a flag of the same route', { status: 'queued' }, undefined, LIST, 'runs list'],
    ['a flag with a route of its own', { attempt: '2' }, undefined, ATTEMPT, 'runs list --attempt'],
    ['a word with a route of its own', {}, '101', ONE, 'runs list RUN_ID'],
  ])('is decided by %s', (_, flags, word, route, name) => {
    expect(takenWay(OPERATION, 'repository', flags, word)).toMatchObject({ route, name })
  })

  it('knows the thing that the flag names', () => {
    expect(takenWay(OPERATION, 'repository', { attempt: '2' }, undefined).about).toEqual({
      subject: { word: 'ATTEMPT', param: 'attempt_number', is: 'id' },
      word: '2',
    })
  })

  it('is one: two that decide are refused', () => {
    expect(() => takenWay(OPERATION, 'repository', { attempt: '2' }, '101')).toThrow(
      'runs list takes --attempt or RUN_ID, not both.',
    )
  })

  it('is among those that the client admits', () => {
    expect(routesAt(OPERATION, 'repository')).toEqual([LIST, ONE, ATTEMPT])
  })
})
