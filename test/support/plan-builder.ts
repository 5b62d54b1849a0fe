import jsonpatch from 'fast-json-patch'
import type { Document } from '../../src/core/json.ts'
import { type AccessTo, type Change, FORMAT_VERSION, type Plan } from '../../src/core/plan.ts'

/** A change of `address` from one document to another: null before is a create, null after a delete. */
export function buildChange(
  address: string,
  before: Document | null,
  after: Document | null,
  rest: Partial<Omit<Change, 'address' | 'before' | 'after'>> = {},
): Change {
  const action = before === null ? 'create' : after === null ? 'delete' : 'update'
  return {
    address,
    action,
    before,
    after,
    patch: before && after ? jsonpatch.compare(before, after) : [],
    reason: '',
    source: null,
    owner_id: 1,
    repository_id: null,
    value: null,
    widens: [],
    access: { gains: [], loses: [] },
    consequences: [],
    notes: [],
    ...rest,
  }
}

/** A plan that holds the changes, complete unless `rest` says otherwise. */
export function buildPlan(changes: readonly Change[], rest: Partial<Omit<Plan, 'changes'>> = {}): Plan {
  return {
    format_version: FORMAT_VERSION,
    host: 'api.github.com',
    complete: true,
    digest: 'd1ge57',
    changes,
    not_read: [],
    diagnostics: [],
    held_back: [],
    tripped: [],
    values_needed: [],
    secrets: { unknown: [], not_compared: [], keyed: true },
    left_alone: [],
    left_out: [],
    flags: { owner: [], target: [], rotate: [] },
    requests: changes.length,
    ...rest,
  }
}

/** Repositories that gain or lose, such as `buildAccess('named', 'web', 'site:public')`; private unless said. */
export function buildAccess(via: AccessTo['via'], ...repositories: readonly string[]): AccessTo[] {
  return repositories.map((text) => {
    const [repository = '', visibility] = text.split(':')
    return { repository, visibility: visibility === 'public' ? 'public' : 'private', via }
  })
}
