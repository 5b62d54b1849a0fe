import { join, resolve } from 'node:path'
import { pathOf, rootLevel } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Family } from '../core/family.ts'
import { LADDER } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { type FoldFacts, foldFacts } from '../engine/fold-facts.ts'
import { type ImportedOwner, type ImportWork, importOwner } from '../engine/import-owner.ts'
import { readableFamilies } from '../github/readable-families.ts'
import { schemaLine } from '../init/schema-line.ts'
import { partTexts } from '../render/part-not-read.ts'
import { printable } from '../render/printable.ts'
import { shorten } from '../render/shorten.ts'
import { connect } from '../run/connect.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import { type ImportJournal, openJournal } from '../run/import-journal.ts'
import { asItIs, type FoldedOwner, foldedOwner, importedFiles } from '../run/imported-files.ts'
import type { Io } from '../run/io.ts'
import { importRoutes } from '../run/needs.ts'
import { openDoor } from '../run/open-door.ts'
import { startProgress } from '../run/progress.ts'
import { unsaidBy } from '../run/why-unsaid.ts'
import { schemaDefaults } from '../shipped/schema-defaults.ts'
import { inTheWay, isOther, saveAllImported, saveSchema, wayUp } from './save-import.ts'

type Flags = Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug'> & {
  readonly only?: readonly string[]
  readonly out?: string
  readonly compact?: boolean
  readonly product?: string
}

interface Subject {
  readonly address: string
  readonly owner: string
  readonly families: readonly Family[]
}

/**
 * Writes an organization and each of its repositories that differs as files which plan to no changes. Reads only; what was
 * read is kept until all of it is, so that the same command goes on where it was stopped.
 */
