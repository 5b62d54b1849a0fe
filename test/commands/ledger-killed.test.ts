import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { readEntries } from '../engine/written-ledger.ts'
import { startCli } from '../support/cli.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = Array.from({ length: 40 }, (_, index) => `S${String(index).padStart(2, '0')}`)
const YAML = `version: 1
organizations:
  acme:
    secrets:
${NAMES.map((name) => `      ${name}: { visibility: all, value: { env: VALUE } }\n`).join('')}`
const VALUE = 'planted-value-of-the-killed'
const PUT = { method: 'PUT', route: '/orgs/{org}/actions/secrets/{secret_name}' }

test.each([0, 7, 23])(
  'an apply that is killed at its write %i leaves a journal, which each command reads',
  async (nth) => {
    const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: {} } } })
    const publicKey = `ledger: { public_key: "${(await deriveKeys(LEDGER_KEY))?.publicKey}" }\n`
    const work = await workplace(sandbox, { 'octoform.yaml': `${YAML}${publicKey}` }, { VALUE })
    await sandbox.fault({ ...PUT, nth: nth + 1, times: 4, delay_ms: 60_000 })
    const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 't', OCTOFORM_LEDGER_KEY: LEDGER_KEY, VALUE }
    const running = startCli(['apply', '--auto-approve', '--parallelism', '4'], { cwd: work.folder, env })
    const folder = join(work.folder, '.octoform')
    while (
      sandbox.writes().length < nth ||
      !(await readdir(folder).catch(() => [] as string[])).includes('ledger.json.journal')
    ) {
      await sleep(20)
    }
    await sleep(500)
    running.kill('SIGKILL')
    await running.ended
    // Where fewer than four were on their way, the others would hold back the next run.
    await sandbox.call('DELETE', '/_sandbox/faults')
    const done = sandbox.writes().length
    expect((await readdir(folder)).sort()).toEqual(['ledger.json', 'ledger.json.apply.lock', 'ledger.json.journal'])

    // Without the key, as in the job of a pull request.
    const plan = await work.plan([], { OCTOFORM_LEDGER_KEY: '' })
    expect(plan.changes).toHaveLength(NAMES.length - done)
    expect(plan.changes.every(({ action }) => action === 'create')).toBe(true)
    expect(plan.diagnostics).toEqual([])

    const kept = sandbox.writes().length
    const again = await work.run(['apply', '--auto-approve'])
    expect(again, again.stderr).toMatchObject({ code: 0 })
    expect(sandbox.writes().length - kept).toBe(NAMES.length - done)
    expect(await readdir(folder)).toEqual(['ledger.json'])
    expect(Object.values(await readEntries(work)).filter(({ written_at }) => written_at !== undefined)).toHaveLength(40)
    expect(await work.run(['drift'])).toMatchObject({ code: 0 })
  },
  60_000,
)
