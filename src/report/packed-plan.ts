import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Plan } from '../core/plan.ts'
import { SetupError } from '../core/setup-error.ts'
import { parseSavedPlan } from '../engine/saved-plan.ts'

/** A check run's text may have 65,535 characters. */
const MOST_CHARACTERS = 60_000
const MOST_BYTES = 64 * 1024 * 1024

const NONE = { gains: [], loses: [] } as const

/**
 * Packs a reviewed plan, so that an apply which finds another plan can show the differences: hidden in markdown, and as
 * small as it goes. It proves nothing by itself; see {@link unpackPlan}.
 * @param clean takes out values that GitHub repeated; only the kept parts pass through it, since a whole plan is
 * several times as much
 * @returns undefined where it is too large
 */
export async function packPlan(plan: Plan, clean: <T>(value: T) => T): Promise<string | undefined> {
  const { reach: _, approve: __, archived: ___, passed_over: ____, ...kept } = plan
  const changes = plan.changes.map(({ runner_moves: _____, ...change }) => {
    return { ...change, patch: [], access: NONE, consequences: [], notes: [] }
  })
  const none = { diagnostics: [], held_back: [], tripped: [], values_needed: [], left_alone: [], left_out: [] }
  const slim = { ...kept, ...none, changes }
  const packed = await promisify(gzip)(JSON.stringify(clean(slim)))
  const text = `The changes of this plan stand here unseen, for apply to say what differs.\n\n<!-- octoform-plan ${packed.toString('base64')} -->`
  return text.length > MOST_CHARACTERS ? undefined : text
}

/**
 * The plan in such a text, if it has the digest: a text by another author cannot hold other changes with the same
 * digest.
 * @returns undefined where there is none
 */
export async function unpackPlan(text: string, digest: string): Promise<Plan | undefined> {
  const [, packed] = /<!-- octoform-plan ([A-Za-z0-9+/=]+) -->/.exec(text) ?? []
  if (packed === undefined) return undefined
  try {
    const json = await promisify(gunzip)(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES })
    const { plan, intact } = parseSavedPlan('the plan of the check run', json.toString('utf8'))
    return intact && plan.digest === digest ? plan : undefined
  } catch (error) {
    // Cut off, or by another author: only the digests are shown then.
    if (error instanceof SetupError || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
}
