// Prints the notes of a release: the section of CHANGELOG.md for its version.
// node scripts/release/notes.mjs 0.3.0
import { readFileSync } from 'node:fs'

/**
 * @param text of CHANGELOG.md, in the form of Keep a Changelog
 * @throws where the version has no section, or an empty one: a release without notes is not made
 */
export function notesOf(text, version) {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line === `## [${version}]` || line.startsWith(`## [${version}] `))
  if (start === -1) throw new Error(`CHANGELOG.md has no section for ${version}.`)
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '))
  const notes = lines
    .slice(start + 1, length === -1 ? undefined : start + 1 + length)
    .join('\n')
    .trim()
  if (notes === '') throw new Error(`The section of CHANGELOG.md for ${version} is empty.`)
  return `${notes}\n`
}

if (import.meta.filename === process.argv[1]) {
  process.stdout.write(notesOf(readFileSync('CHANGELOG.md', 'utf8'), process.argv[2]))
}
