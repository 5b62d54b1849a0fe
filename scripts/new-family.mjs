// Begins a family: its folder, schema, test, world and slice of the sandbox, and its line in each list that names families.
// What it writes compiles and passes the checks; `FILL IN` stands where GitHub's documentation must be read.
import { spawnSync } from 'node:child_process'
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
  moveRoutes(
    change,
    coming,
    model.levels.flatMap(({ routes }) => routes),
  )
  change.set(REFERENCE, change.read(REFERENCE))
  change.commit(() => {
    run('format', biome(), ['check', '--write', '--no-errors-on-unmatched', ...change.paths])
    run('the reference', process.execPath, ['scripts/reference.mjs'])
  })
  const { levels, kind, folder } = model
  console.log(change.paths.map((path) => `  ${path}`).join('\n'))
  console.log(`Wrote ${name}: ${kind} of ${levels.map(({ level }) => level).join(', ')}. Next: FILL IN in`)
  console.log(`  grep -rn 'FILL IN' src/families/${folder} src/sandbox/resources/${folder}.ts test/worlds/${folder}.ts`)
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
