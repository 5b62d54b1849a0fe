import { compileGlob } from '../core/glob.ts'
import { indexRepositories, type Repositories, type Repository } from '../core/repository.ts'
import { SetupError } from '../core/setup-error.ts'
import { similarTo } from '../core/similar.ts'
import type { OwnerDoor } from '../engine/open-owner.ts'
import { readRepositories } from '../engine/repositories.ts'
import type { SurveyGap } from './survey-files.ts'

/** The repositories of an owner that a report is about. */
export interface Surveyed {
  readonly owner: string
  readonly chosen: readonly Repository[]
  /** All that were listed. */
  readonly repositories: Repositories
  readonly notRead: readonly SurveyGap[]
}

/**
 * Finds the repositories that names and globs choose, without archived ones where they are not named as such: in these no workflow
 * runs.
 * @param globs of the names below the owner; `*` for all of them
 * @param others whether an organization's other repositories are to be known beside named ones
 * @throws SetupError for a glob that chooses nothing
 */
export async function findRepositories(
  door: OwnerDoor,
  owner: string,
  { names, globs }: { readonly names: readonly string[]; readonly globs: readonly string[] },
  others: 'listed too' | 'left out' = 'left out',
): Promise<Surveyed> {
  const folded = names.map((name) => name.toLowerCase())
  if (globs.length > 0 && door.facts.type === 'personal') {
    throw new SetupError(`${owner} is a personal account: name its repositories one by one, such as ${owner}/NAME.`)
  }
  const account = { name: owner, id: door.facts.id }
  const needs =
    globs.length > 0 || (others === 'listed too' && door.facts.type !== 'personal') ? 'all' : { names: folded }
  const { repositories, notRead } = await readRepositories(door.get, account, needs, 'all')
  const isNamed = new Set(folded)
  const lost = folded.filter((name) => !repositories.byName.has(name))
  const matchers = globs.map((glob) => {
    const matches = compileGlob(glob)
    if (glob !== '*' && !repositories.all.some(({ name }) => matches(name))) {
      const near = similarTo(
        glob,
        repositories.all.map(({ name }) => name),
      )
      throw new SetupError(`${glob} matches no repository${near === undefined ? '.' : `; is ${near} meant?`}`)
    }
    return matches
  })
  const chosen = repositories.all.filter(
    ({ name, archived }) => isNamed.has(name) || (!archived && matchers.some((matches) => matches(name))),
  )
  const reasons = new Map(notRead.map(({ scope, reason }) => [scope.split('/').at(-1) ?? '', reason]))
  return {
    owner,
    chosen: [...chosen].sort((one, other) => (one.name < other.name ? -1 : 1)),
    repositories: indexRepositories(repositories.all, 'complete'),
    notRead: lost.map((name) => ({
      repository: `${owner}/${name}`,
      file: '',
      reason: reasons.get(name) ?? 'GitHub does not list it',
    })),
  }
}
