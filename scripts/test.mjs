// Sets up what the tests need, the browser that they look at pages with included, and runs them; arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { run, setUp } from './setup.mjs'

setUp()
// Where there is no browser to be had, the tests that need one fail and tell so, and the others run all the same.
if (process.platform !== 'win32') spawnSync('sh', ['scripts/chromium.sh'], { stdio: ['ignore', 2, 2] })
run('npx', ['vitest', 'run', ...process.argv.slice(2)], 1)
