import type { Configuration } from '../config/configuration.ts'
import { resolveOwner } from '../config/resolve.ts'
import type { DesiredMember, DesiredSection } from '../core/desired.ts'
import { formatSource } from '../core/diagnostic.ts'
import type { Repositories } from '../core/repository.ts'
import { LADDER, repositoryIn } from '../core/scope.ts'
import type { ActionsList } from './actions-policy.ts'
import type { DesiredList } from './actions-used.ts'

const FAMILY = 'permissions'
const PATTERNS = 'selected_actions.patterns_allowed'

/**
 * The allow-lists that a configuration gives the repositories of an owner, by `owner/name`. A list of the organization holds in
 * all of them: GitHub then takes no other. What the configuration does not give stays as GitHub has it, which is not known here.
 * @param owner folded to lower case
 */
export function desiredLists(
  configuration: Configuration,
  owner: string,
  repositories: Repositories,
): (repository: string) => DesiredList | undefined {
  const { sections } = resolveOwner(configuration, owner, repositories, configuration.families)
  const wanted = sections.filter(({ family }) => family === FAMILY)
  const ofOwner = wanted.filter(({ scope }) => LADDER[scope.type].owns).flatMap(listsIn)[0]
  const ofRepository = new Map(
    wanted.flatMap((section) => {
      const { repo } = repositoryIn(section.scope) ?? {}
      const [list] = listsIn(section)
      return repo === undefined || list === undefined ? [] : [[repo, list] as const]
    }),
  )
  return (repository) => ofOwner ?? ofRepository.get(repository.toLowerCase().split('/')[1] ?? '')
}

function listsIn({ members }: DesiredSection): readonly DesiredList[] {
  return members.flatMap((member) => listOf(member) ?? [])
}

function listOf({ state, spec, edits, source, sources }: DesiredMember): DesiredList | undefined {
  const { allowed_actions: mode, selected_actions: given } = spec as {
    readonly allowed_actions?: string
    readonly selected_actions?: Partial<ActionsList>
  }
  const { add: added = [], remove: removed = [] } = edits[PATTERNS] ?? {}
  if (state !== 'present' || (mode ?? 'selected') !== 'selected') return undefined
  if (given === undefined && added.length === 0 && mode === undefined) return undefined
  const list: ActionsList = {
    github_owned_allowed: given?.github_owned_allowed,
    verified_allowed: given?.verified_allowed,
    patterns_allowed: [...(given?.patterns_allowed ?? []), ...added].filter((each) => !removed.includes(each)),
    // Without a list, GitHub's own stays, and is what is added to and taken from.
    ...(given?.patterns_allowed === undefined ? { beside: true } : {}),
  }
  return { list, source: formatSource(sources[PATTERNS] ?? source) }
}
