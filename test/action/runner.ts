import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { actionsEnv, type RunOfActions } from '../support/github-actions.ts'
import type { TestSandbox } from '../support/sandbox.ts'

/** A step of a job that uses the action. */
export interface Step {
  readonly event: RunOfActions
  readonly with: Readonly<Record<string, string>>
  /** The step's own `env`. */
  readonly env?: Readonly<Record<string, string>>
}

export interface StepRan {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** A machine with a checkout, on which steps run one after another. */
export interface Runner {
  /** The checkout. */
  readonly workspace: string
  /** Kept from step to step. */
  readonly temp: string
  run(step: Step): Promise<StepRan>
  /** The step's log as people see it: both streams in the order in which they were written. */
  log(step: Step): Promise<string>
  write(name: string, text: string): Promise<void>
}

export interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly main: string }
}

/**
 * A runner of GitHub Actions: it reads `action.yml`, gives each input that it declares, and starts `main` with the
 * documented environment and nothing else.
 * https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
 */
export async function runner(sandbox: TestSandbox, files: Readonly<Record<string, string>>): Promise<Runner> {
  const home = await mkdtemp(join(tmpdir(), 'octoform-runner-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const [workspace, temp] = [join(home, 'workspace'), join(home, 'temp')]
  await Promise.all([mkdir(workspace), mkdir(temp)])
  const metadata = parse(await readFile('action.yml', 'utf8')) as Metadata

  async function envOf(step: Step): Promise<Record<string, string>> {
    const output = join(await mkdtemp(join(home, 'step-')), 'output')
    await writeFile(output, '')
    const { origin, url } = sandbox
    return actionsEnv({
      ...step.event,
      env: {
        ...inputsOf(metadata, step.with),
        GITHUB_API_URL: url,
        GITHUB_GRAPHQL_URL: url === origin ? `${origin}/graphql` : `${origin}/api/graphql`,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: temp,
        RUNNER_NAME: 'GitHub Actions 2',
        // The log has colours; tests read words.
        NO_COLOR: '1',
        ...step.event.env,
        ...step.env,
      },
    })
  }

  const it: Runner = {
    workspace,
    temp,
    async run(step) {
      const env = await envOf(step)
      const child = spawn(process.execPath, [resolve(metadata.runs.main)], { cwd: home, env, timeout: 25_000 })
      const told = { stdout: '', stderr: '' }
      child.stdout.on('data', (text) => {
        told.stdout += text
      })
      child.stderr.on('data', (text) => {
        told.stderr += text
      })
      const code = await ended(child)
      const outputs = parseOutputs(await readFile(env.GITHUB_OUTPUT ?? '', 'utf8'))
      for (const name of Object.keys(outputs)) {
        if (!(name in metadata.outputs)) throw new Error(`action.yml declares no output ${name}`)
      }
      return { code, ...told, outputs, summary: await readIfThere(env.GITHUB_STEP_SUMMARY ?? '') }
    },
    async log(step) {
      const path = join(await mkdtemp(join(home, 'log-')), 'log')
      const file = await open(path, 'a')
      const stdio = ['ignore', file.fd, file.fd] as const
      const env = await envOf(step)
      await ended(spawn(process.execPath, [resolve(metadata.runs.main)], { cwd: home, env, stdio: [...stdio] }))
      await file.close()
      return readFile(path, 'utf8')
    },
    async write(name, text) {
      await mkdir(dirname(join(workspace, name)), { recursive: true })
      await writeFile(join(workspace, name), text)
    },
  }
  for (const [name, text] of Object.entries(files)) await it.write(name, text)
  return it
}

/** Every declared input is there, with its default; the runner writes a name in upper case and keeps its dashes. */
export function inputsOf({ inputs }: Metadata, given: Step['with']): Record<string, string> {
  for (const name of Object.keys(given)) if (!(name in inputs)) throw new Error(`action.yml declares no input ${name}`)
  const values = Object.entries(inputs).map(
    ([name, { default: preset = '' }]) => [name, given[name] ?? preset] as const,
  )
  return Object.fromEntries(values.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  while (lines.length > 1) {
    const line = lines.shift() ?? ''
    const [, name, delimiter = ''] = /^(\w+)<<(.+)$/.exec(line) ?? []
    const end = lines.indexOf(delimiter)
    if (name === undefined || end < 0) throw new Error(`the runner would not take this as an output: ${line}`)
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n')
  }
  return outputs
}

function ended(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
}

export async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return ''
  }
}
