// Every check, in the order of their speed; the first that fails ends it.
import { run, setUp } from './setup.mjs'

setUp()
for (const [name, ...args] of [
  ['types', 'tsc', '--noEmit'],
  ['lint, format, import direction', 'biome', 'ci', '.'],
  ['dead code', 'knip'],
  ['tests', 'vitest', 'run'],
]) {
  console.error(`\n== ${name}`)
  run('npx', ['--no-install', ...args])
}
