import type { Get } from '../core/family.ts'
import { type KnownNames, knowNames, type RecordedName, type Redirected } from '../core/known-names.ts'
import type { Repositories } from '../core/repository.ts'
import { isEnterprise } from '../core/scope.ts'
import { GitHubError } from '../github/errors.ts'

/** The facts known of names before the first request. */
export interface Identities {
  /** Ids that the ledger has, by `acme` or `acme/web`, in lower case. */
  readonly recorded: ReadonlyMap<string, RecordedName>
  /** The names under which the ledger has entries, by the same. */
  readonly holders: ReadonlySet<string>
  /** Ids that the configuration and flags let in, by the same. */
  readonly accepted: ReadonlyMap<string, number>
}

/** The names below an owner of which the ledger, the configuration or a flag knows an id, without their owner. */
export function namesWithIds({ recorded, accepted }: Identities, owner: string): Iterable<string> {
  return [...below(recorded, owner).keys(), ...below(accepted, owner).keys()]
}

/** The fields that show which repository a name leads to. */
interface Named {
  readonly id: number
  readonly full_name: string
}

/**
 * Learns the repositories behind an owner's names. GitHub is asked only for written names that a complete listing lacks
 * and whose repository the ledger does not know: one request each.
 * @param written names that the configuration writes out, without their owner
 * @param excluded those of them that it takes out of lists
 * @param redirects the earlier answers
 * @throws GitHubError where GitHub does not answer whether a name exists
 */
export async function learnNames(
  get: Get,
  owner: string,
  repositories: Repositories,
  { written, excluded }: { readonly written: Iterable<string>; readonly excluded: Iterable<string> },
  identities: Identities,
  redirects: ReadonlyMap<string, Redirected> = new Map(),
): Promise<KnownNames> {
  const recorded = below(identities.recorded, owner)
  const accepted = below(identities.accepted, owner)
  const names = new Set(written)
  const isKnown = (name: string): boolean => {
    const record = recorded.get(name)
    const id = accepted.get(name) ?? (record?.authentic ? record.id : undefined)
    return repositories.byName.has(name) || redirects.has(name) || (id !== undefined && repositories.byId.has(id))
  }
  const unknown = repositories.complete ? [...names].filter((name) => !isKnown(name)) : []
  const asked = await Promise.all(unknown.map((name) => ask(get, owner, name)))
  const found = new Map([...redirects, ...asked.flat()])
  // Entries of an organization are followed where that is read, not where a list names it.
  const entries = isEnterprise(owner) ? [] : [...identities.holders]
  const holders = new Set(below(new Map(entries.map((name) => [name, name])), owner).keys())
  return knowNames({ repositories, written: names, recorded, accepted, holders, redirects: found, excluded })
}

/** The redirect of a name; empty where there is no such repository, or where it still has that name. */
async function ask(get: Get, owner: string, repo: string): Promise<readonly (readonly [string, Redirected])[]> {
  try {
    const { id, full_name } = await get.one<Named>('GET /repos/{owner}/{repo}', { owner, repo })
    const fullName = full_name.toLowerCase()
    return fullName === `${owner}/${repo}` ? [] : [[repo, { id, fullName }]]
  } catch (error) {
    const gone = error instanceof GitHubError && (error.status === 404 || error.status === 451)
    if (!gone) throw error
    return []
  }
}

/**
 * The entries of what an owner's lists name, by their names alone: of its repositories, or of organizations, which have the
 * same name in every list.
 */
function below<Value>(known: ReadonlyMap<string, Value>, owner: string): ReadonlyMap<string, Value> {
  if (isEnterprise(owner)) return new Map([...known].filter(([name]) => !/[/:]/.test(name)))
  const own = [...known].filter(([name]) => name.startsWith(`${owner}/`))
  return new Map(own.map(([name, value]) => [name.slice(owner.length + 1), value]))
}

/**
 * The same facts for an owner that the ledger knows by an earlier name, too: what it has under that is of this one, such as
 * `team:acme/release` and `acme/web`.
 * @param id GitHub's of the owner
 */
export function underFormerNames(identities: Identities, owner: string, id: number | null): Identities {
  const formers = [...identities.recorded].filter(
    ([name, record]) => name !== owner && !/[/:]/.test(name) && record.authentic && record.id === id,
  )
  if (formers.length === 0) return identities
  const recorded = new Map(identities.recorded)
  for (const [former] of formers) {
    for (const [name, record] of identities.recorded) {
      const [, kind = '', rest] = /^(team:)?(.*)$/.exec(name) ?? []
      const now = rest?.startsWith(`${former}/`) ? `${kind}${owner}${rest.slice(former.length)}` : undefined
      if (now !== undefined && !identities.recorded.has(now)) recorded.set(now, record)
    }
  }
  return { ...identities, recorded }
}
