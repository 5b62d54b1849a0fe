// The main job from end to end on an embedded GitHub: plan, apply, no changes, a change by hand, drift.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setUp } from './setup.mjs'

setUp()
const cli = resolve('dist/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'octoform-'))
cpSync('examples/demo', folder, { recursive: true })
const server = spawn(process.execPath, [cli, 'sandbox', '--seed', 'github.yaml'], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
})

try {
  const url = await served(server)
  console.log(`An embedded GitHub serves ${url}\n`)
  const env = {
    ...process.env,
    GITHUB_API_URL: url,
    OCTOFORM_TOKEN: 'demo',
    OCTOFORM_LEDGER_KEY: Buffer.alloc(32, 'demo').toString('base64'),
    DEMO_NPM_TOKEN: 'npm_demo',
    DEMO_DEPLOY_KEY: 'key_demo',
  }
  octoform(env, 0, 'plan', '--out', 'plan.json')
  octoform(env, 0, 'apply', 'plan.json', '--auto-approve')
  octoform(env, 0, 'plan', '--detailed-exitcode')
  await changeByHand(url)
  octoform(env, 2, 'drift')
  console.log(
    '\nThat was plan, apply, no changes, and drift found. docs/getting-started.md shows how to begin with your own organization.',
  )
} finally {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** The first line that the sandbox prints is JSON with its URL. */
async function served(child) {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line).url
  throw new Error('the sandbox ended before it served')
}

/** Runs one command as a person would, and ends where it does not exit as it should. */
function octoform(env, expected, ...args) {
  console.log(`\n$ octoform ${args.join(' ')}`)
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, env, stdio: ['ignore', 1, 1] })
  console.log(`(exit ${status})`)
  if (status !== expected) throw new Error(`octoform ${args[0]} exited with ${status} where ${expected} was to be`)
}

/** Opens the runner group to every repository, in the settings rather than in the YAML. */
async function changeByHand(url) {
  console.log('\nSomebody opens the runner group gpu to every repository by hand …')
  const headers = { authorization: 'Bearer somebody', 'user-agent': 'by-hand', 'content-type': 'application/json' }
  const listed = await fetch(`${url}/orgs/acme/actions/runner-groups`, { headers })
  const { runner_groups } = await listed.json()
  const { id, name } = runner_groups.find((group) => group.name === 'gpu')
  const body = JSON.stringify({ name, visibility: 'all', allows_public_repositories: true })
  const answer = await fetch(`${url}/orgs/acme/actions/runner-groups/${id}`, { method: 'PATCH', headers, body })
  if (!answer.ok) throw new Error(`the change by hand was refused with ${answer.status}`)
}
