import { expect, it } from 'vitest'
import type { ChangeOutcome, Outcome } from '../../src/core/outcome.ts'
import { renderOutcome } from '../../src/render/outcome.ts'

const PLAIN = { colour: 'plain' } as const

function buildOutcome(changes: readonly ChangeOutcome[], counts: Outcome['counts']): Outcome {
  const complete = changes.every(({ status }) => status === 'applied')
  return { format_version: '1.0', host: 'api.github.com', digest: 'd1ge57', changes, held_back: [], counts, complete }
}

const APPLIED: ChangeOutcome = {
  address: 'orgs/acme/secrets/A',
  action: 'create',
  status: 'applied',
  done: ['visibility'],
  not_done: [],
  requests: 1,
  request_ids: [],
}

it('tells of a whole apply each change, or only the counts', () => {
  const outcome = buildOutcome([APPLIED], { added: 1, changed: 2, deleted: 0 })
  const last = 'Applied: 1 added, 2 changed, 0 deleted.\n'
  expect(renderOutcome(outcome, 'text', PLAIN)).toBe(`Done\n  + orgs/acme/secrets/A  applied\n\n${last}`)
  expect(renderOutcome(outcome, 'text', PLAIN, 'end')).toBe(last)
})

it.each([
  ['usual', 50, '\n  … 10 more\n'],
  ['all names', 60, '\n\nApplied: 60 added'],
] as const)('of many that were done, tells in %s detail %i', (detail, rows, after) => {
  const changes = Array.from(
    { length: 60 },
    (_, index): ChangeOutcome => ({ ...APPLIED, address: `odd address ${index}` }),
  )
  const text = renderOutcome(buildOutcome(changes, { added: 60, changed: 0, deleted: 0 }), 'text', PLAIN, detail)
  expect(text.match(/^ {2}\+ /gm)).toHaveLength(rows)
  expect(text).toContain(after)
})

it('tells what was done, what was not, and why', () => {
  const route = 'PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories'
  const changes: readonly ChangeOutcome[] = [
    APPLIED,
    {
      address: 'orgs/acme/runner_groups/gpu',
      action: 'update',
      status: 'partial',
      done: ['visibility'],
      not_done: ['repositories', 'runners'],
      requests: 2,
      request_ids: [],
      error: { message: 'Validation Failed', status: 422, request_id: 'ABCD:1234', route },
    },
    {
      address: 'orgs/acme/secrets/B',
      action: 'create',
      status: 'failed',
      done: [],
      not_done: ['value'],
      requests: 1,
      request_ids: [],
      error: { message: 'the connection was closed before an answer came' },
    },
    {
      address: 'orgs/acme/secrets/C',
      action: 'delete',
      status: 'not tried',
      done: [],
      not_done: [],
      requests: 0,
      request_ids: [],
    },
  ]
  const outcome = buildOutcome(changes, { added: 1, changed: 0, deleted: 0 })
  expect(renderOutcome(outcome, 'text', PLAIN)).toMatchInlineSnapshot(`
    "Done
      + orgs/acme/secrets/A  applied

    Not done
      ~ orgs/acme/runner_groups/gpu  done in part
          done: visibility
          not done: repositories, runners
          why: 422 Validation Failed (PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories, request ABCD:1234)
      + orgs/acme/secrets/B  failed
          not done: value
          why: the connection was closed before an answer came

    Not tried
      - orgs/acme/secrets/C  not tried

    3 changes of 4 not done. Once the cause is gone, apply again: what is done is not done twice.
    Applied: 1 added, 0 changed, 0 deleted.
    "
  `)
})

it('folds equal refusals, whatever the id of the request', () => {
  const changes = Array.from(
    { length: 40 },
    (_, index): ChangeOutcome => ({
      address: `repos/acme/r${10 + index}/permissions`,
      action: 'update',
      status: 'failed',
      done: [],
      not_done: ['enabled'],
      requests: 1,
      request_ids: [],
      error: { message: 'Resource not accessible by integration', status: 403, request_id: `R:${index}` },
    }),
  )
  const outcome = buildOutcome(changes, { added: 0, changed: 0, deleted: 0 })
  expect(renderOutcome(outcome, 'text', PLAIN)).toMatchInlineSnapshot(`
    "Not done
      ~ 40 repositories: permissions  failed   (repos/acme/r10, repos/acme/r11, repos/acme/r12, … 37 more)
          not done: enabled
          why: 403 Resource not accessible by integration (request R:0)

    40 changes of 40 not done. Once the cause is gone, apply again: what is done is not done twice.
    Applied: 0 added, 0 changed, 0 deleted.
    "
  `)
})

it('prints every change as JSON', () => {
  const outcome = buildOutcome([APPLIED], { added: 1, changed: 0, deleted: 0 })
  const json = renderOutcome(outcome, 'json', PLAIN)
  expect(JSON.parse(json)).toEqual(outcome)
  expect(json.endsWith('}\n')).toBe(true)
})
