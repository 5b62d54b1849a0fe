import { join, resolve } from 'node:path'
import { ownerWritten, pathOf, rootLevel } from '../core/address.ts'
import { whyNoAddress } from '../core/address-glob.ts'
import type { Family } from '../core/family.ts'
import { indexRepositories } from '../core/repository.ts'
import { isEnterprise, LADDER, type ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { commandLine } from '../core/shell-word.ts'
import { shownBody, shownIn } from '../core/shown-names.ts'
import { didYouMean } from '../core/similar.ts'
import { importScopes, namesMany } from '../engine/import.ts'
import { readableFamilies } from '../github/readable-families.ts'
import { SCHEMA_FILE, schemaLine } from '../init/schema-line.ts'
import { renderConfiguration } from '../render/configuration.ts'
import { partText } from '../render/part-not-read.ts'
import { printable } from '../render/printable.ts'
import { connect } from '../run/connect.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import { compactedScopes } from '../run/imported-files.ts'
import type { Io } from '../run/io.ts'
import { importRoutes } from '../run/needs.ts'
import { openDoor } from '../run/open-door.ts'
import { textOf } from '../run/own-repository.ts'
import { unsaidBy } from '../run/why-unsaid.ts'
import { schemaDefaults } from '../shipped/schema-defaults.ts'
import { importOwnerCommand } from './import-owner.ts'
import { saveImported, saveSchema, wayUp } from './save-import.ts'

export interface ImportFlags extends Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug'> {
  readonly only?: readonly string[]
  readonly out?: string
  /** The organization with each of its repositories, in files of their own. */
  readonly withRepositories?: boolean
  readonly compact?: boolean
  /** The product, where the server leaves it open; the YAML says it then, too. */
  readonly product?: string
}

/** Prints live state as YAML that plans to no changes. Reads only. */
export async function importCommand(io: Io, address: string, flags: ImportFlags): Promise<ExitCode> {
  const { families } = await io.registry()
  const owner = ownerIn(address, families)
  // A scope and a whole family can be imported, too.
  const why = whyNoAddress(address, families)
  if (why !== undefined && whyNoAddress(`${address}/**`, families) !== undefined) {
    throw new SetupError(`${address} ${why}`)
  }
  const chosen = chosenFamilies(flags.only, families)
  if (flags.withRepositories) return importOwnerCommand(io, { address, owner, families: chosen }, flags)
  // An App must have the permissions for the families of --only; of all others it gives those that it was granted.
  const [needed, granted] = flags.only ? [chosen, []] : [[], chosen]
  const routes = (of: readonly Family[]) => () => importRoutes(address, of)
  const connection = await connect(io, flags, {}, routes(needed), routes(granted))
  const installation = flags.only ? undefined : await connection.installation(owner)
  const readable = readableFamilies(chosen, address, installation)
  const declared = rootLevel(address) ?? 'repository'
  const { door } = await openDoor(connection, { owner, declared, product: flags.product, listing: namesMany(address) })
  const visible = await connection.visible(owner)
  const imported = await importScopes({
    ...{ door, owner, glob: address, families: readable.families },
    whyUnsaid: unsaidBy(io),
  })
  const { notRead } = imported
  const scopes = flags.compact
    ? compactedScopes(
        {
          families: readable.families,
          product: door.support,
          repositories: indexRepositories([], 'complete'),
          defaultOf: await schemaDefaults(),
        },
        imported.scopes,
      )
    : imported.scopes
  // An enterprise has no login: its name is in its address.
  const login = isEnterprise(owner) ? undefined : door.facts.login
  const shown = shownIn(imported.shown)
  const bodies = scopes.map((each) => ({ ...each, body: shownBody(readable.families, each.body, shown) }))
  const parts = imported.partsNotRead.map(partText)
  const leftOut = [...readable.leftOut, ...parts, ...imported.leftOut]
  for (const { scope, reason } of notRead) io.stderr(`${scope} could not be read: ${reason}\n`)
  const told = isEnterprise(owner) ? [...leftOut, `A run compares it where it names it: --owner ${owner}`] : leftOut
  const notes = told.map((each) => `# ${printable(each)}\n`).join('')
  for (const each of leftOut) io.stderr(`warning: ${printable(each)}\n`)
  const yaml = `${schemaLine(wayUp(io.cwd, flags.out ?? '.'))}${notes}${renderConfiguration(bodies, door.facts.type, { product: flags.product, login, shown })}`
  // A file of nothing would look like one that was taken over.
  const isUnread = notRead.length + parts.length > 0
  const isEmpty = scopes.every(({ body }) => Object.keys(body).length === 0)
  if (isUnread && isEmpty) return EXIT.unread
  if (scopes.length === 0) {
    io.stderr(`Nothing on GitHub is named ${address}.\n`)
    return EXIT.failed
  }
  if (flags.out !== undefined) {
    const path = importedFile(flags.out, address)
    await saveImported(io, path, owner, io.cleaned(yaml))
    io.stderr(`Wrote ${resolve(io.cwd, path)}\n`)
    await saveSchema(io)
  } else {
    io.stdout(yaml)
    if ((await textOf(resolve(io.cwd, SCHEMA_FILE))) === undefined) io.stderr(`${NO_SCHEMA}\n`)
  }
  if (visible.sees === 'selected') io.stderr(`Lists of repositories may lack some: ${visible.remedy}.\n`)
  return isUnread ? EXIT.unread : EXIT.ok
}

