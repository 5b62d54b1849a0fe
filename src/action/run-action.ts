import { appendFile } from 'node:fs/promises'
import { endFailed, main } from '../commands/main.ts'
import { SetupError } from '../core/setup-error.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { OutputFacts, World } from '../run/io.ts'
import { maskCommands } from '../secrets/mask.ts'
import { argsOf, reportArgsOf } from './inputs.ts'
import { formatOutputs, outputsOf } from './outputs.ts'

/** Credentials that a workflow hands over, which the runner need not know as secrets of its own. */
const CREDENTIALS = [
  'OCTOFORM_APP_PRIVATE_KEY',
  'OCTOFORM_TOKEN',
  'OCTOFORM_ENTERPRISE_TOKEN',
  'OCTOFORM_LEDGER_KEY',
  'GITHUB_TOKEN',
  'GH_TOKEN',
] as const

/**
 * Runs octoform as a step of a workflow: the inputs make the command line, and its results go to the outputs. Commands
 * that mask credentials and values are printed before all other output.
 */
export async function runAction(world: Omit<World, 'mask' | 'tell'>): Promise<ExitCode> {
  const { env } = world
  for (const name of CREDENTIALS) world.stdout(maskCommands(env[name] ?? ''))
  const facts: { now: OutputFacts } = { now: {} }
  const inner: World = {
    ...world,
    env: withoutInputs(env),
    mask: (commands) => world.stdout(commands),
    record: (more) => {
      facts.now = { ...facts.now, ...more }
    },
  }
  let args: readonly string[]
  try {
    args = argsOf(env)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const code = await endFailed(reportArgsOf(env), inner, error)
    await giveOutputs(world, facts.now)
    return code
  }
  const code = await main(args, args.includes('--no-color') ? { ...inner, colour: 'plain' } : inner)
  await giveOutputs(world, facts.now)
  return code
}

async function giveOutputs(world: Omit<World, 'mask' | 'tell'>, facts: OutputFacts): Promise<void> {
  const file = world.env.GITHUB_OUTPUT
  if (file !== undefined && file !== '') await appendFile(file, formatOutputs(outputsOf(facts)))
}

/** The inputs were read; nothing below may take one for something else. */
function withoutInputs(env: World['env']): World['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')))
}
