import { readFile } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import type { OwnRun } from '../core/own-run.ts'
import type { Env } from '../github/credentials.ts'

/**
 * The resources that the run itself uses, in GitHub Actions: its repository, its self-hosted runner, and the secrets
 * that its workflow file names.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export async function ownRun(env: Env, cwd: string): Promise<OwnRun | undefined> {
  if (env.GITHUB_ACTIONS !== 'true') return undefined
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').toLowerCase().split('/')
  if (!owner || !repo) return undefined
  const runner = env.RUNNER_ENVIRONMENT === 'github-hosted' ? undefined : env.RUNNER_NAME
  const secrets = await workflowSecrets(env, cwd)
  const workflow = workflowIn(env)
  return {
    owner,
    repo,
    ...(runner ? { runner } : {}),
    ...(secrets ? { secrets } : {}),
    ...(workflow ? { workflow } : {}),
  }
}

function workflowIn(env: Env): OwnRun['workflow'] {
  const [, path, ref] = /^([^@]+)@(.+)$/.exec(env.GITHUB_WORKFLOW_REF ?? '') ?? []
  if (path === undefined || ref === undefined) return undefined
  const sha = env.GITHUB_WORKFLOW_SHA
  return { path, refs: [ref, ref.replace(/^refs\/(heads|tags)\//, ''), ...(sha ? [sha] : [])] }
}

/** The workflow file lies in the checkout, if there is one; without it nothing is known of its secrets. */
async function workflowSecrets(env: Env, cwd: string): Promise<OwnRun['secrets']> {
  const [, path] = /^[^/]+\/[^/]+\/(\.github\/workflows\/[^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '') ?? []
  if (path === undefined) return undefined
  const root = resolve(env.GITHUB_WORKSPACE || cwd)
  const file = resolve(root, path)
  if (!file.startsWith(root + sep)) return undefined
  try {
    return secretsIn(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** The secrets that the text of a workflow names: `secrets.NAME`, `secrets['NAME']`, or all of them. */
export function secretsIn(workflow: string): OwnRun['secrets'] {
  if (/secrets:\s*inherit\b|toJSON\(\s*secrets\s*\)/i.test(workflow)) return 'all'
  const names = new Set<string>()
  for (const [, dotted, quoted] of workflow.matchAll(
    /\bsecrets\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*['"]([^'"\]]+)['"]\s*\])/gi,
  )) {
    names.add((dotted ?? quoted ?? '').toUpperCase())
  }
  return names
}
