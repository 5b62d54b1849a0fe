import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatScope } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { GitHubError } from '../github/errors.ts'
import { openTransport } from '../github/open-transport.ts'
import { bytesOf } from '../operations/column.ts'
import { type Described, type DownloadOperation, nameOf } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { VERSION } from '../run/version.ts'
import { jsonText } from './print-items.ts'
import { safeName } from './safe-name.ts'
import { DownloadError, saveFile } from './save-file.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'

const PAUSES_MS = [1000, 2000, 4000, 8000, 16_000]
const IDLE_MS = 30_000
/** Between two lines of progress: at a terminal, and in a log. */
const SHOWN_MS = { terminal: 200, log: 15_000 }

/** Fetches one file to `--out`, or beside the command under a name of its own. An archive is never unpacked. */
export async function runDownload(
  session: Session,
  operation: DownloadOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, client, level, connection, has, product } = session
  const [scope] = scopes
  if (scope === undefined || scopes.length > 1) throw new SetupError(`${nameOf(operation)} takes one scope.`)
  const route = operation.route?.(flags.own) ?? (operation.at[level] as Route)
  if (!has(route)) throw new SetupError(`${nameOf(operation)}: ${product} has no ${route}. Nothing was sent.`)
  const own = scopeParams(scope)
  const [found] = await findSubjects(session, own, subject === undefined ? [] : [subject])
  const params = { ...own, ...found?.params, ...operation.params?.(flags.own) }
  const { described } = operation
  const about = described?.read((await client.request(described.route, { ...own, ...found?.params })).body)
  const name = flags.out ?? safeName(about?.file ?? operation.file(String(subject ?? ''), flags.own))
  const target = newTarget(io.cwd, name)
  const transport = await openTransport(io.env, io.transport)
  const stop = stopping(io)
  try {
    const size = await saveFile({
      transport,
      userAgent: `octoform/${VERSION}`,
      locate: () => client.locate(route, params),
      target,
      digest: about?.digest,
      pausesMs: PAUSES_MS,
      pause: (ms) => Promise.race([connection.pause(ms), stop.asked]),
      idleMs: IDLE_MS,
      progress: progressOf(io, name),
      signal: stop.signal,
    })
    io.stderr(`Wrote ${name}, ${bytesOf(size)}.\n`)
    if (flags.json) io.page(`${jsonText(io, { file: name, bytes: size })}\n`)
    return EXIT.ok
  } catch (error) {
    return failed(io, error, {
      where: `${nameOf(operation)} ${formatScope(scope)} ${subject ?? ''}`,
      name,
      about,
      stop,
    })
  }
}

/** @throws SetupError where a file cannot be made there, or something is there already: a link too, wherever it leads */
function newTarget(cwd: string, name: string): string {
  const target = resolve(cwd, name)
  const there = lstatSync(target, { throwIfNoEntry: false })
  if (name === '-' || /[\\/]$/.test(name) || there?.isDirectory()) {
    throw new SetupError(`--out ${name} is no name of a file: a download goes into one, as it is.`)
  }
  if (there !== undefined) throw new SetupError(`${name} is there already: --out FILE names another place.`)
  return target
}

/** A person or runner who ends the process; a second signal ends it at once. */
interface Stopping {
  readonly signal: AbortSignal
  readonly asked: Promise<void>
}

function stopping(io: Io): Stopping {
  const stop = new AbortController()
  const asked = io.stopped().then(() => stop.abort(new DownloadError('It was stopped.')))
  return { signal: stop.signal, asked }
}

/** Prints how much has come: at a terminal often, in a log seldom. */
function progressOf(io: Io, name: string): (done: number, whole: number | undefined) => void {
  const started = io.pace.clock.now()
  let shown = started
  return (done, whole) => {
    const now = io.pace.clock.now()
    if (now - shown < (io.status ? SHOWN_MS.terminal : SHOWN_MS.log)) return
    shown = now
    const line = progressText(name, done, whole, now - started)
    if (io.status) io.status(line)
    else io.stderr(`${line}\n`)
  }
}

function failed(
  io: Io,
  error: unknown,
  {
    where,
    name,
    about,
    stop,
  }: {
    readonly where: string
    readonly name: string
    readonly about: Described | undefined
    readonly stop: Stopping
  },
): ExitCode {
  if (error instanceof GitHubError && error.status === 410) {
    const when = about?.expired === undefined ? '' : ` at ${about.expired}`
    io.stderr(`${where}: it expired${when}: GitHub answered 410.\n`)
    return EXIT.failed
  }
  if (error instanceof DownloadError) {
    io.stderr(`${where}: ${error.message} Nothing was kept.\n`)
    return stop.signal.aborted ? EXIT.failed : EXIT.unread
  }
  if (error instanceof Error && 'syscall' in error) {
    throw new SetupError(`${name} cannot be written (${whyUnreadable(error)}). Nothing was kept.`)
  }
  throw error
}

function progressText(name: string, done: number, whole: number | undefined, ms: number): string {
  const rate = ms < 1000 ? '' : ` · ${bytesOf(Math.round((done / ms) * 1000))}/s`
  const of = whole === undefined ? '' : `/${bytesOf(whole)} (${Math.floor((done / Math.max(1, whole)) * 100)} %)`
  return `${name} ${bytesOf(done)}${of}${rate}`
}
