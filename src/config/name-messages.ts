import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { CapturedName, NameFact } from '../core/known-names.ts'
import { listedName } from '../core/scope.ts'

/** The warning about a name that its repository does not have any more. */
export function renamedWarning(
  owner: string,
  written: string,
  to: string,
  source: Source,
  address: string | undefined,
): Diagnostic {
  const message = `${listedName(owner, written)} is called ${listedName(owner, to)} now: write ${to}`
  return { severity: 'warning', message, source, ...(address === undefined ? {} : { address }) }
}

/** The reason why an entry with a name is held back, and the remedy. */
export function heldName(
  owner: string,
  written: string,
  fact: Exclude<NameFact, { readonly kind: 'renamed' }>,
): { readonly reason: string; readonly help: string } {
  const name = listedName(owner, written)
  if (fact.kind === 'elsewhere') {
    const reason = `${name} went to another owner: it is ${fact.fullName} now`
    return { reason, help: `Take ${written} out of the YAML of ${owner}.` }
  }
  return captured(name, fact, listedName(owner, fact.now ?? ''))
}

/** The same of an owner, whose name another account has. */
export function heldOwner(owner: string, fact: CapturedName): { readonly reason: string; readonly help: string } {
  return captured(owner, fact, '')
}

function captured(
  name: string,
  { id, recorded, authentic, now, byAccept }: CapturedName,
  nowCalled: string,
): { readonly reason: string; readonly help: string } {
  const has = id === undefined ? `${name} is not there` : `${name} has the id ${id} now`
  const by = byAccept ? '`accept` lets in' : 'the ledger knows'
  const knows = authentic ? `and ${by} ${recorded}` : 'and the id in the ledger is not authentic'
  const moved = now === undefined ? '' : `; what it was is called ${nowCalled} now`
  const reason = `${has}, ${knows}: it may be another one than was meant${moved}`
  if (id === undefined) return { reason, help: `Find out who changed the ledger's id of ${name}.` }
  return {
    reason,
    help: `If it is meant, write accept: ["${name.toLowerCase()}=${id}"] beside guards, or give --accept ${name.toLowerCase()}=${id}.`,
  }
}
