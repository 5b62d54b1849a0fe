import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Plan } from '../../src/core/plan.ts'
import { sampledByKind } from '../support/by-night.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

/** A mode with the lists that it brings into force, at one level. */
interface Pair {
  readonly name: string
  readonly field: string
  /** The value that brings the lists into force, and the others. */
  readonly is: string | boolean
  readonly others: readonly (string | boolean)[]
  /** In the YAML: all of the lists, the entries that are only added, and GitHub's kept list of an earlier time. */
  readonly whole: Readonly<Record<string, unknown>>
  readonly added: Readonly<Record<string, unknown>> | undefined
  readonly kept: Readonly<Record<string, unknown>>
  /** Other settings of the YAML, which change nothing. */
  readonly beside?: Readonly<Record<string, unknown>>
  /** Where it stands in the configuration, and in the seed. */
  place(document: object): object
  seed(document: object): object
  /** Whether GitHub takes the mode only with a value that the YAML does not give. */
  readonly needsValue?: true
}

const WORKFLOW = 'acme/web/.github/workflows/ci.yml@main'
const ACTIONS = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['docker/*'] }
const KEPT_ACTIONS = { github_owned_allowed: true, verified_allowed: true, patterns_allowed: ['*'] }
const org = (body: object): object => ({ repositories: { web: {}, api: {}, pub: { visibility: 'public' } }, ...body })
const LISTED = {
  whole: { repositories: ['web'] },
  added: { add_repositories: ['web'] },
  kept: { repositories: ['pub'] },
}

const PAIRS: readonly Pair[] = [
  {
    name: 'enabled_repositories of an organization',
    field: 'enabled_repositories',
    is: 'selected',
    others: ['none', 'all'],
    ...LISTED,
    beside: { allowed_actions: 'all' },
    place: (permissions) => ({ permissions }),
    seed: (permissions) => org({ permissions }),
  },
  {
    name: 'allowed_actions of an organization',
    field: 'allowed_actions',
    is: 'selected',
    others: ['local_only', 'all'],
    whole: { selected_actions: ACTIONS },
    added: { selected_actions: { github_owned_allowed: true, verified_allowed: false, add_patterns_allowed: ['a/*'] } },
    kept: { selected_actions: KEPT_ACTIONS },
    place: (permissions) => ({ permissions }),
    seed: (permissions) => org({ permissions }),
  },
  {
    name: 'allowed_actions of a repository',
    field: 'allowed_actions',
    is: 'selected',
    others: ['local_only', 'all'],
    whole: { selected_actions: ACTIONS },
    added: { selected_actions: { github_owned_allowed: false } },
    kept: { selected_actions: KEPT_ACTIONS },
    place: (permissions) => ({ repositories: { web: { permissions } } }),
    seed: (permissions) => ({ repositories: { web: { permissions }, api: {}, pub: { visibility: 'public' } } }),
  },
  {
    name: 'visibility of a secret with its value',
    field: 'visibility',
    is: 'selected',
    others: ['private', 'all'],
    ...LISTED,
    beside: { value: { env: 'T' } },
    place: (secret) => ({ secrets: { S: secret } }),
    seed: (secret) => org({ secrets: { S: { value: 'old', ...secret } } }),
  },
  {
    name: 'visibility of a secret without its value',
    field: 'visibility',
    is: 'selected',
    others: ['private', 'all'],
    ...LISTED,
    place: (secret) => ({ secrets: { S: secret } }),
    seed: (secret) => org({ secrets: { S: { value: 'old', ...secret } } }),
    needsValue: true,
  },
  {
    name: 'visibility of a runner group',
    field: 'visibility',
    is: 'selected',
    others: ['all'],
    ...LISTED,
    place: (group) => ({ runner_groups: { gpu: group } }),
    seed: (group) => org({ runner_groups: { gpu: group } }),
  },
  {
    name: 'restricted_to_workflows of a runner group',
    field: 'restricted_to_workflows',
    is: true,
    others: [false],
    whole: { selected_workflows: [WORKFLOW] },
    added: { add_selected_workflows: [WORKFLOW] },
    kept: { selected_workflows: ['acme/pub/.github/workflows/x.yml@main'] },
    place: (group) => ({ runner_groups: { gpu: group } }),
    seed: (group) => org({ runner_groups: { gpu: { visibility: 'all', ...group } } }),
  },
]

type Lists = 'whole' | 'added' | 'absent'

