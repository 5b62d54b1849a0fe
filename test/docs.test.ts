import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { EXIT } from '../src/commands/exit-codes.ts'
import { createProgram } from '../src/commands/program.ts'
import { families } from '../src/families/index.ts'
import { endpoint } from '../src/github/endpoints.ts'
import { openPace } from '../src/github/pace.ts'
import { workplace } from './support/octoform.ts'

const README = await readFile(new URL('../README.md', import.meta.url), 'utf8')

const io = {
  env: {},
  cwd: '',
  stdout: () => {},
  stderr: () => {},
  ask: undefined,
  colour: 'plain',
  hide: () => {},
  annotate: () => {},
  page: () => {},
  cleaned: <T>(value: T): T => value,
  stdin: () => Promise.resolve(new Uint8Array()),
  pace: openPace(),
} as const

describe('README.md', () => {
  it('shows a configuration that is valid', async () => {
    const [, yaml = ''] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(README) ?? []
    const place = await workplace({ url: 'http://127.0.0.1:9' }, { 'octoform.yaml': yaml })
    expect(await place.run(['validate'])).toMatchObject({ code: 0, stdout: 'The configuration is valid.\n' })
  })

  it('names every command and no other', () => {
    const rows = [...README.matchAll(/^\| `([a-z]+)[^|]*\|/gm)].map(([, name]) => name)
    const program = createProgram({ ...io, stopped: () => Promise.resolve() }, [], () => {})
    expect(rows.sort()).toEqual(program.commands.map((command) => command.name()).sort())
  })

  it('names every exit code', () => {
    const rows = [...README.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))
    expect(rows).toEqual(Object.values(EXIT))
  })

  it.each(families)('names the permission that $name needs', ({ name, scopes }) => {
    const row = README.split('\n').find((line) => line.startsWith(`| ${name.replace('_', ' ')} |`))
    const [, , organization = '', repository = ''] = row?.split('|').map((cell) => cell.trim().toLowerCase()) ?? []
    for (const [scope, cell] of [['organization', organization] as const, ['repository', repository] as const]) {
      for (const route of [...(scopes[scope]?.reads ?? []), ...(scopes[scope]?.writes ?? [])]) {
        const needed = endpoint(route).permission.app?.name ?? ''
        expect(cell.replace(/\W/g, ''), route).toBe(needed.replace(/^organization_/, '').replace(/\W|_/g, ''))
      }
    }
  })
})
