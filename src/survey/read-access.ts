import { pathOf, scopeAt } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { Document } from '../core/json.ts'
import type { Repositories } from '../core/repository.ts'
import { namesOf, repositoryIn, type Scope } from '../core/scope.ts'
import { importScopes } from '../engine/import.ts'
import type { OwnerDoor } from '../engine/open-owner.ts'
import { partText } from '../render/part-not-read.ts'
import { type AccessWorld, ENVIRONMENTS, type ReadSettings, USED_FAMILIES } from './access-world.ts'

/** The settings of an owner that access follows from, and the places that could not be read. */
export interface ReadAccess {
  readonly world: AccessWorld
  readonly notRead: readonly { readonly place: string; readonly reason: string }[]
}

/**
 * Reads the organization, and of its repositories those that are asked for with their environments, as an import does.
 * @param names folded, of repositories whose own settings are needed
 */
export async function readAccess(
  door: OwnerDoor,
  {
    owner,
    names,
    repositories,
    families,
  }: {
    readonly owner: string
    readonly names: readonly string[]
    readonly repositories: Repositories
    readonly families: readonly Family[]
  },
): Promise<ReadAccess> {
  const chosen = families.filter(({ name }) => name === ENVIRONMENTS || USED_FAMILIES.includes(name))
  const notRead: { readonly place: string; readonly reason: string }[] = []
  const read = new Map<string, ReadSettings>()
  let organization: Document | undefined
  const importAt = async (place: string) => {
    const scope = scopeAt(place)
    if (scope === undefined) return []
    const request = { door, owner, glob: place, families: chosen, scopes: [scope], repositories }
    const imported = await importScopes(request)
    for (const { scope: at, reason } of imported.notRead) notRead.push({ place: at, reason })
    for (const part of imported.partsNotRead) notRead.push({ place: part.family, reason: partText(part) })
    return imported.scopes
  }
  if (door.facts.type !== 'personal') {
    const [own] = await importAt(pathOf('organization', [owner]))
    organization = own?.body
  }
  for (const name of names) {
    const scopes = await importAt(pathOf('repository', [owner, name]))
    const isInner = (scope: Scope): boolean => namesOf(scope).length > 2
    const own = scopes.find(({ scope }) => !isInner(scope) && repositoryIn(scope) !== undefined)
    const inner = scopes.filter(({ scope }) => isInner(scope))
    if (own === undefined) continue
    read.set(name, {
      body: own.body,
      environments: new Map(inner.map((each) => [each.name ?? namesOf(each.scope).at(-1) ?? '', each])),
    })
  }
  return { world: { owner, repositories: repositories.all, organization, read }, notRead }
}
