import { describe, expect, it } from 'vitest'
import type { Family } from '../../src/core/family.ts'

import { type OwnRun, touchedByOwnRun } from '../../src/core/own-run.ts'
import type { Change } from '../../src/core/plan.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Work, Workflows } from '../../src/core/work.ts'
import { buildAccess, buildChange } from '../support/plan-builder.ts'
import { ACME, stubFamily, WEB } from '../support/stub-family.ts'

const WORKFLOW = { path: 'Acme/admin/.github/workflows/a.yml', refs: ['refs/heads/main', 'main', 'abc'] }
const OWN: OwnRun = { owner: 'acme', repo: 'admin', runner: 'r1', secrets: new Set(['KEY']), workflow: WORKFLOW }
const PROD: Scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }
const OWN_PROD: Scope = { ...PROD, repo: 'admin' }
const INC: Scope = { type: 'enterprise', enterprise: 'inc' }
const ADMIN: Scope = { type: 'repository', owner: 'acme', repo: 'admin' }

const box = stubFamily()
const secret = stubFamily({ fields: { value: { secret: true, written: {} } } })
const vital = stubFamily({ vital: true })
const group = stubFamily({ hosts: (spec) => (spec as { runners?: readonly string[] }).runners })

function touched(
  family: Family,
  key: string,
  change: Partial<Change>,
  rest: { scope?: Scope; hosts?: readonly string[]; own?: OwnRun } & Pick<Work, 'workflows' | 'stops'> = {},
): string | undefined {
  const built = { ...buildChange(`orgs/acme/boxes/${key}`, { a: 1 }, { a: 2 }), ...change }
  const { scope = ACME, hosts, own = OWN, workflows, stops } = rest
  const work = {
    change: built,
    family,
    scope,
    key,
    ref: undefined,
    sends: [],
    phases: [],
    value: undefined,
    ledgerHolds: false,
    findListed: () => Promise.resolve(undefined),
  }
  return touchedByOwnRun({ ...work, hosts, workflows, stops }, own)
}

const gains = { access: { gains: buildAccess('named', 'web'), loses: [] } }
const loses = (name: string) => ({ access: { gains: [], loses: buildAccess('named', name) } })

describe('a group lets its workflow in no more', () => {
  const MINE = 'acme/admin/.github/workflows/a.yml'
  const OTHER = 'acme/web/.github/workflows/a.yml@main'

  it.each<[Workflows, Workflows, boolean]>([
    ['all', [OTHER], true],
    ['all', [], true],
    ['all', [`${MINE}@main`], false],
    ['all', [OTHER, `${MINE}@refs/heads/main`], false],
    ['all', [`${MINE}@abc`], false],
    ['all', [`${MINE}@v1`], true],
    ['all', [MINE], true],
    ['all', ['acme/admin/.github/workflows/b.yml@main'], true],
    [[`${MINE}@main`], [OTHER], true],
    [[OTHER], [], false],
    [[OTHER], 'all', false],
  ])('from %j to %j: %s', (before, after, shut) => {
    const workflows = { before, after }
    const why = touched(group, 'g', {}, { hosts: ['r1'], workflows })
    if (shut) expect(why).toContain('shuts the workflow of this run out of g')
    else expect(why).toBeUndefined()
    expect(touched(group, 'g', {}, { workflows })).toBe(why)
    expect(touched(group, 'g', {}, { hosts: ['r2'], workflows })).toBeUndefined()
    const unknown: OwnRun = { owner: 'acme', repo: 'admin', runner: 'r1' }
    expect(touched(group, 'g', {}, { hosts: ['r1'], workflows, own: unknown })).toBeUndefined()
  })
})

describe('a change touches the run that makes it', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['Actions off for its repository', touched(vital, '', loses('admin')), 'disables Actions for acme/admin'],
    ['Actions off for another', touched(vital, '', loses('web')), undefined],
    ['its secret deleted', touched(secret, 'KEY', { action: 'delete', after: null }), 'takes away KEY'],
    ['another secret deleted', touched(secret, 'OTHER', { action: 'delete', after: null }), undefined],
    ['its secret out of its reach', touched(secret, 'KEY', loses('admin')), 'takes away KEY'],
    ['its secret for others', touched(secret, 'KEY', gains), 'lets others read KEY'],
    ['its secret for fewer others', touched(secret, 'KEY', loses('web')), undefined],
    ['the secret of that name of another repository', touched(secret, 'KEY', gains, { scope: WEB }), undefined],
    ['that of an environment of another repository', touched(secret, 'KEY', gains, { scope: PROD }), undefined],
    [
      'that of an environment of its own repository',
      touched(secret, 'KEY', { action: 'delete', after: null }, { scope: OWN_PROD }),
      'takes away KEY',
    ],
    [
      'its own repository secret',
      touched(secret, 'KEY', { action: 'delete', after: null }, { scope: ADMIN }),
      'takes away KEY',
    ],
    [
      'whatever secret, where it takes all',
      touched(secret, 'X', gains, { own: { ...OWN, secrets: 'all' } }),
      'lets others read X',
    ],
    [
      'its runner group deleted',
      touched(group, 'g', { action: 'delete', after: null }, { hosts: ['r1'] }),
      'takes away the runner group g',
    ],
    [
      'a group deleted of which nobody knows',
      touched(group, 'g', { action: 'delete', after: null }),
      'takes away the runner group g',
    ],
    ['another group deleted', touched(group, 'g', { action: 'delete', after: null }, { hosts: ['r2'] }), undefined],
    ['its runner moved', touched(group, 'g', { after: { runners: [] } }, { hosts: ['r1'] }), 'moves the runner r1'],
    ['its group for others', touched(group, 'g', gains, { hosts: ['r1'] }), 'opens g'],
    [
      'the group that its enterprise shares with its repository',
      touched(group, 'g', loses('acme/admin'), { scope: INC, hosts: ['r1'] }),
      'takes away the runner group g',
    ],
    [
      'such a group of which nobody knows the runners',
      touched(group, 'g', loses('acme/admin'), { scope: INC }),
      'takes away the runner group g',
    ],
    ['such a group without its runner', touched(group, 'g', loses('acme/admin'), { scope: INC, hosts: [] }), undefined],
    [
      'such a group of other repositories',
      touched(group, 'g', loses('acme/web'), { scope: INC, hosts: ['r1'] }),
      undefined,
    ],
    ['another group for others', touched(group, 'g', gains, { hosts: [] }), undefined],
    [
      'on a runner of GitHub',
      touched(group, 'g', gains, { hosts: ['r1'], own: { owner: 'acme', repo: 'admin' } }),
      undefined,
    ],
    [
      'the same in another organization',
      touched(secret, 'KEY', gains, { scope: { type: 'organization', org: 'other' } }),
      undefined,
    ],
    [
      'its workflow disabled',
      touched(box, 'a.yml', {}, { scope: ADMIN, stops: '.github/workflows/A.yml' }),
      'disables .github/workflows/A.yml, the workflow of this run',
    ],
    [
      'another workflow disabled',
      touched(box, 'b.yml', {}, { scope: ADMIN, stops: '.github/workflows/b.yml' }),
      undefined,
    ],
    [
      'the workflow of that name of another repository',
      touched(box, 'a.yml', {}, { scope: WEB, stops: '.github/workflows/a.yml' }),
      undefined,
    ],
    ['a box', touched(box, 'KEY', { action: 'delete', after: null }), undefined],
  ])('%s', (_, why, expected) => {
    if (expected === undefined) expect(why).toBeUndefined()
    else expect(why).toContain(expected)
  })
})
