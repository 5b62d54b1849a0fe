// Bundles the action into action/index.js, which is committed: GitHub runs it as it is, without an installation.
// `--check` makes it anew and compares it byte for byte with what is committed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { licencesOf } from './licences.mjs'
import { replacing } from './replaced-modules.mjs'
import { inlineSchemas } from './schema-files.mjs'
import { setup } from './validators.mjs'

const FILE = 'action/index.js'

/**
 * Modules that read files beside them, with the text that replaces the reading in a bundle, and modules that no step
 * needs.
 */
const DATA = {
  'src/commands/sandbox.ts': () =>
    "export function sandboxCommand() { throw new Error('Bug: the action serves no sandbox.') }",
  'src/commands/init.ts': () =>
    "export function initCommand() { throw new Error('Bug: the action makes no first configuration.') }",
  'src/run/version.ts': () => `export const VERSION = ${JSON.stringify(readJson('package.json').version)}`,
  'src/github/endpoint-table.ts': () =>
    `const TABLE = ${JSON.stringify(readJson('src/github/endpoints.json'))}\nexport const endpointTable = () => TABLE`,
  'src/shipped/schema-text.ts': () => inlineSchemas(),
}

setup()
const build = await rolldown({
  input: 'src/action/main.ts',
  platform: 'node',
  plugins: [replacing(DATA)],
})
const { output } = await build.generate({ format: 'esm', codeSplitting: false, minify: false })
if (output.length !== 1) throw new Error(`The bundle has ${output.length} files instead of one.`)
const made = { [FILE]: output[0].code, 'action/LICENSES.txt': licencesOf(output[0].moduleIds) }

for (const [file, text] of Object.entries(made)) {
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
    console.error(`${file}: ${Math.round(text.length / 1024)} KiB`)
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not what src/ gives: run \`npm run bundle\` and commit it.`)
    process.exit(1)
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
