// Every check, in the order of their speed; the first that fails ends it.
import { run, setUp } from './setup.mjs'

setUp()
for (const [name, script] of [
  ['types', 'types'],
  ['lint, format, import direction', 'lint'],
  ['dead code', 'unused'],
  ['the bundle of the action', 'bundle:check'],
  ['requests and memory', 'bench:check'],
  ['tests', 'test'],
]) {
  console.error(`\n== ${name}`)
  run('npm', ['run', '--silent', script], 1)
}
