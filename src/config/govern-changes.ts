import { byText } from '../core/address.ts'
import type { Approval } from '../core/approvals.ts'
import { BUDGETS, type Budgets } from '../core/guards.ts'
import type { Configuration, Guards } from './configuration.ts'
import type { Grant, Grants } from './grants.ts'

/**
 * Sentences that tell how `files`, `guards` and `approvals` differ from another version of the configuration: whoever reviews a change
 * of these decides about more than the plan shows.
 * @param base the configuration of the base commit; undefined where it could not be loaded
 */
export function governChanges(
  base: Pick<Configuration, 'grants' | 'guards' | 'approvals' | 'accept'> | undefined,
  own: Pick<Configuration, 'grants' | 'guards' | 'approvals' | 'accept'>,
): readonly string[] {
  if (base === undefined) {
    return [
      'The configuration of the base commit cannot be read: whether `files`, `guards` or `approvals` changed cannot be told.',
    ]
  }
  return [
    ...grantChanges(base.grants, own.grants),
    ...guardChanges(base.guards, own.guards),
    ...approvalChanges(base.approvals.lines, own.approvals.lines),
    ...acceptChanges(base.accept, own.accept),
  ]
}

/** Lines that are taken out let nothing happen. */
function approvalChanges(base: readonly Approval[], own: readonly Approval[]): readonly string[] {
  const idOf = ({ digest, allow, reason }: Approval): string => JSON.stringify([digest, allow, reason])
  const before = new Set(base.map(idOf))
  return own
    .filter((line) => !before.has(idOf(line)))
    .map(({ digest, allow, reason }) => `\`approvals\` gains ${quoted(allow)} for the plan ${digest}: ${reason}`)
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
  return [
    ...budgets,
    ...listChanges('`guards`', 'never_public', base.never_public, own.never_public),
    ...listChanges('`guards`', 'protect', base.protect, own.protect),
  ]
}

function acceptChanges(base: readonly string[], own: readonly string[]): readonly string[] {
  const added = own.filter((each) => !base.includes(each))
  return added.length === 0 ? [] : [`\`accept\` lets in ${quoted(added)}, which the ledger knows by other ids.`]
}

function listChanges(
  where: string,
  key: string,
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const added = after.filter((each) => !before.includes(each))
  const taken = before.filter((each) => !after.includes(each))
  return [
    ...(added.length === 0 ? [] : [`${where} gains ${key} ${quoted(added)}.`]),
    ...(taken.length === 0 ? [] : [`${where} loses ${key} ${quoted(taken)}.`]),
  ]
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ')
}

function byGlob(grants: Grants | undefined): ReadonlyMap<string, Grant> {
  return new Map((grants?.entries ?? []).map((entry) => [entry.files, entry]))
}
