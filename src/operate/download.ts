import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatScope } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { openTransport } from '../github/open-transport.ts'
import { bytesOf } from '../operations/column.ts'
import { type DownloadOperation, nameOf } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { VERSION } from '../run/version.ts'
import { jsonText } from './print-items.ts'
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
  const target = resolve(io.cwd, name)
  // A link is there too, wherever it leads.
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined)
    throw new SetupError(`${name} is there already: --out FILE names another place.`)
  const transport = await openTransport(io.env, io.transport)
  const started = io.pace.clock.now()
  let shown = started
  try {
    const size = await saveFile({
      transport,
      userAgent: `octoform/${VERSION}`,
      locate: () => client.locate(route, params),
      target,
      pausesMs: PAUSES_MS,
      pause: connection.pause,
      idleMs: IDLE_MS,
      progress: (done, whole) => {
        const now = io.pace.clock.now()
        if (now - shown < (io.status ? SHOWN_MS.terminal : SHOWN_MS.log)) return
        shown = now
        const line = progressText(name, done, whole, now - started)
        if (io.status) io.status(line)
        else io.stderr(`${line}\n`)
      },
    })
    io.stderr(`Wrote ${name}, ${bytesOf(size)}.\n`)
    if (flags.json) io.page(`${jsonText(io, { file: name, bytes: size })}\n`)
    return EXIT.ok
  } catch (error) {
    const where = `${nameOf(operation)} ${formatScope(scope)} ${subject ?? ''}`
    if (error instanceof GitHubError && error.status === 410) {
      io.stderr(
        `${where}: it expired${about?.expired === undefined ? '' : ` at ${about.expired}`}: GitHub answered 410.\n`,
      )
      return EXIT.failed
    }
    if (!(error instanceof DownloadError)) throw error
    io.stderr(`${where}: ${error.message} Nothing was kept.\n`)
    return EXIT.unread
  }
}

function progressText(name: string, done: number, whole: number | undefined, ms: number): string {
  const rate = ms < 1000 ? '' : ` · ${bytesOf(Math.round((done / ms) * 1000))}/s`
  const of = whole === undefined ? '' : `/${bytesOf(whole)} (${Math.floor((done / Math.max(1, whole)) * 100)} %)`
  return `${name} ${bytesOf(done)}${of}${rate}`
}

/** A name that GitHub gave, as the name of one file in this folder. */
function safeName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 200)
  return /^\.*$/.test(plain) || plain.startsWith('.') ? `_${plain}` : plain
}
