// Builds dist/: the command line with what it needs at once in one file, and what a command loads when it runs in files
// beside it. Of a module for each file, Node would load 300 to validate a line of YAML, which takes twice as long. The
// packages that octoform uses are in these files too: an installation fetches one archive.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { chunking } from './chunks.mjs'
import { licencesOf } from './licences.mjs'
import { replacing } from './replaced-modules.mjs'
import { publishedSchemas } from './schema-files.mjs'
import { setup } from './validators.mjs'

/** Modules that read files beside src/, with the text that finds them beside dist/. */
const DATA = {
  'src/run/version.ts': () => `${REQUIRE}export const VERSION = require('../package.json').version`,
  'src/github/endpoint-table.ts': () => `${REQUIRE}export const endpointTable = () => require('./endpoints.json')`,
  'src/shipped/schema-text.ts': () =>
    readFileSync('src/shipped/schema-text.ts', 'utf8').replace("'../../schemas/'", "'./schemas/'"),
  'src/shipped/bundled-schema.ts': () =>
    "import { schemaText } from './schema-text.ts'\nexport const bundledSchema = () => schemaText('octoform.json')",
}
const REQUIRE = "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"

setup()
rmSync('dist', { recursive: true, force: true })
const { plugin, groups } = chunking()
const build = await rolldown({
  input: { cli: 'src/cli.ts', main: 'src/commands/main.ts' },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  plugins: [replacing(DATA), plugin],
})
const { output } = await build.write({
  dir: 'dist',
  format: 'esm',
  chunkFileNames: '[name]-[hash].js',
  codeSplitting: { groups },
})
copyFileSync('src/github/endpoints.json', 'dist/endpoints.json')
writeFileSync('dist/LICENSES.txt', licencesOf(output.flatMap(({ moduleIds = [] }) => moduleIds)))
mkdirSync('dist/schemas')
for (const [name, text] of Object.entries(await publishedSchemas())) writeFileSync(`dist/schemas/${name}`, text)
chmodSync('dist/cli.js', 0o755)