/** The owner of an address. It is a plain name, because credentials are kept by owner. */
function ownerIn(address: string, families: readonly Family[]): string {
  const [root = '', owner = ''] = address.split('/')
  const level = rootLevel(address)
  const isManaged = level !== undefined && families.some(({ scopes }) => scopes[level] !== undefined)
  if (isManaged && owner !== '' && !/[*?]/.test(owner)) {
    return ownerWritten(root, owner.toLowerCase())
  }
  // The address of a page in a browser, with the host that it may begin with: names of owners have no dot.
  const page = address.replace(/^(?:https:\/\/[^/]+|[\w-]+(?:\.[\w-]+)+(?::\d+)?)\//, '')
  const meant =
    page === address || rootLevel(page) === undefined ? placeMeant(page, level) : page.split('/', 2).join('/')
  const hint = meant === undefined ? '' : ` If it is meant: ${commandLine(['import', meant])}`
  throw new SetupError(
    `${address} is not an address: write orgs/NAME, repos/OWNER/NAME, repos/OWNER/*, or an address below one.${hint}`,
  )
}

function placeMeant(page: string, level: ScopeType | undefined): string | undefined {
  const place = page.replace(/(?:\.git)?\/?$/, '')
  if (/^[\w-]+$/.test(place)) return pathOf('organization', [place])
  return level === undefined && /^[\w-]+\/[\w.*-]+$/.test(place) ? pathOf('repository', [place]) : undefined
}

function chosenFamilies(only: readonly string[] | undefined, families: readonly Family[]): readonly Family[] {
  if (!only) return families
  const unknown = only.filter((name) => !families.some((family) => family.name === name))
  if (unknown.length === 0) return families.filter(({ name }) => only.includes(name))
  const names = families.map(({ name }) => name)
  const near = unknown.length === 1 ? didYouMean(unknown[0] ?? '', names) : ''
  throw new SetupError(`--only ${unknown.join(', ')}: the families are ${names.join(', ')}${near || '.'}`)
}

/** The file of an import. No owner has a name with a dot, so that no two are one: an enterprise may be called as one of its organizations. */
export function importedFile(folder: string, address: string): string {
  const { lists, key } = LADDER[rootLevel(address) ?? 'repository']
  const [, name = ''] = address.toLowerCase().split('/')
  return join(folder, lists === 'repositories' ? `${name}.yaml` : `${name}.${key}.yaml`)
}

const NO_SCHEMA = `The first line points editors to ${SCHEMA_FILE}, which \`octoform init --owner NAME\` and \`import --out\` write.`
