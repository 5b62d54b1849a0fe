import pLimit from 'p-limit'
import { pathOf, scopeAt } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { Document } from '../core/json.ts'
import type { Repositories } from '../core/repository.ts'
import { namesOf, repositoryIn, type Scope } from '../core/scope.ts'
import { importScopes } from '../engine/import.ts'
import type { OwnerDoor } from '../engine/open-owner.ts'
import { partText } from '../render/part-not-read.ts'
import type { AccessWorld, ReadSettings } from './access-world.ts'

/** More requests would wait for their turn, with what they read before. */
const AT_ONCE = 10

/** The settings of an owner that access follows from, and the places that could not be read. */
export interface ReadAccess {
  readonly world: AccessWorld
  readonly notRead: readonly { readonly place: string; readonly reason: string }[]
}

/**
 * Reads the organization, and of its repositories those that are asked for with their environments, as an import does.
 * @param names folded, of repositories whose own settings are needed
 * @param families those that the settings are read of
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
  const notRead: { readonly place: string; readonly reason: string }[] = []
  const read = new Map<string, ReadSettings>()
  let organization: Document | undefined
  const importAt = async (place: string) => {
    const scope = scopeAt(place)
    if (scope === undefined) return []
    const request = { door, owner, glob: place, families, scopes: [scope], repositories }
    const imported = await importScopes(request)
    for (const { scope: at, reason } of imported.notRead) notRead.push({ place: at, reason })
    for (const part of imported.partsNotRead) notRead.push({ place: part.family, reason: partText(part) })
    return imported.scopes
  }
  if (door.facts.type !== 'personal') {
    const [own] = await importAt(pathOf('organization', [owner]))
    organization = own?.body
  }
  const readOne = async (name: string): Promise<void> => {
    const scopes = await importAt(pathOf('repository', [owner, name]))
    const isInner = (scope: Scope): boolean => namesOf(scope).length > 2
    const own = scopes.find(({ scope }) => !isInner(scope) && repositoryIn(scope) !== undefined)
    const inner = scopes.filter(({ scope }) => isInner(scope))
    if (own === undefined) return
    read.set(name, {
      body: own.body,
      environments: new Map(inner.map((each) => [each.name ?? namesOf(each.scope).at(-1) ?? '', each])),
    })
  }
  const limit = pLimit(AT_ONCE)
  await Promise.all(names.map((name) => limit(() => readOne(name))))
  return { world: { owner, repositories: repositories.all, organization, read }, notRead }
}
