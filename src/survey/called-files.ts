import { append } from '../core/append.ts'
import { groupBy } from '../render/group-by.ts'
import type { RepositoryFiles } from './reading.ts'
import type { UsedAction } from './survey-files.ts'

/**
 * The files of some repositories, with the workflows that they call: each is read once, so that it may stand among the files of
 * another repository that calls it too.
 * @param others the other repositories of the same reading
 */
export function withCalledFiles(
  kept: readonly RepositoryFiles[],
  others: readonly RepositoryFiles[],
): readonly RepositoryFiles[] {
  const [first, ...rest] = kept
  if (first === undefined || others.length === 0) return kept
  const found: RepositoryFiles[] = []
  const byPlace = factsByPlace(others)
  const queue = kept.flatMap(({ uses }) => uses)
  for (let use = queue.pop(); use !== undefined; use = queue.pop()) {
    const place = placeCalled(use)
    const facts = place === undefined ? undefined : byPlace.get(place)
    if (place === undefined || facts === undefined) continue
    byPlace.delete(place)
    found.push(facts)
    append(queue, facts.uses)
  }
  const all = [first, ...found]
  const joined = {
    files: all.flatMap(({ files }) => files),
    uses: all.flatMap(({ uses }) => uses),
    faults: all.flatMap(({ faults }) => faults),
    not_read: all.flatMap((each) => each.not_read),
  }
  return [{ name: first.name, ...joined }, ...rest]
}

/** Of each file at a ref, all that it says. */
function factsByPlace(others: readonly RepositoryFiles[]): Map<string, RepositoryFiles> {
  const places = new Map<string, RepositoryFiles>()
  for (const own of others) {
    const all = [...own.files, ...own.uses, ...own.faults, ...own.not_read]
    const atRefs = new Set(all.filter(({ file }) => file.includes('@')).map(factPlace))
    if (atRefs.size === 0) continue
    const [files, uses] = [groupBy(own.files, factPlace), groupBy(own.uses, factPlace)]
    const [faults, gaps] = [groupBy(own.faults, factPlace), groupBy(own.not_read, factPlace)]
    for (const place of atRefs) {
      const at = <Fact>(facts: ReadonlyMap<string, readonly Fact[]>): readonly Fact[] => facts.get(place) ?? []
      places.set(place, { name: own.name, files: at(files), uses: at(uses), faults: at(faults), not_read: at(gaps) })
    }
  }
  return places
}

function factPlace({ repository, file }: { readonly repository: string; readonly file: string }): string {
  return placeOf(repository, file)
}

/** The place of the file that a use calls, where it is one that is read at a ref of its own. */
function placeCalled({ kind, owner, repo, path = '', ref, repository, file }: UsedAction): string | undefined {
  if (kind === 'reusable workflow') return placeOf(`${owner}/${repo}`, `${path}@${ref}`)
  // Of a called workflow, a local one is of the same repository and ref.
  const [, at] = /^.*?\.ya?ml@(.*)$/.exec(file) ?? []
  return kind === 'local workflow' && at !== undefined ? placeOf(repository, `${path}@${at}`) : undefined
}

function placeOf(repository: string, file: string): string {
  return `${repository.toLowerCase()} ${file}`
}
