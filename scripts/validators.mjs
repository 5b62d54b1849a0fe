// Makes src/shipped/validators.js: the checks of documents against schemas/, and the maps that these know, as plain code.
// Compiling the schemas takes Ajv longer than all else that most commands do, so that no command does it.
//
// The file follows from schemas/ alone and is not committed: each change of a schema would stand in the history twice.
// `npm run build`, `npm run bundle` and each run of vitest make it where it is missing or older than its sources.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { knownMaps } from './known-maps.mjs'

const FILE = 'src/shipped/validators.js'
const ROOT = 'octoform.json'
const PLAN = 'plan.json'
const READING = 'reading.json'

const require = createRequire(import.meta.url)

/** Called by vitest before the first test too. */
export function setup() {
  const texts = readdirSync('schemas').map((name) => [name, readFileSync(`schemas/${name}`, 'utf8')])
  const head = `// Made by scripts/validators.mjs from schemas/. ${stamp(texts)}\n`
  if (existsSync(FILE) && readFileSync(FILE, 'utf8').startsWith(head)) return
  // Two runs may begin at once, and no third must read half of a file.
  const draft = `${FILE}.${process.pid}`
  writeFileSync(draft, head + codeOf(new Map(texts.map(([name, text]) => [name, JSON.parse(text)]))))
  renameSync(draft, FILE)
}

function stamp(texts) {
  const sources = ['validators.mjs', 'known-maps.mjs'].map((name) => new URL(name, import.meta.url))
  const hash = createHash('sha256').update(require('ajv/package.json').version)
  for (const source of sources) hash.update(readFileSync(source))
  for (const part of texts.flat()) hash.update(`${part.length} ${part}`)
  return hash.digest('hex')
}

function codeOf(schemas) {
  // No message of Ajv is shown for a configuration; src/config/check.ts has its own.
  const configuration = compiled('configuration', ROOT, schemas, { allErrors: true, strict: true, messages: false })
  const savedPlan = compiled('plan', PLAN, schemas, { strict: false })
  const reading = compiled('reading', READING, schemas, { strict: true })
  return [
    `export const validateConfiguration = ${configuration}`,
    `export const validatePlan = ${savedPlan}`,
    `export const validateReading = ${reading}`,
    `export const KNOWN_MAPS = ${JSON.stringify(knownMaps(schemas, ROOT))}`,
    '',
  ].join('\n')
}

/** An expression that makes the check; both checks have functions of the same names. */
function compiled(name, root, schemas, options) {
  const ajv = new Ajv2020({ ...options, allowUnionTypes: true, code: { source: true, esm: true } })
  for (const [each, schema] of schemas) ajv.addSchema(withoutProse(schema), each)
  const code = standalone(ajv, { [name]: root })
    .replace('"use strict";', '')
    .replace(`export const ${name} = `, `const ${name} = `)
    .replaceAll(/require\("(ajv\/dist\/runtime\/[^"]+)"\)\.default/g, (_, path) => `(${require(path).default})`)
    // For each part of a document that is wrong, all the errors found before would be copied.
    .replaceAll(/: vErrors\.concat\(([\w.$]+)\)/g, ': ($1.forEach((each) => vErrors.push(each)), vErrors)')
  if (/\brequire\(|\bimport\b|\bexport\b/.test(code)) throw new Error(`The check of ${root} needs another module.`)
  return `(() => {\n${code}\nreturn ${name}\n})()`
}

/** The words for people would be half of the code. */
function withoutProse(schema) {
  return JSON.parse(JSON.stringify(schema), function drop(key, value) {
    const isProse = (key === 'description' || key === 'title') && typeof value === 'string'
    return isProse ? undefined : value
  })
}

if (import.meta.filename === process.argv[1]) setup()
