import type { Plan } from '../core/plan.ts'
import { SetupError } from '../core/setup-error.ts'
import { parseSavedPlan } from '../engine/saved-plan.ts'
import { renderJson } from '../render/json.ts'
import type { Connection } from '../run/connect.ts'
import { type SharedLedger, sharedFile } from '../run/ledger-store.ts'

/**
 * The plan that the last apply began, kept beside the ledger: a run that is held to a digest, and finds some of that
 * plan done already, can show that the rest of it was reviewed.
 */
export interface BegunPlan {
  /** Undefined where another plan was begun last, or where the kept plan does not have that digest. */
  load(digest: string): Promise<Plan | undefined>
  /** Before the first write, under the lock. */
  save(plan: Plan): Promise<void>
}

/** Sends nothing yet. */
export function begunPlan(connection: Connection, ledger: SharedLedger): BegunPlan {
  const file = sharedFile({ ...ledger, path: `${ledger.path}.plan.json` }, connection)
  return {
    async load(digest) {
      const { text } = await file.load()
      if (text === undefined) return undefined
      try {
        const { plan, intact } = parseSavedPlan(file.name, text)
        return intact && plan.digest === digest ? plan : undefined
      } catch (error) {
        // A broken file only prevents an interrupted apply from being resumed.
        if (error instanceof SetupError) return undefined
        throw error
      }
    },
    async save(plan) {
      const { reach: _, ...kept } = plan
      const text = renderJson(kept)
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const { text: there, version } = await file.load()
        if (there === text || (await file.save(text, version)).ok) return
      }
      throw new SetupError(`${file.name} keeps changing, though this run holds the lock. Nothing was written.`)
    },
  }
}
