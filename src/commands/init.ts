import { resolve } from 'node:path'
import { isRepositoryName } from '../core/repository-name.ts'
import { isEnterprise } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { apiBase } from '../github/base-url.ts'
import { webUrl } from '../github/web-url.ts'
import { checklist } from '../init/checklist.ts'
import { SCHEMA_FILE } from '../init/schema-line.ts'
import { foldersOf, ledgerLine, type StarterFacts, starterFiles } from '../init/starter.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import { isThere, writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { ConfigurationError, load } from '../run/load.ts'
import { ownRepository, textOf } from '../run/own-repository.ts'
import { bundledSchema } from '../shipped/bundled-schema.ts'
import { appNeeds, checkToPlan, importOwners } from './init-import.ts'

export interface InitFlags extends Pick<RunFlags, 'apiUrl' | 'insecureHttp' | 'parallelism' | 'maxWait' | 'debug'> {
  readonly owner: readonly string[]
  /** Write what GitHub has of the owners, in place of a file without any settings. */
  readonly import?: boolean
  readonly repository?: string
  readonly branch: string
}

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/
const ENTERPRISE = /^[A-Za-z0-9](?:[\w-]{0,59})$/
/** Names that git takes for a branch and that a workflow can contain without quoting. */
const BRANCH = /^[A-Za-z0-9][\w./-]*$/

/**
 * Writes the missing files of a first configuration with the three workflows, and leaves existing ones. With `import` what
 * GitHub has is in them, and the credential is checked at the end.
 */
export async function initCommand(io: Io, flags: InitFlags): Promise<ExitCode> {
  const given = [...new Set(flags.owner)]
  const owners = given.filter((name) => !isEnterprise(name))
  const enterprises = given.filter(isEnterprise)
  const wrong = owners.find((name) => !OWNER.test(name))
  if (wrong !== undefined) throw new SetupError(`--owner ${wrong} cannot be the name of an organization.`)
  const strange = enterprises.find((address) => !ENTERPRISE.test(address.slice(address.indexOf('/') + 1)))
  if (strange !== undefined) throw new SetupError(`--owner ${strange} cannot be an enterprise.`)
  if (!BRANCH.test(flags.branch)) throw new SetupError(`--branch ${flags.branch} cannot be the name of a branch.`)
  const repository = flags.repository ?? (await ownRepository(io.cwd)) ?? (await askedRepository(io))
  if (repository !== undefined && !isRepositoryName(repository)) {
    throw new SetupError(`--repository ${repository} is not of the form owner/name.`)
  }
  const imported = flags.import ? await importOwners(io, given, flags) : undefined
  if (imported?.written === false) return imported.code
  const declared = await declaredOwners(io)
  const facts = { owners, enterprises, declared, repository, branch: flags.branch }
  const files = starterFiles({ ...facts, schema: await bundledSchema() })
  const kept: string[] = []
  for (const [name, text] of files) {
    const isWritten = await writeMissing(io.cwd, name, text)
    // The import has told what it wrote.
    const isTold = imported?.files.has(name) || (imported !== undefined && name === SCHEMA_FILE)
    if (isWritten || !isTold) io.stdout(`${isWritten ? 'written' : 'kept'} ${name}\n`)
    if (!isWritten) kept.push(name)
  }
  if (kept.includes(ROOT_FILE)) io.stderr(await whatItLacks(io.cwd, facts))
  const bounding = [...new Set([...enterprises, ...declared.enterprises])]
  if (bounding.length > 0) io.stderr(await whatWorkflowsLack(io.cwd, kept))
  const needs = await appNeeds(io, [ROOT_FILE])
  const { url } = apiBase({ flag: flags.apiUrl, env: io.env, insecureHttp: flags.insecureHttp ? 'allowed' : 'refused' })
  const all = [...new Set([...owners, ...declared.owners])]
  io.stderr(
    checklist({ repository, branch: flags.branch, owners: all, enterprises: bounding, web: webUrl(url), needs }),
  )
  if (imported === undefined) return EXIT.ok
  const checked = await checkToPlan(io, [ROOT_FILE], flags)
  return imported.code === EXIT.ok ? checked : imported.code
}

const ROOT_FILE = 'octoform.yaml'

/** The schema is octoform's own, and is renewed; every other file that is there is a person's. */
async function writeMissing(cwd: string, name: string, text: string): Promise<boolean> {
  if (name === SCHEMA_FILE) {
    if ((await textOf(resolve(cwd, name))) === text) return false
    await writeGiven(cwd, name, text, 'anew')
    return true
  }
  try {
    await writeGiven(cwd, name, text, 'if missing')
    return true
  } catch (error) {
    if (isThere(error)) return false
    throw error
  }
}

/** The lines that the workflows need and that an existing configuration lacks. */
async function whatItLacks(cwd: string, facts: Omit<StarterFacts, 'schema'>): Promise<string> {
  const { repository } = facts
  const text = (await textOf(resolve(cwd, ROOT_FILE))) ?? ''
  const lines = [
    /^ledger:/m.test(text) ? [] : [ledgerLine(repository)],
    includesAll(text, facts) ? [] : [`include: [${foldersOf(facts).join(', ')}]`],
  ].flat()
  if (lines.length === 0) return ''
  return `\n${ROOT_FILE} was there already. The workflows go by it, and it lacks:\n${lines.map((line) => `  ${line}\n`).join('')}`
}

/** Whether a configuration includes what stands beside it: a person may have chosen other folders for organizations. */
function includesAll(text: string, { enterprises }: Pick<StarterFacts, 'enterprises'>): boolean {
  return enterprises.length === 0 ? /^include:/m.test(text) : /^include:.*\benterprises\b/m.test(text)
}

/** The owners of a configuration that is there already, and can be read. */
async function declaredOwners(io: Io): Promise<StarterFacts['declared']> {
  try {
    const quiet = { cwd: io.cwd, registry: io.registry }
    const names = (await load(quiet, [ROOT_FILE], 'if any')).owners.map(({ name }) => name)
    return {
      owners: names.filter((name) => !isEnterprise(name)),
      enterprises: names.filter(isEnterprise),
    }
  } catch (error) {
    if (error instanceof ConfigurationError) return { owners: [], enterprises: [] }
    throw error
  }
}

/** The workflows that were there before the enterprise, and have no job for it. */
async function whatWorkflowsLack(cwd: string, kept: readonly string[]): Promise<string> {
  const names = kept.filter((name) => /octoform-(apply|drift)\.yml$/.test(name))
  const texts = await Promise.all(names.map((name) => textOf(resolve(cwd, name))))
  const lacking = names.filter((_, index) => !texts[index]?.includes('OCTOFORM_ENTERPRISE_TOKEN'))
  if (lacking.length === 0) return ''
  return `\n${lacking.join(' and ')} ${lacking.length === 1 ? 'was' : 'were'} there already, without a job for the enterprise: move what is there aside, and run this again.\n`
}

async function askedRepository(io: Io): Promise<string | undefined> {
  const answer = await io.ask?.('In which repository will this lie (owner/name; empty leaves the ledger out)? ')
  return answer?.trim() || undefined
}
