import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { main } from '../../src/commands/main.ts'
import type { Plan } from '../../src/core/plan.ts'
import type { Clock } from '../../src/github/clock.ts'
import type { Transport } from '../../src/github/transport.ts'
import type { OutputFacts, Registry, World } from '../../src/run/io.ts'
import { transportInProcess } from './in-process.ts'
import { printingWorld } from './printing-world.ts'
import type { TestSandbox } from './sandbox.ts'

/** The output of a command, and its exit code. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A folder with a configuration, from which commands are run as a person would, in this process. */
export interface Workplace {
  readonly folder: string
  /** Runs a command line; `answer` is the text that a person types at the terminal. */
  run(
    args: readonly string[],
    options?: {
      env?: Readonly<Record<string, string>>
      answer?: string
      stdin?: string | Uint8Array
      /** The text that a person types unseen; undefined for Ctrl-C. */
      askHidden?: World['askHidden']
      limits?: World['limits']
      clock?: Clock
      /** The width of the terminal; none where left out. */
      columns?: number
      /** Whether the output is the log of a job. */
      isJobLog?: boolean
      /** Further properties of a terminal. */
      terminal?: Partial<Pick<World, 'colour' | 'errorColumns' | 'status'>>
      /** In this process where left out. */
      transport?: Transport
      record?: (told: OutputFacts) => void
      /** Below the folder. */
      cwd?: string
    },
  ): Promise<Ran>
  /** The plan that `plan` makes now, with further flags. */
  plan(flags?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Plan>
  write(name: string, text: string): Promise<void>
  read(name: string): Promise<string>
}

/** 32 bytes in base64, as `openssl rand -base64 32` makes them. */
export const LEDGER_KEY = Buffer.alloc(32, 'ledger').toString('base64')

/**
 * Makes a workplace that is removed with the test.
 * @param files by name; commands read `octoform.yaml` by default
 * @param env beside the API's URL, a token and a ledger key
 * @param registry octoform's own families where left out
 */
export async function workplace(
  sandbox: Pick<TestSandbox, 'url'>,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  registry?: Registry,
): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const base = {
    GITHUB_API_URL: sandbox.url,
    OCTOFORM_TOKEN: 'token-of-an-owner',
    OCTOFORM_LEDGER_KEY: LEDGER_KEY,
    ...env,
  }
  const place: Workplace = {
    folder,
    async run(
      args,
      {
        env: more = {},
        answer,
        stdin = '',
        askHidden,
        limits,
        clock,
        columns,
        isJobLog,
        terminal,
        transport,
        record,
        cwd = '.',
      } = {},
    ) {
      const { world, printed } = printingWorld({
        env: { ...base, ...more },
        cwd: join(folder, cwd),
        limits,
        transport: transport ?? transportInProcess,
        stdin: () => Promise.resolve(Buffer.from(stdin)),
        ask: answer === undefined ? undefined : () => Promise.resolve(answer),
        ...(askHidden && { askHidden }),
        ...(clock && { clock }),
        ...(columns !== undefined && { columns }),
        ...(isJobLog !== undefined && { isJobLog }),
        ...terminal,
        ...(registry && { registry }),
        ...(record && { record }),
        // The `sandbox` command, which serves until stopped, ends at once; no other command gets Ctrl-C.
        ...(args[0] === 'sandbox' ? { stopped: () => Promise.resolve() } : {}),
      })
      const code = await main(args, world)
      return { code, ...printed() }
    },
    async plan(flags = [], more = {}) {
      const { stdout, stderr, code } = await place.run(['plan', '--format', 'json', ...flags], { env: more })
      if (stdout === '') throw new Error(`plan printed nothing (exit ${code}): ${stderr}`)
      return JSON.parse(stdout) as Plan
    },
    async write(name, text) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    },
    read: (name) => readFile(join(folder, name), 'utf8'),
  }
  for (const [name, text] of Object.entries(files)) await place.write(name, text)
  return place
}
