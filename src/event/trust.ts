import type { RunContext } from './run-context.ts'

/** The origin of a run's configuration: the repository itself, or an author who may not even read it. */
export type Trust = { readonly kind: 'own' } | { readonly kind: 'foreign'; readonly why: string }

/**
 * Whether the configuration of a run may cause requests: not where the event carries a pull request whose head
 * repository is unknown or another than the run's (names without case, as GitHub compares them).
 */
export function trustOf(context: RunContext | undefined): Trust {
  if (context?.pullRequest === undefined) return { kind: 'own' }
  const { repository, event } = context
  const { headRepository, number } = context.pullRequest
  const pull = number === undefined ? 'the pull request' : `pull request #${number}`
  if (headRepository === undefined) {
    const why = `where ${pull} of the event \`${event}\` comes from is not known`
    return { kind: 'foreign', why }
  }
  if (repository !== '' && headRepository.toLowerCase() === repository.toLowerCase()) return { kind: 'own' }
  return { kind: 'foreign', why: `${pull} comes from ${headRepository}, not from ${repository || 'this repository'}` }
}

/** Whether the event carries a pull request, or may: then no value is resolved and the ledger's key is not used. */
export function carriesPullRequest(context: RunContext | undefined): boolean {
  return context?.pullRequest !== undefined
}
