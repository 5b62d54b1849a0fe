import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { runAction } from '../../src/action/run-action.ts'
import { actionsEnv } from '../support/github-actions.ts'
import { printingWorld } from '../support/printing-world.ts'
import type { TestSandbox } from '../support/sandbox.ts'
import { inputsOf, type Metadata, parseOutputs, readIfThere, type Step, type StepRan } from './runner.ts'

/** A machine with a checkout, on which the steps of jobs run one after another. */
export interface Job {
  /** The checkout. */
  readonly workspace: string
  /** Kept from step to step. */
  readonly temp: string
  run(step: Step): Promise<StepRan>
  write(name: string, text: string): Promise<void>
  remove(name: string): Promise<void>
}

/**
 * Runs the action from its entry, with the inputs of `action.yml` and the environment that GitHub documents, in this
 * process and of the sources: as `runner` does with the bundle in a process of its own.
 */
export async function inProcess(sandbox: TestSandbox, files: Readonly<Record<string, string>>): Promise<Job> {
  const home = await mkdtemp(join(tmpdir(), 'octoform-job-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const [workspace, temp] = [join(home, 'workspace'), join(home, 'temp')]
  await Promise.all([mkdir(workspace), mkdir(temp)])
  const metadata = parse(await readFile('action.yml', 'utf8')) as Metadata
  const { origin, url } = sandbox
  const job: Job = {
    workspace,
    temp,
    async run(step) {
      const output = join(await mkdtemp(join(home, 'step-')), 'output')
      const env = await actionsEnv({
        ...step.event,
        env: {
          ...inputsOf(metadata, step.with),
          GITHUB_API_URL: url,
          GITHUB_GRAPHQL_URL: url === origin ? `${origin}/graphql` : `${origin}/api/graphql`,
          GITHUB_WORKSPACE: workspace,
          GITHUB_OUTPUT: output,
          RUNNER_TEMP: temp,
          ...step.event.env,
          ...step.env,
        },
      })
      const { world, printed } = printingWorld({ env, cwd: workspace })
      const code = await runAction(world)
      const outputs = parseOutputs(await readFile(output, 'utf8'))
      for (const name of Object.keys(outputs)) {
        if (!(name in metadata.outputs)) throw new Error(`action.yml declares no output ${name}`)
      }
      return { code, ...printed(), outputs, summary: await readIfThere(env.GITHUB_STEP_SUMMARY ?? '') }
    },
    async write(name, text) {
      await mkdir(dirname(join(workspace, name)), { recursive: true })
      await writeFile(join(workspace, name), text)
    },
    remove: (name) => rm(join(workspace, name)),
  }
  for (const [name, text] of Object.entries(files)) await job.write(name, text)
  return job
}
