import { parseAddress } from '../core/address.ts'
import { isEnterprise, namesOf, ownerOf, repositoryIn } from '../core/scope.ts'
import type { NameField } from './audit-events.ts'
import { AUDITED } from './audited-families.ts'

/** With more repositories, the log is asked for one action in all of them. */
const MOST_REPOSITORIES = 3

/** One changed address, as the log speaks of it. */
export interface AuditQuestion {
  readonly address: string
  readonly family: string
  /** Whole names of actions. */
  readonly actions: readonly string[]
  /** `owner/name`, folded. */
  readonly repository: string | undefined
  /** Folded; of what stands in one. */
  readonly environment: string | undefined
  /** Folded; undefined for settings. */
  readonly key: string | undefined
  /** The fields that may name it. */
  readonly names: readonly NameField[]
}

/** The question about an address; undefined where it is none. */
export function questionOf(address: string): AuditQuestion | undefined {
  const parsed = parseAddress(address)
  if (parsed === undefined) return undefined
  const { scope, family, key } = parsed
  const names = namesOf(scope)
  const { owner, repo } = repositoryIn(scope) ?? {}
  const below = ['repo', 'environment'][names.length - 2]
  const above = isEnterprise(ownerOf(scope)) ? ['business', 'enterprise'] : ['org']
  const categories = below === undefined ? above : [below]
  const known = Object.hasOwn(AUDITED, family) ? AUDITED[family] : undefined
  const actions = (known?.actions ?? []).flatMap((action) =>
    action.includes('.') ? [action] : categories.map((category) => `${category}.${action}`),
  )
  return {
    address,
    family,
    actions,
    repository: repo === undefined ? undefined : `${owner}/${repo}`.toLowerCase(),
    environment: names[2]?.toLowerCase(),
    key: key === '' ? undefined : key.toLowerCase(),
    names: known?.names ?? [],
  }
}

/** The searches that answer questions: each action by itself, since GitHub does not document what several in one search mean. */
export function searchesFor(
  questions: readonly AuditQuestion[],
): readonly { readonly action: string; readonly phrase: string }[] {
  const repositories = new Map<string, Map<string, AuditQuestion>>()
  for (const question of questions) {
    for (const action of question.actions) {
      const own = repositories.get(action) ?? new Map<string, AuditQuestion>()
      own.set(question.repository ?? '', question)
      repositories.set(action, own)
    }
  }
  return [...repositories].flatMap(([action, own]) => {
    const whole = { action, phrase: `action:${action}` }
    if (own.size > MOST_REPOSITORIES) return [whole]
    return [...own.values()].map((question) => ({ action, phrase: phraseIn(whole.phrase, question) }))
  })
}

/** The search for an action in the repository of a question alone. */
export function phraseIn(action: string, { repository }: AuditQuestion): string {
  return repository === undefined ? action : `${action} repo:${repository}`
}
