import type { Family, Known, Wanted } from '../core/family.ts'
import type { Finding } from '../core/finding.ts'
import type { Route } from '../core/routes.ts'
import { parseAge, parseSize } from './measures.ts'

/** The kinds of objects that a rule may choose from. */
export const KINDS = ['artifacts', 'runs', 'logs', 'caches', 'stuck'] as const
export type RuleKind = (typeof KINDS)[number]

/** A rule as the YAML has it. All of its conditions must hold; then `keep_latest` is taken off. */
export interface Rule {
  readonly older_than?: string
  readonly larger_than?: string
  readonly names?: readonly string[]
  readonly conclusion?: readonly string[]
  readonly branches?: readonly string[]
  readonly keep_latest?: number
  readonly queued_longer_than?: string
}

/** The fields of each kind, and those of which one must be there: a rule without a bound would choose everything. */
const FIELDS: Readonly<
  Record<RuleKind, { readonly all: readonly (keyof Rule)[]; readonly bounds: readonly (keyof Rule)[] }>
> = {
  artifacts: {
    all: ['older_than', 'larger_than', 'names', 'keep_latest'],
    bounds: ['older_than', 'larger_than', 'keep_latest'],
  },
  runs: {
    all: ['older_than', 'conclusion', 'branches', 'keep_latest'],
    bounds: ['older_than', 'keep_latest'],
  },
  logs: { all: ['older_than'], bounds: ['older_than'] },
  caches: { all: ['older_than', 'larger_than'], bounds: ['older_than', 'larger_than'] },
  stuck: { all: ['queued_longer_than'], bounds: ['queued_longer_than'] },
}

const BASE = '/repos/{owner}/{repo}/actions'
const PRESENCE: Route = `GET ${BASE}/artifacts`
const CACHES: Route = `GET ${BASE}/caches`
const READS: readonly Route[] = [PRESENCE, `GET ${BASE}/runs`, CACHES]
const WRITES: readonly Route[] = [
  `DELETE ${BASE}/artifacts/{artifact_id}`,
  `DELETE ${BASE}/runs/{run_id}`,
  `DELETE ${BASE}/runs/{run_id}/logs`,
  `DELETE ${BASE}/caches/{cache_id}`,
]
const NOT_WRITTEN = { wider: 'never', written: {} } as const

/**
 * The rules by which `cleanup` deletes what runs have left, as a configuration declares them. They are policy: no plan, apply
 * or drift reads or writes anything for them.
 */
export const cleanup: Family<Rule> = {
  name: 'cleanup',
  shape: 'members',
  fields: {
    older_than: NOT_WRITTEN,
    larger_than: NOT_WRITTEN,
    names: { ...NOT_WRITTEN, list: 'names' },
    conclusion: { ...NOT_WRITTEN, list: 'names' },
    branches: { ...NOT_WRITTEN, list: 'names' },
    keep_latest: NOT_WRITTEN,
    queued_longer_than: NOT_WRITTEN,
  },
  fold: (key) => key,
  nameFault: (name) =>
    KINDS.some((kind) => kind === name) ? undefined : `\`${name}\` is nothing that cleanup knows: ${KINDS.join(', ')}`,
  unpruned: 'which are no objects on GitHub',
  notCreated: (key) => `${key} is a rule`,
  scopes: {
    repository: {
      presence: PRESENCE,
      reads: READS,
      writes: WRITES,
      read: async () => [],
      write: () => [],
      check: (wanted, _, known) => checkRule(wanted, known),
    },
  },
}

function checkRule({ key, state, spec }: Wanted<Rule>, { product }: Known): readonly Finding[] {
  const kind = KINDS.find((each) => each === key)
  if (kind === undefined || state !== 'present') return []
  const lacks = kind === 'caches' && !product.has(CACHES) ? ['caches cannot be listed on this product'] : []
  return [...faultsOf(kind, spec), ...lacks].map((message) => ({ message, severity: 'error' }))
}

/** The mistakes in a rule, as sentences. */
export function faultsOf(kind: RuleKind, rule: Rule): readonly string[] {
  const { all, bounds } = FIELDS[kind]
  const given = Object.keys(rule) as (keyof Rule)[]
  const foreign = given.filter((field) => !all.includes(field))
  const ages = (['older_than', 'queued_longer_than'] as const).filter((field) => {
    const text = rule[field]
    return text !== undefined && parseAge(text) === undefined
  })
  return [
    ...foreign.map((field) => `\`${field}\` is no condition of ${kind}: ${all.join(', ')}`),
    ...ages.map((field) => `\`${field}\` must be an age such as 30d or 12h`),
    ...(rule.larger_than !== undefined && parseSize(rule.larger_than) === undefined
      ? ['`larger_than` must be a size such as 500MB or 1GB']
      : []),
    ...(bounds.some((field) => given.includes(field))
      ? []
      : [
          `${kind} need ${bounds.map((field) => `\`${field}\``).join(' or ')}: without it the rule would choose all of them`,
        ]),
  ]
}
