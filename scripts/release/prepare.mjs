// Prepares a release: gives the version to package.json and to what is not released yet in CHANGELOG.md.
// node scripts/release/prepare.mjs 0.3.0, then `npm run bundle`, and a commit that is reviewed like any other.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const UNRELEASED = '## [Unreleased]\n'
const VERSION = /^\d+\.\d+\.\d+$/

/**
 * CHANGELOG.md with what was not released under the version and its day.
 * @param day in ISO 8601, such as 2026-11-30
 */
export function released(changelog, version, day) {
  if (!changelog.includes(UNRELEASED)) throw new Error('CHANGELOG.md has no section [Unreleased].')
  if (changelog.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md has ${version} already.`)
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n## [${version}] - ${day}\n`)
}

/** Whether one version comes after another. */
export function isLater(version, before) {
  const [left, right] = [version, before].map((each) => each.split('.').map(Number))
  const differing = left.findIndex((number, index) => number !== right[index])
  return differing !== -1 && left[differing] > right[differing]
}

if (import.meta.filename === process.argv[1]) {
  const [, , version = ''] = process.argv
  const before = JSON.parse(readFileSync('package.json', 'utf8')).version
  if (!VERSION.test(version)) throw new Error(`${version || 'Nothing'} is not a version such as 0.3.0.`)
  if (!isLater(version, before)) throw new Error(`${version} does not come after ${before}.`)
  const changelog = released(readFileSync('CHANGELOG.md', 'utf8'), version, new Date().toISOString().slice(0, 10))
  writeFileSync('CHANGELOG.md', changelog)
  execFileSync('npm', ['version', version, '--no-git-tag-version'], { stdio: 'inherit' })
}
