import type { AccessTo, Change, Plan } from '../../src/core/plan.ts'
import { formatRanges } from '../../src/core/reach.ts'
import type { Reach, ReachRepository } from '../../src/core/reach-table.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

const DIGEST = '9f2c4a7be0d15368a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718'

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const line = (number: number): Change['source'] => ({ file: 'acme/secrets.yaml', line: number, col: 7 })

/** Five changes, one of each kind, as a team sees them any day. */
export function smallPlan(): Plan {
  const changes = [
    buildChange(
      'orgs/acme/secrets/NPM_TOKEN',
      { repositories: ['api', 'legacy', 'web'], visibility: 'selected' },
      { repositories: ['api', 'docs', 'site', 'web'], visibility: 'selected' },
      {
        reason: 'repositories differs',
        source: line(12),
        widens: ['repositories'],
        access: {
          gains: [...buildAccess('named', 'site:public'), ...buildAccess('matched', 'docs')],
          loses: buildAccess('named', 'legacy'),
        },
      },
    ),
    buildChange(
      'orgs/acme/runner_groups/gpu',
      null,
      { visibility: 'selected', repositories: ['ml-train'], runners: ['gpu-01', 'gpu-02'] },
      {
        reason: 'not on GitHub',
        source: line(31),
        access: { gains: buildAccess('named', 'ml-train'), loses: [] },
        consequences: [{ message: 'runner gpu-01 leaves the group shared', widens: false }],
      },
    ),
    buildChange('orgs/acme/secrets/OLD_TOKEN', { visibility: 'all' }, null, {
      reason: 'absent in the YAML',
      source: line(40),
      access: { gains: [], loses: buildAccess('matched', 'site:public', 'api', 'docs', 'legacy', 'ml-train', 'web') },
    }),
    buildChange(
      'orgs/acme/permissions',
      { allowed_actions: 'all', sha_pinning_required: false },
      { allowed_actions: 'selected', sha_pinning_required: true },
      { reason: 'allowed_actions, sha_pinning_required differ', source: line(4) },
    ),
    buildChange(
      'repos/acme/web/secrets/DEPLOY_KEY',
      { value: 'file:deploy.key' },
      { value: 'file:deploy.key' },
      { reason: 'changed outside', source: line(58), value: 'again' },
    ),
  ]
  const names = ['api', 'docs', 'legacy', 'ml-train', 'site:public', 'web']
  const reach: Reach = {
    repositories: repositoriesOf(names),
    rows: [
      { address: 'orgs/acme/permissions', before: '0-5', after: '0-5' },
      { address: 'orgs/acme/runner_groups/gpu', before: '', after: '3' },
      { address: 'orgs/acme/runner_groups/shared', before: '0-1,5', after: '0-1,5' },
      { address: 'orgs/acme/secrets/NPM_TOKEN', before: '0,2,5', after: '0-1,4-5' },
      { address: 'orgs/acme/secrets/OLD_TOKEN', before: '0-5', after: '' },
      { address: 'orgs/acme/secrets/SONAR', before: '0-3', after: '0-3' },
    ],
  }
  return buildPlan(changes, {
    digest: DIGEST,
    requests: 9,
    reach,
    values_needed: [{ source: 'file:deploy.key', addresses: ['repos/acme/web/secrets/DEPLOY_KEY'] }],
    left_alone: [{ section: 'orgs/acme/secrets', members: 14, fields: 0 }],
    tripped: [
      {
        guard: 'protect',
        message: 'would delete orgs/acme/secrets/OLD_TOKEN, which protect names',
        flag: '--allow protected',
        addresses: ['orgs/acme/secrets/OLD_TOKEN'],
      },
    ],
  })
}

/** A plan of so many repositories that its matrix is not written out but drawn, and small enough to look at each of its cells. */
export function drawnPlan(): Plan {
  const names = range(60).map((index) => `service-${index}${index === 3 ? ':public' : ''}`)
  const reach: Reach = {
    repositories: repositoriesOf(names),
    rows: range(12).map((row) => {
      const before = range(60).filter((column) => ((column + 1) >> (row % 6)) % 2 === 1)
      const after = row === 0 ? [...new Set([...before.slice(5), 3])].sort((left, right) => left - right) : before
      return { address: `orgs/acme/secrets/SHARED_${row}`, before: formatRanges(before), after: formatRanges(after) }
    }),
  }
  return { ...smallPlan(), reach }
}

