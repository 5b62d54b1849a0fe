// Begins a family: its folder, schema, test, world and slice of the sandbox, and its line in each list that names families.
// What it writes compiles and passes the checks; `FILL IN` stands where GitHub's documentation must be read.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readArguments, USAGE } from './new-family/arguments.mjs'
import { addFiles, addLines, COMING, moveRoutes } from './new-family/files.mjs'
import { findPaths } from './new-family/find-routes.mjs'
import { makeModel } from './new-family/model.mjs'
import { Problem } from './new-family/problem.mjs'
import { openChange } from './new-family/write.mjs'

const REFERENCE = 'docs/reference.md'

try {
  newFamily(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function newFamily(args) {
  const { help, name, asked } = readArguments(args)
  if (help) return console.log(USAGE)
  const change = openChange()
  const coming = JSON.parse(change.read(COMING))
  const model = makeModel(coming, name, findPaths(coming.endpoints, name, asked))
  addFiles(change, model)
  addLines(change, model)
  const routes = model.levels.flatMap((level) => level.routes)
  moveRoutes(change, coming, routes)
  change.made(REFERENCE)
  change.commit(() => {
    run('format', biome(), ['check', '--write', '--no-errors-on-unmatched', ...change.paths])
    run('the reference', process.execPath, ['scripts/reference.mjs'])
  })
  const levels = model.levels.map(({ level }) => level).join(', ')
  console.log(change.paths.map((path) => `  ${path}`).join('\n'))
  console.log(`Wrote ${name}: ${model.kind} of ${levels}. What the descriptions do not say:`)
  console.log(change.paths.flatMap(toFillIn).join('\n'))
}

/** The places in a file that wait for a person, of the family's own alone. */
function toFillIn(path) {
  if (!/^(?:src|test)\//.test(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((line, index) =>
    line.includes('FILL IN') ? [`  ${path}:${index + 1}: ${line.replace(/^\W+/, '')}`] : [],
  )
}

function biome() {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin/biome')
}

function run(what, command, args) {
  const [file, all] = command.endsWith('biome') ? [process.execPath, [command, ...args]] : [command, args]
  const { status, stdout, stderr, error } = spawnSync(file, all, { encoding: 'utf8' })
  if (status === 0) return
  throw new Problem(`Nothing was written: ${what} failed.\n${error?.message ?? `${stdout}${stderr}`}`)
}
