// Bundles the action into action/index.js, which is committed: GitHub runs it as it is, without an installation.
// `--check` makes it anew and compares it byte for byte with what is committed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { replacing } from './replaced-modules.mjs'
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
  'src/shipped/schema-text.ts': () =>
    `const TEXTS = ${JSON.stringify(schemaTexts())}\nexport async function schemaText(name) { return TEXTS[name] }`,
}

setup()
const build = await rolldown({
  input: 'src/action/main.ts',
  platform: 'node',
  plugins: [replacing(DATA)],
})
const { output } = await build.generate({ format: 'esm', codeSplitting: false, minify: false })
if (output.length !== 1) throw new Error(`The bundle has ${output.length} files instead of one.`)
const code = output[0].code

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, code)
  console.error(`${FILE}: ${Math.round(code.length / 1024)} KiB`)
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== code) {
  console.error(`${FILE} is not what src/ gives: run \`npm run bundle\` and commit it.`)
  process.exit(1)
}

function schemaTexts() {
  return Object.fromEntries(readdirSync('schemas').map((name) => [name, readFileSync(`schemas/${name}`, 'utf8')]))
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
