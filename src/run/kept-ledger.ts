import type { Configuration } from '../config/configuration.ts'
import type { LedgerPlace } from '../config/ledger-place.ts'
import { valuesIn } from '../config/values-in.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { hiddenMembers } from '../core/hidden-members.ts'
import { isDocument } from '../core/json.ts'
import type { Support } from '../core/support.ts'
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
  { ledger, families }: Pick<Configuration, 'ledger' | 'families'>,
  sections: readonly DesiredSection[],
  product: Support,
): readonly Diagnostic[] {
  if (keepsLedger(env, ledger)) return []
  return sections.flatMap(({ family: name, scope, members, source }): Diagnostic[] => {
    const family = families.find((each) => each.name === name)
    const hidden = family && hiddenMembers(family, scope, product)
    if (hidden === undefined || members.every(({ state }) => state === 'unmanaged')) return []
    return [{ severity: 'error', message: `${name} ${KEPT} (${hidden.why})`, source }]
  })
}

const KEPT =
  'needs a ledger that is kept: on GitHub Actions a file is gone with the job. ' +
  'Write `ledger: { repository: acme/admin, branch: octoform, path: ledger.json }`'

const FORGOTTEN = `\`version\` ${KEPT}`
