import { LEDGER_KEY, type Workplace, workplace } from './octoform.ts'
import { type WatchedSandbox, watchedSandbox } from './watched-sandbox.ts'

/** An organization on the GitHub AE of 2021, which takes runner groups and shows none of them. */
export interface HiddenGroups {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  /** Writes the configuration with these groups. */
  want(groups: string): Promise<void>
  /** The groups that the server has, by name. */
  groups(): Promise<Readonly<Record<string, { readonly id: number; readonly visibility: string }>>>
  /** The ledger's entry of a group. */
  entry(name: string): Promise<Readonly<Record<string, unknown>> | undefined>
}

export const GROUPS = '/orgs/acme/actions/runner-groups'
const REPOSITORIES = { web: { visibility: 'private' }, api: { visibility: 'internal' } }

/**
 * @param seeded groups that are there before, by name
 * @param ledger the line of the configuration
 */
export async function hiddenGroups(
  groups: string,
  seeded: Readonly<Record<string, object>> = {},
  env: Readonly<Record<string, string>> = {},
  ledger = '',
): Promise<HiddenGroups> {
  const acme = { repositories: REPOSITORIES, runner_groups: seeded }
  const sandbox = await watchedSandbox({ seed: { product: 'ghae-2021', organizations: { acme } } })
  const files = { 'octoform.yaml': yamlOf(groups, ledger) }
  const place = await workplace(sandbox, files, { OCTOFORM_LEDGER_KEY: LEDGER_KEY, ...env })
  return {
    sandbox,
    place,
    want: (wanted) => place.write('octoform.yaml', yamlOf(wanted, ledger)),
    async groups() {
      const { body } = await sandbox.call('GET', '/_sandbox/state')
      const state = body as { organizations: { acme: { runner_groups?: object } } }
      const all = Object.entries(state.organizations.acme.runner_groups ?? {}) as [
        string,
        { id: number; visibility: string },
      ][]
      return Object.fromEntries(all.filter(([name]) => name !== 'Default'))
    },
    async entry(name) {
      const { entries } = JSON.parse(await place.read('.octoform/ledger.json'))
      const key = Object.keys(entries).find((each) => each.endsWith(`/runner_groups/${name}`))
      return key === undefined ? undefined : entries[key]
    },
  }
}

function yamlOf(groups: string, ledger: string): string {
  return `version: 1\n${ledger}\ngithub: { product: ghae-2021 }\norganizations:\n  acme:\n    runner_groups:\n      ${groups}\n`
}