export async function importOwnerCommand(io: Io, subject: Subject, flags: Flags): Promise<ExitCode> {
  const { address, owner, families: asked } = subject
  const { out } = flags
  if (LADDER[rootLevel(address) ?? 'repository'].lists !== 'repositories' || address.split('/').length !== 2) {
    throw new SetupError('--with-repositories takes an organization: write orgs/NAME.')
  }
  if (out === undefined) throw new SetupError('--with-repositories writes many files: give a folder with --out DIR.')
  const places = [address, pathOf('repository', [owner, '*'])]
  const routes = (of: readonly Family[]) => () => [...new Set(places.flatMap((place) => importRoutes(place, of)))]
  // As for any import: an App must have the permissions for the families of --only.
  const [needed, granted] = flags.only ? [asked, []] : [[], asked]
  const connection = await connect(io, flags, {}, routes(needed), routes(granted))
  const installation = flags.only ? undefined : await connection.installation(owner)
  const readable = places.map((place) => readableFamilies(asked, place, installation))
  const families = asked.filter((family) => readable.every((each) => each.families.includes(family)))
  const declared = rootLevel(address) ?? 'repository'
  const { door } = await openDoor(connection, { owner, declared, product: flags.product, listing: true })
  const visible = await connection.visible(owner)
  const names = families.map(({ name }) => name)
  const journal = await openJournal(io.cwd, join(out, `.octoform-import-${owner}.jsonl`), {
    host: connection.api.host,
    owner,
    families: names,
  })
  const first = join(out, `${owner}.yaml`)
  // Told before hours of reading, and not of a run that was stopped while it wrote.
  if (journal.isNew && (await isOther(io, first, owner))) {
    await journal.end()
    throw inTheWay([first])
  }
  const state = { read: 0, of: 0 }
  const progress = startProgress(
    io,
    // Before the listing it is requests that are counted, then repositories.
    () =>
      state.of === 0
        ? { label: `reading ${owner}`, done: connection.requests(), total: undefined }
        : { label: `reading the repositories of ${owner}`, done: state.read, total: state.of },
  )
  const compact = flags.compact ?? true
  const imported = await importOwner({
    door,
    owner,
    families,
    folds: compact,
    atOnce: flags.parallelism,
    whyUnsaid: unsaidBy(io),
    known: journal.known,
    missed: journal.missed,
    begin(work) {
      Object.assign(state, { read: work.known, of: work.repositories })
      io.stderr(`${beginText(owner, work, journal)}\n`)
    },
    async keep(read) {
      await journal.keep(io.cleaned(read))
      state.read += read.length
    },
    miss: (ids) => journal.miss(ids),
  }).finally(() => progress.end())
  if (visible.sees === 'selected') io.stderr(`Repositories may be missing: ${visible.remedy}.\n`)
  if (imported.notRead.length > 0 && !imported.isAsFarAsItGoes) return unfinished(io, imported, journal)
  const parts = [...imported.partsNotRead, ...imported.read.flatMap((each) => each.partsNotRead)]
  const apart = [...new Set(readable.flatMap((each) => each.leftOut)), ...partTexts(parts)]
  const input = {
    ...{ families, owner, login: door.facts.login, product: door.support, repositories: imported.repositories },
    ...{ defaultOf: await schemaDefaults(), said: flags.product },
    notes: [...apart, ...imported.leftOut],
  }
  const foldWith = (facts: FoldFacts): FoldedOwner => foldedOwner(input, imported, facts)
  const own = compact
    ? foldWith(
        await foldFacts({
          ...{ door, owner },
          left: (facts) => foldWith(facts).alike,
          begin: (teams) =>
            io.stderr(
              `Some repositories still say the same: looking for what their teams share, ${teams} ${teams === 1 ? 'request' : 'requests'} more.\n`,
            ),
        }),
      )
    : asItIs()
  const files = importedFiles(input, imported, own)
  const written = files.map(({ path, yaml }) => {
    const lead = schemaLine(wayUp(io.cwd, join(out, path, '..')))
    return { path: join(out, path), yaml: io.cleaned(`${lead}${yaml}`) }
  })
  await saveAllImported(io, owner, written)
  await saveSchema(io)
  await journal.end()
  const silent = imported.read.length - (files.length - 1)
  io.stderr(
    `Wrote ${files.length} ${files.length === 1 ? 'file' : 'files'} below ${resolve(io.cwd, out)}: ${owner}.yaml, and ${files.length - 1} of repositories.` +
      `${silent === 0 ? '' : ` The other ${silent} say nothing beside it.`}\n`,
  )
  const notes = [...apart, ...leftOutIn(imported)]
  for (const each of notes) io.stderr(`warning: ${printable(each)}\n`)
  for (const { scope, reason } of imported.notRead)
    io.stderr(`${scope} could not be read, and is in no file: ${reason}\n`)
  return imported.notRead.length + parts.length > 0 ? EXIT.unread : EXIT.ok
}

/** GitHub's limit for a person's token, in requests. */
const AN_HOUR = 5000

function beginText(owner: string, work: ImportWork, journal: ImportJournal): string {
  const { repositories, known, archived, requests } = work
  const hours =
    requests > AN_HOUR
      ? `, which takes some ${Math.ceil(requests / AN_HOUR)} hours at ${AN_HOUR.toLocaleString('en')} an hour`
      : ''
  const resumed = known === 0 ? '' : ` ${known} were read before (${journal.path}).`
  const left = archived.length === 0 ? '' : ` Archived, and left out: ${shorten(archived, 3)}.`
  return (
    `Reading ${owner} and ${repositories - known} repositories: some ${requests.toLocaleString('en')} requests${hours}.` +
    `${resumed}${left} Stopped, it goes on when it is run again.`
  )
}

function unfinished(io: Io, { notRead, read }: ImportedOwner, { path }: ImportJournal): ExitCode {
  for (const { scope, reason } of notRead.filter((each) => each.reason !== 'not reached')) {
    io.stderr(`${scope} could not be read: ${reason}\n`)
  }
  io.stderr(
    `No file was written. ${read.length} repositories are kept in ${path}: run the same again, and it goes on with the others. ` +
      'What cannot be read then either is left out.\n',
  )
  return EXIT.unread
}

function leftOutIn({ leftOut, read }: ImportedOwner): readonly string[] {
  const all = [...leftOut]
  for (const each of read) append(all, each.leftOut)
  return all
}
