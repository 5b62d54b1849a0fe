import type { Configuration } from '../config/configuration.ts'
import type { LedgerPlace } from '../config/ledger-place.ts'
import { valuesIn } from '../config/values-in.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { hiddenMembers } from '../core/hidden-members.ts'
import { isDocument } from '../core/json.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import type { Env } from '../github/credentials.ts'

/** Whether the next run will find this run's ledger: the files of a job on GitHub Actions are lost. */
export function keepsLedger(env: Env, ledger: LedgerPlace): boolean {
  return env.GITHUB_ACTIONS !== 'true' || 'repository' in ledger
}

/** An error for each `version` of a value where no ledger is kept: without its entry every apply would put the value again. */
export function forgottenVersions(env: Env, configuration: Configuration): readonly Diagnostic[] {
  if (keepsLedger(env, configuration.ledger)) return []
  const found = new Map<string, Diagnostic>()
  for (const { body, path, place } of configuration.layers) {
    for (const { family, name, leaf, value } of valuesIn(body, configuration.families)) {
      if (!isDocument(value) || value.version === undefined) continue
      const source = place([...path, family.name, name, ...leaf.split('.'), 'version'])
      found.set(JSON.stringify(source), { severity: 'error', message: FORGOTTEN, source })
    }
  }
  return [...found.values()]
}

/**
 * An error for each section of members that GitHub does not show where no ledger is kept: every apply would create them again,
 * and none could change or delete them.
 */
export function forgottenMembers(
  env: Env,
  { ledger }: Pick<Configuration, 'ledger'>,
  states: readonly OwnerState[],
): readonly Diagnostic[] {
  if (keepsLedger(env, ledger)) return []
  return states
    .flatMap(({ sections }) => sections)
    .flatMap(({ section, family, known }): Diagnostic[] => {
      const hidden = hiddenMembers(family, section.scope, known.product)
      if (hidden === undefined || section.members.every(({ state }) => state === 'unmanaged')) return []
      const message = `${family.name} ${KEPT} (${hidden.why})`
      return [{ severity: 'error', message, source: section.source }]
    })
}

const KEPT =
  'needs a ledger that is kept: on GitHub Actions a file is gone with the job. ' +
  'Write `ledger: { repository: acme/admin, branch: octoform, path: ledger.json }`'

const FORGOTTEN = `\`version\` ${KEPT}`
