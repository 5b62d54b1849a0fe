import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/recipes/values.md'), 'utf8')
const LINES = [...PAGE.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .filter((line) => line.includes('octoform apply'))

/** What each program of the page does with its words, as its manual has it. */
const PROGRAMS = {
  op: '[ "$1 $2" = "run --env-file" ] || exit 9; [ "$4" = -- ] || exit 9; shift 4; NPM_TOKEN=from-op exec "$@"',
  sops: `case "$1" in
exec-env) NPM_TOKEN=from-sops exec sh -c "$3" ;;
exec-file) [ "$2 $3" = "--no-fifo --filename" ] || exit 9
  d=$(mktemp -d); echo key-from-sops > "$d/$4"; exec sh -c "$(echo "$6" | sed "s|{}|$d/$4|")" ;;
*) exit 9 ;; esac`,
  vault: '[ "$1 $2" = "kv get" ] || exit 9; echo "from-vault $(echo "$3" | cut -c8-)"',
  octoform: `[ "$1 $2" = "apply plan.json" ] || exit 9
if [ "$3" = --values ]; then cat "$4/deploy.key"; else echo "$NPM_TOKEN"; fi`,
}

it.each(LINES)('%s', (line) => {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-wrap-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'values'))
  for (const [name, text] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const env = { PATH: `${folder}:${process.env.PATH}`, TMPDIR: folder }
  const printed = execFileSync('sh', ['-c', line], { cwd: folder, env }).toString().trim()
  expect(printed).toMatch(/^(from-op|from-sops|key-from-sops|from-vault npm_token|from-vault deploy_key)$/)
})

it('shows five ways', () => {
  expect(LINES.length).toBe(5)
})
