import { describe, expect, it } from 'vitest'
import { deviations } from '../descriptions/deviations.ts'
import type { Note } from './openapi-record.ts'
import { reportOf } from './openapi-report.ts'

describe('the report of a run', () => {
  const description = {
    product: 'ghec',
    source: '',
    operations: {
      'GET /meta': { parameters: [], responses: {} },
      'GET /orgs/{org}/actions/secrets': { parameters: [], responses: {} },
      'GET /orgs/{org}/actions/runners': { parameters: [], responses: {} },
    },
    schemas: {},
  }
  const [deviation] = deviations
  if (deviation === undefined) throw new Error('There is no deviation to report on.')
  const secrets: Note = { operation: 'GET /orgs/{org}/actions/secrets', product: 'ghec', by: 'octoform' }
  const runners: Note = { operation: 'GET /orgs/{org}/actions/runners', product: 'ghec', by: 'test' }
  const meta: Note = { operation: 'GET /meta', product: 'ghec', by: 'test' }
  const graphql: Note = { operation: 'POST /graphql', product: 'ghec', by: 'test' }
  const used: Note = { deviation: deviation.id, product: 'ghes-2.22' }

  it('counts each operation once', () => {
    const notes: Note[] = [meta, secrets, { ...secrets, by: 'test' }, runners, graphql, used]
    expect(reportOf(notes, [description], [deviation], 'full')).toEqual({
      lines: [
        'OpenAPI ghec: 3 of 3 operations validated (octoform 1, tests 3)',
        'Outside OpenAPI: POST /graphql checked on 1 products',
        'OpenAPI deviations used: 1 of 1',
      ],
      failures: [],
    })
  })

  it.each<[string, Note[], string[]]>([
    [
      'an operation that no test exercises',
      [meta, secrets, graphql, used],
      ['no test exercises GET /orgs/{org}/actions/runners on any product of the cloud'],
    ],
    [
      'an operation outside the descriptions that no test exercises',
      [meta, secrets, runners, used],
      ['no test exercises POST /graphql on any product of the cloud'],
    ],
    [
      'a deviation that is not used',
      [meta, secrets, runners, graphql],
      [`the deviation ${deviation.id} (test/descriptions/deviations.ts) is not used`],
    ],
    ['a check that no exchange reached', [used], ['no test has sent an exchange through the OpenAPI check']],
    ['not a product of which only the surroundings ran', [{ ...secrets, operation: 'GET /meta' }, used], []],
  ])('fails for %s, in a full run only', (_, notes, failures) => {
    expect(reportOf(notes, [description], [deviation], 'full').failures).toEqual(failures)
    expect(reportOf(notes, [description], [deviation], 'filtered').failures).toEqual([])
  })
})
