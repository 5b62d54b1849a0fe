import type { Diagnostic } from '../core/diagnostic.ts'
import { concernsOwner } from '../core/plan-of-owner.ts'
import { isEnterprise } from '../core/scope.ts'
import { has } from '../github/endpoints.ts'
import type { Run } from '../run/run.ts'
import { AUDIT_LOGS } from '../survey/audit-events.ts'
import { type WhoChanged, whoChanged } from '../survey/who-changed.ts'

/** The routes that say who changed something. */
export const WHO_ROUTES = Object.values(AUDIT_LOGS)

/**
 * The same run, whose changes have a note with who changed it on GitHub last; a warning for each owner of which the log is not
 * there, or may not be read. What it finds changes neither digest nor exit code.
 */
export async function withWho(run: Run): Promise<Run> {
  const { plan } = run.planned
  const notes = new Map<string, string>()
  const warnings: Diagnostic[] = []
  for (const { owner, product } of run.states) {
    const addresses = plan.changes.map(({ address }) => address).filter((address) => concernsOwner(address, owner))
    if (addresses.length === 0) continue
    const found = await ofOwner(run, owner, product, addresses)
    if (found.unread !== undefined) {
      warnings.push({
        severity: 'warning',
        message: `--who: of ${owner} it is not known who changed what: ${found.unread}`,
      })
    }
    for (const [address, note] of found.notes) notes.set(address, note)
  }
  const changes = plan.changes.map((change) => {
    const note = notes.get(change.address)
    return note === undefined ? change : { ...change, notes: [...change.notes, note] }
  })
  return {
    ...run,
    planned: { ...run.planned, plan: { ...plan, changes, diagnostics: [...plan.diagnostics, ...warnings] } },
  }
}

async function ofOwner(
  { connection }: Run,
  owner: string,
  product: string | undefined,
  addresses: readonly string[],
): Promise<WhoChanged> {
  const isAbove = isEnterprise(owner)
  const route = isAbove ? AUDIT_LOGS.enterprise : AUDIT_LOGS.organization
  if (product === undefined || !has(product, route)) {
    const where =
      'GitHub shows an audit log on Enterprise Cloud, on Enterprise Server from 3.4 on and on GitHub AE alone'
    return { notes: new Map(), unread: where }
  }
  const credential = await connection.credential(owner)
  const client = connection.reader(credential, await connection.server(owner), product)
  const name = owner.slice(owner.lastIndexOf('/') + 1)
  const params: Readonly<Record<string, string>> = isAbove ? { enterprise: name } : { org: name }
  return whoChanged(client, { route, params }, addresses)
}
