import type { Body } from '../worlds/world.ts'
import type { Wishes } from './desired-worlds.ts'
import { type Held, without } from './held.ts'
import { type Entry, listed } from './lists.ts'
import { type Wanted, wantedOf } from './merge.ts'
import { groupProblems } from './oracle-groups.ts'
import { effective, expectedPermissions, permissionProblems } from './oracle-permissions.ts'
import { type Ledger, secretProblems } from './oracle-secrets.ts'
import type { OrganizationState, RepositoryState, WorldState } from './state.ts'

/** The course of a run, and the desired result. */
export interface Story {
  readonly before: WorldState
  readonly after: WorldState
  readonly wishes: Wishes
  /** The settings that octoform reports as held back: they must be as before. */
  readonly held: readonly Held[]
  /** The present values of the sources, by `env:NAME` or `file:PATH`. */
  readonly values: Readonly<Record<string, string>>
  readonly ledger: Ledger
}

/** All that is not as it should be after an apply, in words. */
export function problemsOf(story: Story): string[] {
  const { before, after, wishes } = story
  const { acme: was } = before.organizations
  const { acme: is } = after.organizations
  const problems: string[] = []
  const differ = (what: string, want: unknown, have: unknown): void => {
    if (JSON.stringify(want) !== JSON.stringify(have)) {
      problems.push(`${what}: expected ${JSON.stringify(want)}, is ${JSON.stringify(have)}`)
    }
  }
  const organization = without(wishes.organization, { scope: 'orgs/acme', before: was }, story.held)
  const repositories = (entries: readonly Entry[]): string[] => listed(entries, was.repositories)
  const policy = expectedPermissions((organization.permissions ?? {}) as Body, was.permissions, repositories)
  differ('orgs/acme/permissions', policy, expectedPermissions({}, is.permissions, repositories))
  problems.push(
    ...secretProblems('orgs/acme', organization, was.secrets, is.secrets, story, repositories),
    ...groupProblems(organization, before, after, repositories),
  )
  for (const [name, repository] of Object.entries(was.repositories)) {
    const now = is.repositories[name]
    if (now === undefined) return [...problems, `${name} is gone`]
    const wanted = wantedAt(story, name, repository)
    // A list that GitHub only kept is emptied before it comes into force: its repositories join it anew.
    const wasInForce = was.permissions.enabled_repositories === 'selected' && isListed(was, name)
    const joined = isListed(is, name) && !wasInForce
    const sides = {
      was: repository.permissions,
      is: now.permissions,
      wasEffective: effective(was, name),
      isEffective: effective(is, name),
    }
    problems.push(...permissionProblems(`repos/acme/${name}`, wanted.permissions, sides, joined))
    problems.push(...secretProblems(`repos/acme/${name}`, wanted, repository.secrets, now.secrets, story, repositories))
    differ(name, rest(repository), rest(now))
  }
  differ('runners', was.runners, is.runners)
  return problems
}

/** Settings of an archived repository are left alone: GitHub takes no write there. */
function wantedAt({ wishes, held }: Story, name: string, repository: RepositoryState): Wanted {
  if (repository.archived) return { prune: [] }
  const scope = `repos/acme/${name.toLowerCase()}`
  return without(wantedOf(wishes, name, repository), { scope, before: repository }, held)
}

function isListed({ permissions }: OrganizationState, name: string): boolean {
  return (permissions.repositories ?? []).includes(name)
}

/** Nothing that octoform manages. */
function rest({ permissions: _, secrets: __, ...others }: { permissions: unknown; secrets: unknown }): object {
  return others
}
