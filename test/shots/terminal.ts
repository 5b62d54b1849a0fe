import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestText } from '../../src/core/canonical.ts'
import type { Plan } from '../../src/core/plan.ts'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { ansiHtml } from './ansi-html.ts'

/**
 * The command line's own output, at a terminal of so many columns, for a plan that was saved.
 * @param root the folder of the repository, which is built
 * @throws where there is no `script` of util-linux, which makes the terminal
 */
export function terminalText(plan: Plan, columns: number, root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-shots-'))
  try {
    writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...plan, digest: sha256(digestText(plan)) }))
    const cli = `"${process.execPath}" "${join(root, 'dist/cli.js')}"`
    const command = `stty cols ${columns} rows 50; exec ${cli} show plan.json`
    const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, GITHUB_ACTIONS: ____, ...env } = process.env
    const ran = spawnSync('script', ['-qec', command, '/dev/null'], {
      cwd: folder,
      env: { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh' },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    if (ran.error) throw new Error(`script, of util-linux, is needed for pictures of a terminal: ${ran.error.message}`)
    if (ran.status !== 0) throw new Error(`octoform show ended with ${ran.status}:\n${ran.stdout}${ran.stderr}`)
    return ran.stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A page that looks like a terminal of so many columns. */
export function terminalPage(text: string, columns: number): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A terminal</title>
<style>${STYLE}</style><pre style="width:${columns}ch">$ octoform show plan.json
${ansiHtml(text)}</pre></html>`
}

const STYLE = `
:root { color-scheme: light dark; --page: light-dark(#fff, #14171c); --ink: light-dark(#24292f, #d7dde4); --red: light-dark(#b3122a, #ff8088);
  --green: light-dark(#116329, #6fdc8c); --yellow: light-dark(#7a4d00, #e8b85c); --blue: light-dark(#0a58b5, #79b8ff); --magenta: light-dark(#6b3fa0, #cba6f7); --cyan: light-dark(#0b6a75, #6fd3e0) }
body { margin: 0; background: var(--page) }
pre { margin: 0; padding: 12px; min-width: min-content; color: var(--ink); font: 13px/1.45 'Liberation Mono', 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.c1 { font-weight: 700 } .c2 { opacity: .72 } .c3 { font-style: italic } .c4 { text-decoration: underline }
.c31, .c91 { color: var(--red) } .c32, .c92 { color: var(--green) } .c33, .c93 { color: var(--yellow) } .c34, .c94 { color: var(--blue) } .c35, .c95 { color: var(--magenta) } .c36, .c96 { color: var(--cyan) }
.c43 { background: #f2c94c } .c41 { background: #d33 } .c30 { color: #111 } .c37, .c97 { color: #fff }
`
