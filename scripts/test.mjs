// Sets up the tests with the browser that they need, and runs them; arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { run, setUp } from './setup.mjs'

setUp()
// Without a browser, the tests that need one fail and report so, and the others still run.
if (process.platform !== 'win32') spawnSync('sh', ['scripts/chromium.sh'], { stdio: ['ignore', 2, 2] })
run('npx', ['vitest', 'run', ...process.argv.slice(2)], 1)
