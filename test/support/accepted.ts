import { type Accepted, acceptDrift } from '../../src/accept/accept.ts'
import { readFiles } from '../../src/config/files.ts'
import { withHiding } from '../../src/run/io.ts'
import { makeRun } from '../../src/run/run.ts'
import { LEDGER_KEY, type Workplace } from './octoform.ts'
import { printingWorld } from './printing-world.ts'

/** The changes of files that taking over a workplace's drift would make; nothing is written. */
export async function accepted(
  place: Workplace,
  sandbox: { readonly url: string },
  {
    config = ['octoform.yaml'],
    owner = [],
  }: { readonly config?: readonly string[]; readonly owner?: readonly string[] } = {},
): Promise<Accepted> {
  const env = {
    GITHUB_API_URL: sandbox.url,
    OCTOFORM_TOKEN: 'token-of-an-owner',
    OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise',
    OCTOFORM_LEDGER_KEY: LEDGER_KEY,
  }
  const io = withHiding(printingWorld({ env, cwd: place.folder }).world)
  const run = await makeRun(io, { config, owner, parallelism: 5 })
  const { files } = await readFiles(config, place.folder)
  return acceptDrift({ files, input: run.input })
}
