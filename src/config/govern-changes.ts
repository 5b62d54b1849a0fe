import { relative, sep } from 'node:path'
import { byText } from '../core/address.ts'
import type { Approval } from '../core/approval.ts'
import type { Family } from '../core/family.ts'
import { BUDGETS, type Budgets } from '../core/guards.ts'
import type { Configuration, Guards } from './configuration.ts'
import type { Grant, Grants } from './grants.ts'
import { layerChanges, policyChanges } from './layer-changes.ts'

type Governing = Pick<Configuration, 'grants' | 'guards' | 'approvals' | 'accept' | 'ledger' | 'publicKeys' | 'layers'>

/** The folders that the two versions lie in, absolute, links resolved. */
export interface Roots {
  readonly base: string
  readonly own: string
}

/**
 * Describes how the governing rules of a configuration, and its unnamed reach, differ from another version: a reviewer
 * of such a change decides about more than the plan shows.
 * @param base the configuration of the base commit; undefined where it could not be loaded
 */
export function governChanges(
  base: Governing | undefined,
  own: Governing,
  { families, policies }: { readonly families: readonly Family[]; readonly policies: readonly Family[] },
  roots: Roots,
): readonly string[] {
  if (base === undefined) {
    return [
      'The configuration of the base commit cannot be read: whether `files`, `guards` or `approvals` changed is not known, ' +
        'nor what is no longer managed.',
    ]
  }
  return [
    ...grantChanges(base.grants, own.grants),
    ...guardChanges(base.guards, own.guards),
    ...approvalChanges(base.approvals.lines, own.approvals.lines),
    ...acceptChanges(base.accept, own.accept),
    ...ledgerChanges(base, own, roots),
    ...layerChanges(base, own, families),
    ...policyChanges(base, own, policies),
  ]
}

function approvalChanges(base: readonly Approval[], own: readonly Approval[]): readonly string[] {
  const idOf = ({ digest, allow, reason }: Approval): string => JSON.stringify([digest, allow, reason])
  const lacks = (lines: readonly Approval[], other: readonly Approval[]): readonly Approval[] => {
    const ids = new Set(other.map(idOf))
    return lines.filter((line) => !ids.has(idOf(line)))
  }
  const words = ({ digest, allow, reason }: Approval): string => `${quoted(allow)} for the plan ${digest}: ${reason}`
  return [
    ...lacks(own, base).map((line) => `\`approvals\` gains ${words(line)}`),
    ...lacks(base, own).map((line) => `\`approvals\` loses ${words(line)}`),
  ]
}

/**
 * The ledger's place decides which values count as written by octoform, and its public keys which signatures are valid.
 */
function ledgerChanges(base: Governing, own: Governing, roots: Roots): readonly string[] {
  const [before, after] = [ledgerText(base.ledger, roots.base), ledgerText(own.ledger, roots.own)]
  return [
    ...(before === after ? [] : [`\`ledger\` is kept in ${after} from now on, and was in ${before}.`]),
    ...listChanges('`ledger`', 'public_key', base.publicKeys, own.publicKeys),
  ]
}

function ledgerText(ledger: Configuration['ledger'], root: string): string {
  if (!('repository' in ledger)) return `\`${relative(root, ledger.path).replaceAll(sep, '/')}\``
  const { repository, branch, path } = ledger
  return `\`${path}\` on the branch \`${branch}\` of \`${repository}\``
}

function grantChanges(base: Grants | undefined, own: Grants | undefined): readonly string[] {
  if (own === undefined) return base === undefined ? [] : ['`files` is gone: every file may declare anything.']
  const fresh =
    base === undefined ? ['`files` is new: each file may declare what its entries say and nothing else.'] : []
  const before = byGlob(base)
  const after = byGlob(own)
  const globs = [...new Set([...before.keys(), ...after.keys()])].sort(byText)
  return [...fresh, ...globs.flatMap((glob) => entryChanges(glob, before.get(glob), after.get(glob)))]
}

function entryChanges(files: string, before: Grant | undefined, after: Grant | undefined): readonly string[] {
  const entry = `the entry \`${files}\``
  if (after === undefined) return [`\`files\` loses ${entry}: those files may no longer declare ${mayWhat(before)}.`]
  if (before === undefined) return [`\`files\` gains ${entry}: those files may declare ${mayWhat(after)}.`]
  return [
    ...listChanges(`\`files\`: ${entry}`, 'addresses', before.addresses, after.addresses),
    ...listChanges(`\`files\`: ${entry}`, 'values', before.values, after.values),
  ]
}

function mayWhat(grant: Grant | undefined): string {
  const addresses = grant?.addresses ?? []
  const values = grant?.values ?? []
  const taken = values.length === 0 ? '' : `, with values from ${quoted(values)}`
  return `${addresses.length === 0 ? 'nothing' : quoted(addresses)}${taken}`
}

function guardChanges(base: Guards, own: Guards): readonly string[] {
  const budgets = (Object.keys(BUDGETS) as (keyof Budgets)[]).flatMap((name) => {
    const [before, after] = [base[name], own[name]]
    const which = after > before ? 'raised' : 'lowered'
    return before === after ? [] : [`\`guards\`: ${name} is ${which} from ${before} to ${after}.`]
  })
  const cleaned = [base.max_cleanup, own.max_cleanup] as const
  return [
    ...budgets,
    ...(cleaned[0] === cleaned[1]
      ? []
      : [
          `\`guards\`: max_cleanup is ${cleaned[1] > cleaned[0] ? 'raised' : 'lowered'} from ${cleaned[0]} to ${cleaned[1]}.`,
        ]),
    ...(base.cleanup_logs === own.cleanup_logs
      ? []
      : [`\`guards\`: cleanup may delete runs and logs ${own.cleanup_logs ? 'from now on' : 'no more'}.`]),
    ...listChanges('`guards`', 'never_public', base.never_public, own.never_public),
    ...listChanges('`guards`', 'protect', base.protect, own.protect),
  ]
}

function acceptChanges(base: readonly string[], own: readonly string[]): readonly string[] {
  const added = without(own, base)
  const taken = without(base, own)
  return [
    ...(added.length === 0 ? [] : [`\`accept\` lets in ${quoted(added)}, which the ledger knows by other ids.`]),
    ...(taken.length === 0 ? [] : [`\`accept\` lets in ${quoted(taken)} no more.`]),
  ]
}

function listChanges(
  where: string,
  key: string,
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const added = without(after, before)
  const taken = without(before, after)
  return [
    ...(added.length === 0 ? [] : [`${where} gains ${key} ${quoted(added)}.`]),
    ...(taken.length === 0 ? [] : [`${where} loses ${key} ${quoted(taken)}.`]),
  ]
}

function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const there = new Set(others)
  return texts.filter((text) => !there.has(text))
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ')
}

function byGlob(grants: Grants | undefined): ReadonlyMap<string, Grant> {
  return new Map((grants?.entries ?? []).map((entry) => [entry.files, entry]))
}
