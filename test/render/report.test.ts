import { expect, it } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import { type AuditFacts, renderReport } from '../../src/render/report.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

const FACTS: AuditFacts = {
  run: {
    repository: 'acme/admin',
    id: '7423',
    attempt: 2,
    url: 'https://github.com/acme/admin/actions/runs/7423/attempts/2',
  },
  commit: '8f46f67',
  actor: 'mona',
  started: '2026-01-02T03:04:05.000Z',
  ended: '2026-01-02T03:05:00.000Z',
  clock: 'github',
  allow: ['deletions=14'],
}

const OUTCOME: Outcome = {
  format_version: '1.0',
  host: 'api.github.com',
  digest: 'd1ge57',
  changes: [
    {
      address: 'orgs/acme/secrets/A',
      action: 'update',
      status: 'partial',
      done: ['repositories'],
      not_done: ['value'],
      requests: 2,
      request_ids: ['AA:1', 'AA:2'],
      at: '2026-01-02T03:04:30.000Z',
      error: { message: 'PUT …: 422', status: 422, request_id: 'AA:2' },
    },
    {
      address: 'orgs/acme/secrets/B',
      action: 'delete',
      status: 'not tried',
      done: [],
      not_done: [],
      requests: 0,
      request_ids: [],
    },
  ],
  held_back: [],
  counts: { added: 0, changed: 0, deleted: 0 },
  complete: false,
}

const PLAN = buildPlan(
  [
    buildChange('orgs/acme/secrets/A', { value: 'env:OLD_SOURCE' }, { value: 'env:NEW_SOURCE' }, { owner_id: 7 }),
    buildChange('orgs/acme/secrets/B', { visibility: 'all' }, null, { owner_id: 7 }),
  ],
  { flags: { owner: ['acme'], target: [], rotate: [] } },
)

it('tells auditors which lines of the configuration approved it', () => {
  const by = [{ source: { file: 'octoform.yaml', line: 4, col: 5 }, reason: 'Old ones' }]
  const approved = [
    { guard: 'max_deletions' as const, message: '12 deletions', addresses: ['orgs/acme/secrets/A'], by },
  ]
  expect(JSON.parse(renderReport(OUTCOME, { ...PLAN, approved }, FACTS))).toMatchObject({ approved })
})

it('tells auditors who did what when, by which request, and which guards were passed', () => {
  expect(JSON.parse(renderReport(OUTCOME, PLAN, FACTS))).toEqual({
    format_version: '1.0',
    host: 'api.github.com',
    digest: 'd1ge57',
    complete: false,
    held_back: [],
    counts: { added: 0, changed: 0, deleted: 0 },
    commit: '8f46f67',
    actor: 'mona',
    run: FACTS.run,
    started: '2026-01-02T03:04:05.000Z',
    ended: '2026-01-02T03:05:00.000Z',
    clock: 'github',
    allow: ['deletions=14'],
    flags: { owner: ['acme'], target: [], rotate: [] },
    not_read: [],
    changes: [
      {
        address: 'orgs/acme/secrets/A',
        action: 'update',
        outcome: 'partial',
        done: ['repositories'],
        not_done: ['value'],
        at: '2026-01-02T03:04:30.000Z',
        request_ids: ['AA:1', 'AA:2'],
        error: { message: 'PUT …: 422', status: 422, request_id: 'AA:2' },
        owner_id: 7,
        repository_id: null,
      },
      {
        address: 'orgs/acme/secrets/B',
        action: 'delete',
        outcome: 'not tried',
        done: [],
        not_done: [],
        at: null,
        request_ids: [],
        error: null,
        owner_id: 7,
        repository_id: null,
      },
    ],
  })
})

it('names neither a value nor where one comes from', () => {
  expect(renderReport(OUTCOME, PLAN, FACTS)).not.toMatch(/SOURCE/)
})

it('says what is not known outside GitHub Actions', () => {
  const facts: AuditFacts = { ...FACTS, run: undefined, commit: undefined, actor: undefined, clock: 'machine' }
  const report = JSON.parse(renderReport(OUTCOME, PLAN, facts))
  expect(report).toMatchObject({ run: null, commit: null, actor: null, clock: 'machine' })
})
