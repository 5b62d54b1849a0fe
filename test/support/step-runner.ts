import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { runAction } from '../../src/action/run-action.ts'
import type { Clock } from '../../src/github/clock.ts'
import { actionsEnv, type RunOfActions } from './github-actions.ts'
import { printingWorld } from './printing-world.ts'
import type { TestSandbox } from './sandbox.ts'

/** A step of a job that uses the action. */
export interface Step {
  readonly event: RunOfActions
  readonly with: Readonly<Record<string, string>>
  /** The step's own `env`. */
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: Clock
}

export interface StepRan {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** The file of outputs, as it was written. */
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** A checkout, on which steps run one after another in this process. */
export interface StepRunner {
  run(step: Step): Promise<StepRan>
  write(name: string, text: string): Promise<void>
}

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
}

/** Runs the action from its source, with the inputs that `action.yml` declares, as GitHub's runner hands them over. */
export async function stepRunner(
  sandbox: Pick<TestSandbox, 'url' | 'origin'>,
  files: Readonly<Record<string, string>>,
): Promise<StepRunner> {
  const home = await mkdtemp(join(tmpdir(), 'octoform-steps-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const [workspace, temp] = [join(home, 'workspace'), join(home, 'temp')]
  await Promise.all([mkdir(workspace), mkdir(temp)])
  const { inputs } = parse(await readFile('action.yml', 'utf8')) as Metadata
  const { origin, url } = sandbox
  const runner: StepRunner = {
    async run(step) {
      const given = Object.entries(inputs).map(([name, { default: preset = '' }]) => {
        return [`INPUT_${name.toUpperCase()}`, step.with[name] ?? preset] as const
      })
      const env = await actionsEnv({
        ...step.event,
        env: {
          ...Object.fromEntries(given),
          GITHUB_API_URL: url,
          GITHUB_GRAPHQL_URL: url === origin ? `${origin}/graphql` : `${origin}/api/graphql`,
          GITHUB_WORKSPACE: workspace,
          GITHUB_OUTPUT: join(await mkdtemp(join(home, 'step-')), 'output'),
          RUNNER_TEMP: temp,
          RUNNER_NAME: 'GitHub Actions 2',
          ...step.event.env,
          ...step.env,
        },
      })
      const { clock } = step
      const { world, printed } = printingWorld({ env, cwd: workspace, ...(clock && { clock }) })
      const code = await runAction(world)
      return {
        code,
        ...printed(),
        outputs: await outputsIn(env.GITHUB_OUTPUT),
        summary: await textOf(env.GITHUB_STEP_SUMMARY),
      }
    },
    async write(name, text) {
      await mkdir(dirname(join(workspace, name)), { recursive: true })
      await writeFile(join(workspace, name), text)
    },
  }
  for (const [name, text] of Object.entries(files)) await runner.write(name, text)
  return runner
}

async function textOf(path = ''): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

/** Each output is one line here, between its delimiters. */
async function outputsIn(path = ''): Promise<Readonly<Record<string, string>>> {
  const found = (await textOf(path)).matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}
