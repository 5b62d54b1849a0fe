import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { digestParts } from '../core/canonical.ts'
import { isCompact, restoredPlan } from '../core/compact-plan.ts'
import type { Plan } from '../core/plan.ts'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { validatePlan } from '../shipped/validators.js'

export interface SavedPlan {
  readonly plan: Plan
  /** Whether the digest in the file is that of its changes: a file that was edited is shown, never applied. */
  readonly intact: boolean
}

/** Plans of older versions lack `held_back`. */
type OldPlan = Omit<Plan, 'held_back'> & Partial<Pick<Plan, 'held_back'>>

const MAX_BYTES = 256 * 1024 * 1024

/**
 * Reads a saved plan.
 * @param name its name in messages
 * @throws SetupError where it is missing, cut off, no plan, or of another major version
 */
export async function readSavedPlan(path: string, name: string = path): Promise<SavedPlan> {
  return parseSavedPlan(name, await readText(path, name))
}

/**
 * Parses the text of a saved plan.
 * @param path its name in messages
 * @throws SetupError where it is cut off, no plan, or of another major version
 */
export function parseSavedPlan(path: string, text: string): SavedPlan {
  const parsed = whole(path, parse(path, text))
  const version = (parsed as { readonly format_version?: unknown } | null)?.format_version
  if (typeof version === 'string' && /^\d+\.\d+$/.test(version) && !version.startsWith('1.')) {
    throw new SetupError(`${path} is a plan of format version ${version}; this octoform reads 1.x. Make a new plan.`)
  }
  if (!validatePlan(parsed)) {
    const [error] = validatePlan.errors ?? []
    throw new SetupError(
      `${path} is not a saved plan of octoform: ${error?.instancePath || '/'} ${error?.message ?? ''}. Make one with plan --out.`,
    )
  }
  const { held_back = [], ...rest } = parsed as OldPlan
  const plan: Plan = { ...rest, held_back }
  return { plan, intact: isIntact(plan) }
}

/**
 * A plan without a canonical form, such as one with a number that JSON cannot hold or with endless nesting, is not
 * octoform's.
 */
function isIntact(plan: Plan): boolean {
  try {
    return sha256Of(digestParts(plan)) === plan.digest
  } catch {
    return false
  }
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(text: string): string {
  return sha256Of([text])
}

/** The same of a text in pieces. */
export function sha256Of(parts: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

async function readText(path: string, name: string): Promise<string> {
  try {
    const found = await stat(path)
    // A FIFO or a device would be waited for, or read without end.
    if (!found.isFile() && !found.isDirectory())
      throw new SetupError(`${name} is not a regular file, so not a saved plan.`)
    if (found.size > MAX_BYTES) throw new SetupError(`${name} is larger than any plan.`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw new SetupError(`${name} cannot be read (${whyUnreadable(error)}).`)
  }
}

function whole(path: string, parsed: unknown): unknown {
  if (!isCompact(parsed)) return parsed
  try {
    return restoredPlan(parsed)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SetupError(`${path} is not a saved plan of octoform. ${error.message} Make one with plan --out.`)
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SetupError(`${path} is not JSON: it is cut off, or no saved plan at all. Make a new one with plan --out.`)
  }
}
