// Builds dist/: the command line with what it needs at once in one file, and what a command loads when it runs in files
// beside it. Of a module for each file, Node would load 300 to validate a line of YAML, which takes twice as long.
import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { replacing } from './replaced-modules.mjs'
import { setup } from './validators.mjs'

/** Modules that read files beside src/, with the text that finds them beside dist/. */
const DATA = {
  'src/run/version.ts': () => `${REQUIRE}export const VERSION = require('../package.json').version`,
  'src/github/endpoint-table.ts': () => `${REQUIRE}export const endpointTable = () => require('./endpoints.json')`,
  'src/shipped/schema-text.ts': () =>
    readFileSync('src/shipped/schema-text.ts', 'utf8').replace("'../../schemas/'", "'../schemas/'"),
}
const REQUIRE = "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"
/** Not a pattern for all names of packages: the compiler's helpers have such names too, and belong to the files. */
const PACKAGES = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies)

setup()
rmSync('dist', { recursive: true, force: true })
const build = await rolldown({
  input: { cli: 'src/cli.ts', main: 'src/commands/main.ts' },
  platform: 'node',
  external: (id) => id.startsWith('node:') || PACKAGES.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [replacing(DATA)],
})
await build.write({ dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js' })
copyFileSync('src/github/endpoints.json', 'dist/endpoints.json')
chmodSync('dist/cli.js', 0o755)
