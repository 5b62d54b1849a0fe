import { describe, expect, it } from 'vitest'
import { type Phase, phasesOf, widenedFields } from '../../src/core/directions.ts'
import type { Edit, Family } from '../../src/core/family.ts'
import { entryOf } from '../../src/core/family-at.ts'
import type { Document } from '../../src/core/json.ts'
import type { Send } from '../../src/core/send.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { ACME, factsOf, listed, WEB } from '../support/stub-family.ts'

const RUNNERS = { id: 3, repositories: {}, runners: { r1: 1, r2: 2 } }
const SECTION = {
  repositories: listed(['web:public', 'api', 'mail']),
  live: () => [{ key: 'Default', spec: {}, ref: RUNNERS }],
}

interface Case extends Partial<Pick<Edit, 'changed' | 'shared' | 'putsValue'>> {
  readonly before?: Document
  readonly after?: Document
  readonly gains?: true
}

/** The requests that the family makes of a change, with their phases, and the fields that an update widens. */
function directions(family: Family, given: Case, scope = ACME): { sends: string[]; widens: string[] } {
  const { before, after, gains = false, ...rest } = given
  const edit: Edit = {
    action: before === undefined ? 'create' : after === undefined ? 'delete' : 'update',
    scope,
    key: 'box',
    name: 'box',
    before,
    after,
    changed: differing(before, after),
    given: new Set(),
    shared: new Set(),
    putsValue: false,
    ref: before && RUNNERS,
    known: factsOf(family, { known: SECTION }).known,
    ...rest,
  }
  const sends = entryOf(family, edit.scope).write(edit)
  const sides = { before, after, gains }
  const phases = phasesOf(family, sends, sides)
  return {
    sends: sends.map((send, index) => nameOf(send, phases[index])),
    widens: edit.action === 'update' ? widenedFields(family, sends, edit.changed, sides) : [],
  }
}

function differing(before: Document = {}, after: Document = {}): Set<string> {
  const fields = Object.keys({ ...before, ...after })
  return new Set(fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])))
}

function nameOf({ route }: Send, phase: Phase | undefined): string {
  const [method, path = ''] = route.split(' ')
  return `${phase}: ${method} ${path.split('/').slice(4).join('/')}`
}

type Row = readonly [name: string, given: Case, sends: readonly string[], widens: readonly string[]]

const NARROW_SECRET = 'narrow: PUT secrets/{secret_name}'
const WIDEN_SECRET = 'widen: PUT secrets/{secret_name}'
const LIST = 'PUT secrets/{secret_name}/repositories'

describe('a secret', () => {
  it.each<Row>([
    ['is created', { after: { visibility: 'selected', repositories: [] }, putsValue: true }, [WIDEN_SECRET], []],
    ['is deleted', { before: { visibility: 'all' } }, ['narrow: DELETE secrets/{secret_name}'], []],
    [
      'gets a value',
      { before: { visibility: 'all' }, after: { visibility: 'all' }, putsValue: true },
      [NARROW_SECRET],
      [],
    ],
    [
      'gains',
      {
        before: { visibility: 'selected', repositories: ['api'] },
        after: { visibility: 'selected', repositories: ['api', 'web'] },
      },
      [`widen: ${LIST}`],
      ['repositories'],
    ],
    [
      'loses',
      {
        before: { visibility: 'selected', repositories: ['api'] },
        after: { visibility: 'selected', repositories: [] },
      },
      [`narrow: ${LIST}`],
      [],
    ],
    [
      'swaps',
      {
        before: { visibility: 'selected', repositories: ['api'] },
        after: { visibility: 'selected', repositories: ['web'] },
      },
      [`widen: ${LIST}`],
      ['repositories'],
    ],
    [
      'is opened',
      { before: { visibility: 'private' }, after: { visibility: 'all' }, putsValue: true },
      [WIDEN_SECRET],
      ['visibility'],
    ],
    [
      'is narrowed to private',
      { before: { visibility: 'all' }, after: { visibility: 'private' }, putsValue: true },
      [NARROW_SECRET],
      [],
    ],
    [
      'is narrowed to a list, in one request',
      { before: { visibility: 'all' }, after: { visibility: 'selected', repositories: ['api'] }, putsValue: true },
      [NARROW_SECRET],
      [],
    ],
    [
      'goes from private to a list with a public one',
      {
        before: { visibility: 'private' },
        after: { visibility: 'selected', repositories: ['web'] },
        putsValue: true,
        gains: true,
      },
      [WIDEN_SECRET],
      ['repositories'],
    ],
    [
      'shares its list: what goes out narrows, what comes in widens',
      {
        before: { visibility: 'selected', repositories: ['api', 'mail'] },
        after: { visibility: 'selected', repositories: ['mail', 'web'] },
        shared: new Set(['repositories']),
      },
      [
        'narrow: DELETE secrets/{secret_name}/repositories/{repository_id}',
        'widen: PUT secrets/{secret_name}/repositories/{repository_id}',
      ],
      ['repositories'],
    ],
  ])('%s', (_, given, sends, widens) => {
    expect(directions(secrets, given)).toEqual({ sends, widens })
  })
})

