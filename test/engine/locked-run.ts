import { runLock } from '../../src/apply/run-lock.ts'
import type { Outcome } from '../../src/core/outcome.ts'
import { applyPlan } from '../../src/engine/apply.ts'
import { runContext } from '../../src/event/run-context.ts'
import { families } from '../../src/families/index.ts'
import type { Client } from '../../src/github/client.ts'
import type { Lock } from '../../src/lock/lock.ts'
import { type Io, withHiding } from '../../src/run/io.ts'
import type { SharedLedger } from '../../src/run/ledger-store.ts'
import { makeRun, type Run } from '../../src/run/run.ts'
import { LEDGER_KEY, type Workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

export const LEDGER: SharedLedger = { repository: 'acme/admin', branch: 'octoform', path: 'ledger.json' }

export const SECRETS = ['A', 'B', 'C', 'D', 'E', 'F']

/** Six secrets to be created, in an organization whose ledger lies in a repository of its own. */
export const CONFIG = `
version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
organizations:
  acme:
    secrets:
${SECRETS.map((name) => `      ${name}: { visibility: all, value: { env: VALUE_${name} } }`).join('\n')}
`

export function lockedWorld(): Promise<WatchedSandbox> {
  const admin = { files: { main: { 'README.md': 'code' } }, runs: { 1: { status: 'in_progress', attempt: 1 } } }
  return watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories: { admin } } } } })
}

/** One run on GitHub Actions, up to where it takes the lock. */
export interface LockedRun {
  readonly run: Run
  readonly lock: Lock
  /** Applies as `apply` does; `spoil` stands between the run and GitHub. */
  apply(guard?: {
    mayWrite?: () => Promise<boolean>
    signal?: AbortSignal
    spoil?: (client: Client) => Client
  }): Promise<Outcome>
}

export async function lockedRun(
  { folder }: Workplace,
  sandbox: WatchedSandbox,
  runId: string,
  pace: { readonly parallelism: number } = { parallelism: 1 },
): Promise<LockedRun> {
  const io = ioIn(folder, sandbox, runId)
  const run = await makeRun(io, { config: ['octoform.yaml'], ...pace })
  return {
    run,
    lock: runLock(run.connection, LEDGER, runContext(io.env, {})),
    async apply({ spoil = (client: Client) => client, ...guard } = {}) {
      const credential = await run.connection.credential('acme')
      const client = spoil(run.connection.writer(credential, await run.connection.server('acme'), 'ghec'))
      const { planned, names, ledger: notes, values: sealer } = run
      return applyPlan({
        planned,
        families,
        client: () => client,
        notes,
        names,
        sealer,
        atOnce: pace.parallelism,
        ...guard,
      })
    },
  }
}

function ioIn(cwd: string, sandbox: WatchedSandbox, runId: string): Io {
  const values = Object.fromEntries(SECRETS.map((name) => [`VALUE_${name}`, `planted-value-${name}`]))
  const { world } = printingWorld({
    env: {
      ...values,
      GITHUB_API_URL: sandbox.url,
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/admin',
      GITHUB_RUN_ID: runId,
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_ACTOR: 'octocat',
      OCTOFORM_TOKEN: 'token-of-an-owner',
      OCTOFORM_LEDGER_KEY: LEDGER_KEY,
    },
    cwd,
  })
  return withHiding(world)
}
