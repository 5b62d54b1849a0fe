import type { Route } from '../core/routes.ts'
import { ownerOf, scopeParams } from '../core/scope.ts'
import type { Work } from '../core/work.ts'
import { shorten } from '../render/shorten.ts'
import { EXIT } from '../run/exit-codes.ts'
import type { Refusal } from '../run/refusal.ts'
import type { Run } from '../run/run.ts'

/** Every value that will be needed is looked for before the first write. */
export async function missingValues(run: Run): Promise<Refusal[]> {
  const lacking = new Map<string, string[]>()
  const keyIds = new Map<string, Promise<unknown>>()
  for (const work of run.planned.works) {
    if (work.change.value === null) continue
    const why = (await notAtHand(run, work)) ?? (await sealedForAnother(run, work, keyIds))
    if (why === undefined) continue
    const addresses = lacking.get(why)
    if (addresses === undefined) lacking.set(why, [work.change.address])
    else addresses.push(work.change.address)
  }
  return [...lacking].map(([why, addresses]) => {
    const message = `${needing(addresses)}: ${why}. Nothing was written.`
    const who =
      addresses.length === 1 ? 'One address needs its value' : `${addresses.length} addresses need their value`
    const brief = `${who}, which is not at hand. Nothing was written.`
    return { code: EXIT.failed, message, brief, failure: 'value_missing' }
  })
}

/** The addresses that need one value, in one sentence: a set may put it into every repository. */
function needing(addresses: readonly string[]): string {
  if (addresses.length === 1) return `${addresses.join('')} needs its value`
  return `${addresses.length} addresses (${shorten(addresses, 3)}) need their value`
}

async function notAtHand(run: Run, { value }: Work): Promise<string | undefined> {
  if (!value) return 'the YAML gives no value'
  const found = await run.values.available(value)
  return found.ok ? undefined : found.reason
}

/**
 * Reports a value that was sealed for another key. GitHub changes a scope's key now and then; values sealed for an
 * earlier one cannot be opened.
 */
async function sealedForAnother(
  run: Run,
  work: Work,
  keyIds: Map<string, Promise<unknown>>,
): Promise<string | undefined> {
  const box = work.value && run.configuration.sealed.get(work.value.source)
  const route = work.sends.find(({ seals }) => seals)?.seals?.publicKey
  if (box === undefined || route === undefined) return undefined
  const at = JSON.stringify([route, scopeParams(work.scope)])
  const asked = keyIds.get(at) ?? publicKeyId(run, work, route)
  keyIds.set(at, asked)
  const keyId = await asked
  if (keyId === box.key_id) return undefined
  return `it was sealed for the key ${box.key_id}, and the public key is ${keyId} now; seal it again with octoform seal`
}

async function publicKeyId({ connection, states }: Run, { scope }: Work, route: Route): Promise<unknown> {
  const owner = ownerOf(scope)
  const product = states.find((state) => state.owner === owner)?.product
  const client = connection.reader(await connection.credential(owner), await connection.server(owner), product)
  const { body } = await client.request(route, scopeParams(scope))
  return (body as { readonly key_id?: unknown } | undefined)?.key_id
}