interface Cell {
  readonly pair: Pair
  readonly from: string | boolean
  /** undefined: the YAML does not write the mode. */
  readonly to: string | boolean | undefined
  readonly lists: Lists
}

const CELLS: readonly Cell[] = PAIRS.flatMap((pair) =>
  [pair.is, ...pair.others].flatMap((from) =>
    [pair.is, ...pair.others, undefined].flatMap((to) =>
      (['whole', 'added', 'absent'] as const)
        .filter((lists) => to !== undefined || lists !== 'absent')
        // A list beside a mode that shuts it out is an error offline, which the tests of validate cover.
        .filter((lists) => lists === 'absent' || to === undefined || to === pair.is)
        .map((lists): Cell => ({ pair, from, to, lists })),
    ),
  ),
)

/** The expected result, from the words of the contract alone. */
function expected({ pair, from, to, lists }: Cell): 'nothing' | 'change' | 'held back' {
  const becomes = to ?? pair.is
  if (becomes !== pair.is) {
    if (becomes === from) return 'nothing'
    return pair.needsValue ? 'held back' : 'change'
  }
  if (from === pair.is) return lists === 'absent' ? 'nothing' : 'change'
  if (lists !== 'whole' || pair.needsValue) return 'held back'
  return 'change'
}

function listsOf({ pair, lists }: Cell): object {
  if (lists === 'absent') return {}
  return (lists === 'whole' ? pair.whole : pair.added) ?? {}
}

/** By day: of each pair every mode that is left and every one that is wished for, every list, every outcome. */
const TRIED = sampledByKind(CELLS, (cell) => {
  const { pair, from, to, lists } = cell
  return [`from ${from}`, `to ${to}`, lists, expected(cell)].map((kind) => `${pair.name} ${kind}`)
})

describe('modes and the lists that they bring into force', () => {
  it.each(
    TRIED.map(
      (cell) => [`${cell.pair.name}: ${cell.from} → ${cell.to ?? 'not written'}, list ${cell.lists}`, cell] as const,
    ),
  )('%s', async (_, cell) => {
    const { pair, from, to } = cell
    const beside = to === 'none' ? {} : pair.beside
    const wish = { ...beside, ...(to === undefined ? {} : { [pair.field]: to }), ...listsOf(cell) }
    const live = { [pair.field]: from, ...pair.kept, ...(from === 'none' ? {} : besideIn(pair)) }
    const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: pair.seed(live) } } })
    const yaml = stringify({ version: 1, ledger: { path: 'l.json' }, organizations: { acme: pair.place(wish) } })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { T: 'planted-value' })
    const outcome = expected(cell)
    const json = await place.run(['plan', '--format', 'json'])
    const [plan, drift] = [await place.run(['plan', '--detailed-exitcode']), await place.run(['drift'])]
    const something = outcome === 'nothing' ? 0 : 2
    expect([json.code, plan.code, drift.code]).toEqual([0, something, something])
    const { held_back, changes } = JSON.parse(json.stdout) as Plan
    expect(held_back.map(({ field }) => field)).toEqual(outcome === 'held back' ? [pair.field] : [])
    expect(changes).toHaveLength(outcome === 'change' ? 1 : 0)
    const last = plan.stdout.trimEnd().split('\n').at(-1)
    if (outcome === 'nothing') expect(last).toBe('No changes.')
    if (outcome === 'held back') expect(last).toBe('Plan: 0 to add, 0 to change, 0 to delete. 1 held back.')
    const before = sandbox.state()
    const applied = await place.run(['apply', '--auto-approve'])
    expect(applied.code, applied.stdout + applied.stderr).toBe(outcome === 'held back' ? 2 : 0)
    if (outcome !== 'change') {
      expect(sandbox.writes()).toEqual([])
      expect(sandbox.state()).toEqual(before)
    }
    // Nothing is left to do, and no kept list has come into force.
    const again = await place.run(['plan', '--detailed-exitcode'])
    expect(again.code, again.stdout).toBe(outcome === 'held back' ? 2 : 0)
    if (outcome === 'change' && cell.lists === 'whole') {
      const text = JSON.stringify(sandbox.state())
      for (const [field, value] of Object.entries(pair.whole))
        expect(text).toContain(`"${field}":${JSON.stringify(value)}`)
    }
  })

  it('covers every pair in every direction', () => {
    expect(CELLS).toHaveLength(129)
  })
})

/** The seed's settings beside the mode, so that the YAML's own ones change nothing. */
function besideIn({ beside = {} }: Pair): object {
  const { value: _, ...rest } = beside
  return rest
}
