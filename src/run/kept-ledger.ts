import type { Configuration } from '../config/configuration.ts'
import type { LedgerPlace } from '../config/ledger-place.ts'
import { valuesIn } from '../config/values-in.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { isDocument } from '../core/json.ts'
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

const FORGOTTEN =
  '`version` needs a ledger that is kept: on GitHub Actions a file is gone with the job. ' +
  'Write `ledger: { repository: acme/admin, branch: octoform, path: ledger.json }`'