describe('the permissions of an organization', () => {
  const SWITCH = 'PUT permissions'
  it.each<Row>([
    [
      'narrow from all to a list, in one step',
      { before: { enabled_repositories: 'all' }, after: { enabled_repositories: 'selected', repositories: ['web'] } },
      [`replace: ${SWITCH}`, `replace: ${SWITCH}/repositories`],
      [],
    ],
    [
      'widen from none to a list, in one step',
      {
        before: { enabled_repositories: 'none' },
        after: { enabled_repositories: 'selected', repositories: ['web'] },
        gains: true,
      },
      [`widen: ${SWITCH}`, `widen: ${SWITCH}/repositories`],
      ['enabled_repositories', 'repositories'],
    ],
    [
      'narrow the list',
      {
        before: { enabled_repositories: 'selected', repositories: ['web'] },
        after: { enabled_repositories: 'selected', repositories: [] },
      },
      [`narrow: ${SWITCH}/repositories`],
      [],
    ],
    [
      'narrow to some actions',
      {
        before: { enabled_repositories: 'all', allowed_actions: 'all' },
        after: {
          enabled_repositories: 'all',
          allowed_actions: 'selected',
          selected_actions: { patterns_allowed: ['a/*'] },
        },
        changed: new Set(['allowed_actions', 'selected_actions.patterns_allowed']),
      },
      [`replace: ${SWITCH}`, `replace: ${SWITCH}/selected-actions`],
      [],
    ],
    [
      'widen to some actions',
      {
        before: { enabled_repositories: 'all', allowed_actions: 'local_only' },
        after: {
          enabled_repositories: 'all',
          allowed_actions: 'selected',
          selected_actions: { patterns_allowed: ['a/*'] },
        },
        changed: new Set(['allowed_actions', 'selected_actions.patterns_allowed']),
      },
      [`widen: ${SWITCH}`, `widen: ${SWITCH}/selected-actions`],
      ['allowed_actions', 'selected_actions.patterns_allowed'],
    ],
    [
      'switch on, with what is allowed',
      {
        before: { enabled_repositories: 'none' },
        after: { enabled_repositories: 'all', allowed_actions: 'local_only' },
        gains: true,
      },
      [`widen: ${SWITCH}`],
      ['allowed_actions', 'enabled_repositories'],
    ],
    [
      'narrow one thing and widen another in one request',
      {
        before: { enabled_repositories: 'all', allowed_actions: 'local_only', sha_pinning_required: false },
        after: { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: true },
      },
      [`widen: ${SWITCH}`],
      ['allowed_actions'],
    ],
    [
      'switch off, whatever else',
      {
        before: { enabled_repositories: 'all', allowed_actions: 'local_only', sha_pinning_required: true },
        after: { enabled_repositories: 'none', sha_pinning_required: false },
      },
      [`narrow: ${SWITCH}`],
      [],
    ],
    [
      'demand pinned actions',
      {
        before: { enabled_repositories: 'all', sha_pinning_required: false },
        after: { enabled_repositories: 'all', sha_pinning_required: true },
      },
      [`narrow: ${SWITCH}`],
      [],
    ],
    [
      'block one pattern more',
      {
        before: { selected_actions: { patterns_allowed: ['a/*'] } },
        after: { selected_actions: { patterns_allowed: ['!a/b', 'a/*'] } },
        changed: new Set(['selected_actions.patterns_allowed']),
      },
      [`narrow: ${SWITCH}/selected-actions`],
      [],
    ],
    [
      'block one pattern less',
      {
        before: { selected_actions: { patterns_allowed: ['!a/b', 'a/*'] } },
        after: { selected_actions: { patterns_allowed: ['a/*'] } },
        changed: new Set(['selected_actions.patterns_allowed']),
      },
      [`widen: ${SWITCH}/selected-actions`],
      ['selected_actions.patterns_allowed'],
    ],
  ])('%s', (_, given, sends, widens) => {
    expect(directions(permissions, given)).toEqual({ sends, widens })
  })

  it.each<Row>([
    [
      'is switched off',
      { before: { enabled: true }, after: { enabled: false } },
      ['narrow: PUT actions/permissions'],
      [],
    ],
    [
      'is switched on',
      { before: { enabled: false }, after: { enabled: true }, gains: true },
      ['widen: PUT actions/permissions'],
      ['enabled'],
    ],
  ])('a repository %s', (_, given, sends, widens) => {
    expect(directions(permissions, given, WEB)).toEqual({ sends, widens })
  })
})

