import type { Body } from '../worlds/world.ts'
import { type Entry, listAfter } from './lists.ts'
import type { SecretState } from './state.ts'

/** The secrets that octoform itself has written: by address, the source and the value at that time. */
export type Ledger = Map<string, { readonly source: string; readonly value: string }>

interface Given {
  readonly values: Readonly<Record<string, string>>
  readonly ledger: Ledger
}

type Secrets = Readonly<Record<string, SecretState>>

/**
 * The problems of the secrets of a scope. A value is sent where the secret is created, where its visibility changes,
 * and where it or its source is another than octoform wrote last; unmentioned secrets have not even been touched.
 */
export function secretProblems(
  scope: string,
  wanted: { readonly secrets?: unknown; readonly prune?: unknown },
  was: Secrets,
  is: Secrets,
  { values, ledger }: Given,
  repositories: (entries: readonly Entry[]) => string[],
): string[] {
  const wishes = Object.entries((wanted.secrets ?? {}) as Record<string, Body | string>)
  const given = new Map(wishes.map(([name, wish]) => [name.toUpperCase(), wish]))
  const problems: string[] = []
  for (const name of new Set([...Object.keys(was), ...given.keys(), ...Object.keys(is)])) {
    const address = `${scope}/secrets/${name}`
    const wish = given.get(name)
    const before = was[name]
    const differ = (want: unknown): void => {
      const have = is[name]
      if (JSON.stringify(want) !== JSON.stringify(shown(have))) {
        problems.push(`${address}: expected ${JSON.stringify(want)}, is ${JSON.stringify(have)}`)
      }
    }
    const pruned =
      wish === undefined &&
      wanted.secrets !== undefined &&
      isPruned(wanted.prune as readonly string[] | undefined, name)
    if (wish === 'absent' || pruned) {
      ledger.delete(address)
      differ(undefined)
    } else if (wish === undefined || wish === 'unmanaged' || typeof wish === 'string') {
      if (JSON.stringify(before) !== JSON.stringify(is[name])) problems.push(`${address}: changed, and nobody asked`)
    } else {
      const { want, puts } = expectedSecret(wish, before, address, { values, ledger }, repositories)
      differ(want)
      const stays = !puts && JSON.stringify(want) === JSON.stringify(shown(before))
      if (stays && JSON.stringify(before) !== JSON.stringify(is[name])) problems.push(`${address}: written for nothing`)
    }
  }
  return problems
}

function expectedSecret(
  wish: Body,
  before: SecretState | undefined,
  address: string,
  { values, ledger }: Given,
  repositories: (entries: readonly Entry[]) => string[],
): { readonly want: object | undefined; readonly puts: boolean } {
  const source = sourceOf(wish.value)
  if (before === undefined && source === undefined) return { want: undefined, puts: false }
  const visibility = (wish.visibility as string | undefined) ?? before?.visibility
  const list = listAfter(wish, 'repositories', [...(before?.repositories ?? [])].sort(), repositories)
  const entry = ledger.get(address)
  const value = source === undefined ? undefined : (values[source] ?? '')
  const moved = before === undefined || visibility !== before.visibility
  const puts =
    value !== undefined && (moved || (entry !== undefined && (entry.source !== source || entry.value !== value)))
  if (puts && source !== undefined) ledger.set(address, { source, value })
  const kept =
    visibility === 'selected' ? (list ?? before?.repositories ?? []) : puts ? [] : (before?.repositories ?? [])
  return { want: shown({ value: puts ? value : (before?.value ?? ''), visibility, repositories: kept }), puts }
}

type Shown = {
  readonly value: string
  readonly visibility?: string | undefined
  readonly repositories?: readonly string[]
}

/** In one form: a list that is empty and one that is not there are the same. */
function shown(secret: Shown | undefined): object | undefined {
  if (secret === undefined) return undefined
  return { value: secret.value, visibility: secret.visibility, repositories: [...(secret.repositories ?? [])].sort() }
}

function sourceOf(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const [[kind, name] = []] = Object.entries(value as Record<string, string>)
  return `${kind}:${name}`
}

function isPruned(globs: readonly string[] | undefined, name: string): boolean {
  return (globs ?? []).some(
    (glob) => glob === '*/*' || glob === 'secrets/*' || (glob === 'secrets/PAY_*' && name.startsWith('PAY_')),
  )
}
