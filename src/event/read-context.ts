import { type Environment, type RunContext, runContext } from './run-context.ts'

/**
 * Reads the context of a run, with the event's payload from `GITHUB_EVENT_PATH`. A payload that is missing, unreadable
 * or not JSON is no error: its facts stay unknown, and trust follows from that.
 * @returns undefined outside GitHub Actions
 */
export async function readRunContext(
  env: Environment,
  readFile: (path: string) => Promise<string>,
): Promise<RunContext | undefined> {
  if (env.GITHUB_ACTIONS !== 'true') return undefined
  return runContext(env, await payloadAt(env.GITHUB_EVENT_PATH, readFile))
}

async function payloadAt(path: string | undefined, readFile: (path: string) => Promise<string>): Promise<unknown> {
  if (path === undefined || path === '') return undefined
  try {
    return JSON.parse(await readFile(path))
  } catch {
    return undefined
  }
}
