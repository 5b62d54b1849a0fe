import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isRepositoryName } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import { starterFiles } from '../init/starter.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Io } from './io.ts'

export interface InitFlags {
  readonly owner: readonly string[]
  readonly repository?: string
  readonly branch: string
}

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/
/** What git takes for a branch and a workflow can name without quoting. */
const BRANCH = /^[A-Za-z0-9][\w./-]*$/

/** Writes a first configuration with the three workflows. Touches nothing that is there already. */
export async function initCommand(io: Io, flags: InitFlags): Promise<ExitCode> {
  const owners = [...new Set(flags.owner)]
  const wrong = owners.find((name) => !OWNER.test(name))
  if (wrong !== undefined) throw new SetupError(`--owner ${wrong} is no name of an organization.`)
  if (!BRANCH.test(flags.branch)) throw new SetupError(`--branch ${flags.branch} is no name of a branch.`)
  const repository = flags.repository ?? (await ownOrigin(io.cwd)) ?? `${owners[0]}/octoform`
  if (!isRepositoryName(repository)) throw new SetupError(`--repository ${repository} is not of the form owner/name.`)
  const files = starterFiles({ owners, repository, branch: flags.branch })
  await writeAll(io.cwd, files)
  for (const name of files.keys()) io.stdout(`${name}\n`)
  io.stderr(nextSteps(repository, flags.branch))
  return EXIT.ok
}

/** All or none, as far as it can be told beforehand. @throws SetupError where any of them is there */
async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const there: string[] = []
  for (const name of files.keys()) if ((await textOf(resolve(folder, name))) !== undefined) there.push(name)
  if (there.length > 0) {
    throw new SetupError(`${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already. Nothing was written.`)
  }
  for (const [name, text] of files) {
    const path = resolve(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  }
}

/** The repository that git calls origin, whatever the server; undefined where there is none. */
async function ownOrigin(folder: string): Promise<string | undefined> {
  const config = await textOf(resolve(folder, '.git/config'))
  const [, url] = /\[remote "origin"\][^[]*?\burl\s*=\s*(\S+)/.exec(config ?? '') ?? []
  const [, repository] = /[:/]([\w-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url ?? '') ?? []
  return repository
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw error
  }
}

function nextSteps(repository: string, branch: string): string {
  return `
What is left to do in ${repository}:
1. Make two GitHub Apps and install both on your organizations: one with read permissions for plan and drift, one with
   write permissions for apply. \`octoform doctor\` tells which permissions your configuration needs.
2. Variable OCTOFORM_PLAN_APP_ID and secret OCTOFORM_PLAN_APP_PRIVATE_KEY of the repository: the App that reads.
3. An environment named octoform, limited to the branch ${branch}, with required reviewers if you like. Its variable
   OCTOFORM_APPLY_APP_ID and its secrets OCTOFORM_APPLY_APP_PRIVATE_KEY (the App that writes) and OCTOFORM_LEDGER_KEY
   (\`openssl rand -base64 32\`).
4. Protect the branch ${branch}: pull requests only, and the status check \`octoform plan\` required.
5. Open a pull request with these files and merge it. From then on, change a file below orgs/ in a pull request.
`
}
