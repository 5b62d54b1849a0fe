import pLimit from 'p-limit'
import { formatScope, pathOf, scopeAt } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { Document } from '../core/json.ts'
import { indexRepositories, type Repository } from '../core/repository.ts'
import { namesOf, repositoryIn, type Scope } from '../core/scope.ts'
import { importScopes } from '../engine/import.ts'
import type { OwnerDoor } from '../engine/open-owner.ts'
import { partText } from '../render/part-not-read.ts'
import { keptSettings } from './kept-settings.ts'
import type { OwnerReading, RepositorySettings } from './reading.ts'
import type { SurveyGap } from './survey-files.ts'

/** More requests would wait for their turn, with what they read before. */
const AT_ONCE = 10

/** The settings of an owner that access follows from, and the places that could not be read. */
export interface ReadAccess {
  readonly settings: Omit<NonNullable<OwnerReading['settings']>, 'families'>
  readonly notRead: readonly SurveyGap[]
}

/**
 * Reads the organization, and of its repositories those that are asked for with their environments, as an import does; groups that an enterprise
 * shares are among them.
 * @param names folded, of repositories whose own settings are needed
 * @param families those that the settings are read of, at the owner and below it
 */
export async function readAccess(
  door: OwnerDoor,
  {
    owner,
    names,
    repositories: all,
    families,
  }: {
    readonly owner: string
    readonly names: readonly string[]
    readonly repositories: readonly Repository[]
    readonly families: { readonly owner: readonly Family[]; readonly repositories: readonly Family[] }
  },
): Promise<ReadAccess> {
  const notRead: SurveyGap[] = []
  const repositories = indexRepositories(all, 'complete')
  const importAt = async (place: string, read: readonly Family[]) => {
    const scope = scopeAt(place)
    if (scope === undefined) return []
    const request = { door, owner, glob: place, families: read, scopes: [scope], repositories, form: 'live' as const }
    const imported = await importScopes(request)
    for (const { scope: at, reason } of imported.notRead) notRead.push({ repository: at, file: '', reason })
    for (const part of imported.partsNotRead) {
      notRead.push({ repository: formatScope(part.scope), file: part.family, reason: partText(part) })
    }
    return imported.scopes.map((each) => ({ ...each, body: keptSettings(each.body) }))
  }
  let organization: Document | undefined
  if (door.facts.type !== 'personal') {
    const [own] = await importAt(pathOf('organization', [owner]), families.owner)
    organization = own?.body
  }
  const readOne = async (name: string): Promise<readonly RepositorySettings[]> => {
    const scopes = await importAt(pathOf('repository', [owner, name]), families.repositories)
    const isInner = (scope: Scope): boolean => namesOf(scope).length > 2
    const own = scopes.find(({ scope }) => !isInner(scope) && repositoryIn(scope) !== undefined)
    if (own === undefined) return []
    const environments = scopes
      .filter(({ scope }) => isInner(scope))
      .map(({ scope, name: shown, body }) => {
        return { name: shown ?? namesOf(scope).at(-1) ?? '', place: formatScope(scope), body }
      })
    return [{ name, body: own.body, environments }]
  }
  const limit = pLimit(AT_ONCE)
  const read = (await Promise.all(names.map((name) => limit(() => readOne(name))))).flat()
  return { settings: { ...(organization === undefined ? {} : { organization }), read }, notRead }
}
