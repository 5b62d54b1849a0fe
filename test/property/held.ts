import { expect } from 'vitest'
import type { Body } from '../worlds/world.ts'

/** A member of `held_back` of a plan. */
export interface Held {
  readonly address: string
  readonly field: string | null
  readonly reason: string
  readonly source: unknown
  readonly help: string
}

/** The fields that wait with another one, in the words of its reason. */
const COMPANIONS = /; ([\w, ]+) waits? with it/

/** A list means its mode, so that the mode is not switched without it. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  repositories: ['enabled_repositories', 'visibility'],
  selected_actions: ['allowed_actions'],
  selected_workflows: ['restricted_to_workflows'],
}

/** The former state of a scope on GitHub: its members, by family. */
type Before = { readonly secrets: object; readonly runner_groups?: object }

/**
 * The wishes of one scope as far as a run can fulfil them: settings that octoform reports as held back are taken out,
 * and each must be a wish, with its line and a remedy. A new member is not made by halves.
 */
export function without<Wished extends object>(
  wishes: Wished,
  { scope, before }: { readonly scope: string; readonly before: Before },
  all: readonly Held[],
): Wished {
  let left = wishes as Body
  for (const held of all.filter(({ address }) => address.startsWith(`${scope}/`))) {
    const [family = '', key] = held.address.slice(scope.length + 1).split('/')
    expect(held.source, JSON.stringify(held)).not.toBeNull()
    expect(held.help).toMatch(/\.$/)
    const wish = left[family] as Body
    left = { ...left, [family]: key === undefined ? lessOf(wish, held) : memberLess(wish, key, held, before) }
  }
  return left as Wished
}

function memberLess(members: Body, key: string, held: Held, before: Before): Body {
  const name = Object.keys(members).find((each) => each === decodeURIComponent(key)) ?? nameOfSecret(members, key)
  if (name === undefined) throw new Error(`nobody asked for ${held.address}, which is held back: ${held.reason}`)
  const isThere = [before.secrets, before.runner_groups ?? {}].some((all) => decodeURIComponent(key) in all)
  const less = lessOf(members[name], held)
  return { ...members, [name]: isThere ? less : 'unmanaged' }
}

function nameOfSecret(members: object, key: string): string | undefined {
  return Object.keys(members).find((each) => each.toUpperCase() === key)
}

function lessOf(wish: unknown, { address, field, reason }: Held): unknown {
  if (field === null) return 'unmanaged'
  const own = field.split('.')[0] as string
  const waiting = [own, ...(MODES[own] ?? []), ...(COMPANIONS.exec(reason)?.[1]?.split(', ') ?? [])]
  const names = waiting.flatMap((name) => [name, `add_${name}`, `remove_${name}`])
  const given = wish as Body
  if (!names.some((name) => given[name] !== undefined)) {
    throw new Error(`nobody asked for ${field} of ${address}, which is held back: ${reason}`)
  }
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)))
}
