import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const FOLDER = new URL('../../examples/everything/', import.meta.url)

/** The files of the example's configuration, by name. */
const CONFIGURATION = ['octoform.yaml', 'orgs/acme.yaml', 'orgs/acme-labs.yaml', 'orgs/every-organization.yaml']

/** What the example takes from the environment. */
const TOKENS = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' }
const VALUES = {
  ACME_DEPLOY_KEY: 'deploy-key',
  ACME_REGISTRY_TOKEN: 'registry-token',
  API_SIGNING_KEY: 'signing-key',
  PRODUCTION_DATABASE_URL: 'database-url',
  SERVICE_BILLING_QUEUE_URL: 'queue-of-billing',
  SERVICE_MAIL_QUEUE_URL: 'queue-of-mail',
}

/** An enterprise is compared where a run names it. */
export const EVERY_OWNER = ['enterprises/acme-inc', 'acme', 'acme-labs'].flatMap((name) => ['--owner', name])

/** The text of a file of the example. */
function exampleFile(name: string): Promise<string> {
  return readFile(new URL(name, FOLDER), 'utf8')
}

/** The files of its configuration, by name. */
export async function exampleFiles(): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(CONFIGURATION.map(async (name) => [name, await exampleFile(name)] as const)),
  )
}

/** The example's GitHub, and a folder with its configuration. */
export async function example(
  product: string,
  files: Readonly<Record<string, string>>,
  change: (seed: Record<string, object>) => object = (seed) => seed,
): Promise<{ readonly sandbox: WatchedSandbox; readonly place: Workplace }> {
  const seed = change(parse(await exampleFile('github.yaml')))
  const sandbox = await watchedSandbox({ seed, product })
  return { sandbox, place: await workplace(sandbox, files, { ...TOKENS, ...VALUES }) }
}

/** The example's GitHub without an enterprise, and with organizations on the plan Team. */
export function seedWithoutEnterprise({ enterprises: _, organizations, ...seed }: Record<string, object>): object {
  const onTeam = Object.entries(organizations ?? {}).map(([login, one]) => [login, { ...one, plan: 'team' }])
  return { ...seed, organizations: Object.fromEntries(onTeam) }
}