describe('a runner group', () => {
  const GROUP = 'runner-groups/{runner_group_id}'
  const closed = { visibility: 'selected', repositories: [], runners: [] }
  it.each<Row>([
    [
      'is created closed, opened afterwards, and filled last',
      { after: { visibility: 'all', runners: ['r1'] } },
      ['widen: POST runner-groups', `widen: PATCH ${GROUP}`, `widen: PUT ${GROUP}/runners`],
      [],
    ],
    [
      'is created for a list',
      { after: { visibility: 'selected', repositories: ['web'], runners: ['r1'] } },
      ['widen: POST runner-groups', `widen: PUT ${GROUP}/repositories`, `widen: PUT ${GROUP}/runners`],
      [],
    ],
    ['is deleted at the very end', { before: closed }, [`last: DELETE ${GROUP}`], []],
    [
      'narrows from all to a list, in one step',
      { before: { visibility: 'all' }, after: { visibility: 'selected', repositories: ['api'] } },
      [`narrow: PATCH ${GROUP}`, `narrow: PUT ${GROUP}/repositories`],
      [],
    ],
    [
      'takes a runner up',
      { before: closed, after: { ...closed, runners: ['r1'] } },
      [`widen: PUT ${GROUP}/runners/{runner_id}`],
      ['runners'],
    ],
    [
      'lets a runner go at the very end',
      { before: { ...closed, runners: ['r1'] }, after: closed },
      [`last: PUT ${GROUP}/runners`],
      [],
    ],
    [
      'exchanges runners',
      { before: { ...closed, runners: ['r1'] }, after: { ...closed, runners: ['r2'] } },
      [`widen: PUT ${GROUP}/runners/{runner_id}`, `last: PUT ${GROUP}/runners`],
      ['runners'],
    ],
    [
      'shuts public repositories out and lets private ones in',
      {
        before: { ...closed, allows_public_repositories: true },
        after: { ...closed, allows_public_repositories: false, repositories: ['api'] },
      },
      [`narrow: PATCH ${GROUP}`, `widen: PUT ${GROUP}/repositories`],
      ['repositories'],
    ],
    [
      'is restricted to workflows',
      {
        before: { ...closed, restricted_to_workflows: false },
        after: { ...closed, restricted_to_workflows: true, selected_workflows: ['w'] },
      },
      [`narrow: PATCH ${GROUP}`],
      [],
    ],
    [
      'is open to one workflow more',
      {
        before: { ...closed, restricted_to_workflows: true, selected_workflows: [] },
        after: { ...closed, restricted_to_workflows: true, selected_workflows: ['w'] },
      },
      [`widen: PATCH ${GROUP}`],
      ['selected_workflows'],
    ],
    [
      'is freed of its restriction',
      { before: { ...closed, restricted_to_workflows: true }, after: { ...closed, restricted_to_workflows: false } },
      [`widen: PATCH ${GROUP}`],
      ['restricted_to_workflows'],
    ],
  ])('%s', (_, given, sends, widens) => {
    expect(directions(runnerGroups, given)).toEqual({ sends, widens })
  })
})
