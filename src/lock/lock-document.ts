import { SetupError } from '../core/setup-error.ts'

/** The holder of the lock: for messages, and for asking GitHub whether that run has ended. */
export interface Holder {
  readonly actor: string
  /** The machine's name. */
  readonly host: string
  /** Of a run on GitHub Actions: its repository as `owner/name`, and which attempt of which run it is. */
  readonly run?: {
    readonly repository: string
    readonly run_id: string
    readonly run_attempt: number
    /** The run's web page. */
    readonly url: string
  }
}

/** The content of the lock's file. */
export interface LockDocument {
  readonly state: 'held' | 'free'
  /**
   * Of one holding: no two texts of the file are ever the same, so that its version shows whether the lock was held
   * since.
   */
  readonly nonce: string
  /** Of a free lock, its last holder. */
  readonly holder: Holder
  /** By the server's clock, ISO 8601. */
  readonly since: string
  /** The holder's last sign of life, by the server's clock, ISO 8601. */
  readonly heartbeat: string
}

const FORMAT_VERSION = '1.0'

/** One field a line, so that the branch's history can be read. */
export function formatLock(document: LockDocument): string {
  return `${JSON.stringify({ format_version: FORMAT_VERSION, ...document }, null, 2)}\n`
}

/**
 * Reads a lock's file; undefined where there is none.
 * @param name its name in messages
 * @throws SetupError where it is no lock: one that cannot be read counts as held
 */
export function parseLock(text: string | undefined, name: string): LockDocument | undefined {
  if (text === undefined) return undefined
  const document = record(json(text))
  const version = document?.format_version
  if (
    typeof version === 'string' &&
    /^\d+\.\d+$/.test(version) &&
    version.split('.')[0] !== FORMAT_VERSION.split('.')[0]
  ) {
    throw new SetupError(
      `the lock ${name} has format version ${version}, and this octoform reads ${FORMAT_VERSION}: use a later octoform`,
    )
  }
  const { state, nonce, since, heartbeat } = document ?? {}
  const holder = holderOf(document?.holder)
  const known = state === 'held' || state === 'free'
  if (!known || holder === undefined || !isText(nonce) || !isDate(since) || !isDate(heartbeat)) {
    throw new SetupError(`the lock ${name} cannot be read; where no octoform is running, delete that file`)
  }
  return { state, nonce, holder, since, heartbeat }
}

function holderOf(value: unknown): Holder | undefined {
  const { actor, host, run } = record(value) ?? {}
  if (!isText(actor) || !isText(host)) return undefined
  if (run === undefined) return { actor, host }
  const { repository, run_id, run_attempt, url } = record(run) ?? {}
  if (!isText(repository) || !isText(run_id) || !isText(url) || typeof run_attempt !== 'number') return undefined
  return { actor, host, run: { repository, run_id, run_attempt, url } }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isDate(value: unknown): value is string {
  return isText(value) && !Number.isNaN(Date.parse(value))
}