/** As much as the largest organizations have: the matrix has a million and a half cells. */
export const LARGE = { changes: 5000, deletions: 500, repositories: 5000, rows: 300, changing: 38 } as const

/** Five thousand changes that do not fold, and a matrix of 5,000 repositories and 300 rows. */
export function largePlan(): Plan {
  const repository = (index: number): string => `service-${String(index % LARGE.repositories).padStart(4, '0')}`
  const sides = range(LARGE.rows).map(largeRow)
  const moved = sides.filter(({ before, after }) => before !== after).map((row) => movedChange(row, repository))
  const others = range(LARGE.changes - moved.length).map((index): Change => {
    const key = `TOKEN_${String(Math.floor(index / 500)).padStart(2, '0')}`
    const [name, source] = [repository(index % 500), line(index + 1)]
    if (index < LARGE.deletions) {
      return buildChange(`repos/acme/${name}/secrets/OLD_${index}`, { value: `env:OLD_${index}` }, null, { source })
    }
    if (index % 10 === 0) {
      const gains: AccessTo[] = buildAccess('matched', `${name}:public`, repository(index + 7))
      const [before, after] = [
        { repositories: [repository(index + 1)] },
        { repositories: [name, repository(index + 7)] },
      ]
      return buildChange(`orgs/acme/secrets/${key}_${index}`, before, after, {
        source,
        reason: 'repositories differs',
        widens: ['repositories'],
        access: { gains, loses: buildAccess('named', repository(index + 1)) },
      })
    }
    const value = `env:${key}_${index}`
    return index % 3 === 0
      ? buildChange(`repos/acme/${name}/secrets/${key}`, null, { value }, { source, reason: 'not on GitHub' })
      : buildChange(`repos/acme/${name}/permissions_${index % 7}`, { level: index }, { level: index + 1 }, { source })
  })
  const names = range(LARGE.repositories).map((index) => `${repository(index)}${index % 50 === 0 ? ':public' : ''}`)
  const rows = sides.map(({ address, before, after }) => {
    return { address, before: formatRanges(before), after: formatRanges(after) }
  })
  const reach: Reach = { repositories: repositoriesOf(names), rows }
  return buildPlan([...moved, ...others], { digest: DIGEST, requests: 6400, reach })
}

interface Sides {
  readonly address: string
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** Every repository has another pattern, so that no two columns can be one. */
function largeRow(row: number): Sides {
  const before = range(LARGE.repositories).filter((column) => (((column + 1) >> (row % 13)) & 1) === 1)
  const group = row - (LARGE.rows - 20)
  const [section, number] = group < 0 ? ['secrets/SHARED', row] : ['runner_groups/group', 100 + group]
  const address = `orgs/acme/${section}_${String(number).padStart(3, '0')}`
  if (row % 8 !== 0) return { address, before, after: before }
  return { address, before, after: [...new Set([...before.filter((column) => column % 5 !== 0), row, row + 100])] }
}

function movedChange({ address, before, after }: Sides, repository: (index: number) => string): Change {
  const [had, has] = [new Set(before), new Set(after)]
  const access = (indices: readonly number[]): AccessTo[] => buildAccess('named', ...indices.map(repository))
  const gains = access(after.filter((index) => !had.has(index)))
  const loses = access(before.filter((index) => !has.has(index)))
  const [was, becomes] = [before, after].map((indices) => ({
    visibility: 'selected',
    repositories: indices.map(repository),
  }))
  return buildChange(address, was ?? null, becomes ?? null, {
    source: line(1),
    access: { gains, loses },
    reason: 'repositories differs',
  })
}

function repositoriesOf(names: readonly string[]): ReachRepository[] {
  return names.map((text) => {
    const [name, visibility] = text.split(':')
    return { name: `acme/${name}`, visibility: visibility === 'public' ? 'public' : 'private' }
  })
}
