import { describe, expect, it } from 'vitest'
import { formatMarker, type Marker, parseMarker, sameThread } from '../../src/render/marker.ts'

const MARKER: Marker = { kind: 'plan', host: 'api.github.com', owner: 'acme', configuration: 'octoform.yaml' }

describe('a marker', () => {
  it('is a comment of one line', () => {
    expect(formatMarker({ ...MARKER, commit: 'abc', digest: 'def' })).toBe(
      '<!-- octoform {"v":1,"kind":"plan","host":"api.github.com","owner":"acme","configuration":"octoform.yaml","commit":"abc","digest":"def"} -->',
    )
  })

  it('keeps a counter, and reads nothing that is none', () => {
    const marker = { ...MARKER, counter: 12 }
    expect(parseMarker(formatMarker(marker))).toEqual(marker)
    for (const counter of ['12', -1, 0, 1.5, 1e300, null, true]) {
      expect(parseMarker(`<!-- octoform ${JSON.stringify({ v: 1, ...MARKER, counter })} -->`)).toEqual(MARKER)
    }
  })

  it.each(['-->', '--!>', '<!--', '\n', '"}', '\u202e', '\u2028', '##[error]', '``` @org/team'])(
    'holds %j, and reads it back',
    (text) => {
      const marker = { ...MARKER, owner: text, configuration: `a${text}b` }
      const line = formatMarker(marker)
      expect(line.slice(4, -3)).not.toMatch(/[<>\n\u202e\u2028]|--|##\[/)
      expect(parseMarker(line)).toEqual(marker)
      expect(parseMarker(`${line}\r`)).toEqual(marker)
    },
  )

  it.each([
    '',
    'octoform',
    '<!-- octoform -->',
    '<!-- octoform {} -->',
    '<!-- octoform {"v":1} -->',
    '<!-- octoform [] -->',
    '<!-- octoform {"v":1,"kind":"plan","host":"h","owner":"o"} -->',
    '<!-- octoform {"v":2,"kind":"plan","host":"h","owner":"o","configuration":"c"} -->',
    '<!-- octoform {"v":1,"kind":"apply","host":"h","owner":"o","configuration":"c"} -->',
    '<!-- octoform {"v":1,"kind":"plan","host":1,"owner":"o","configuration":"c"} -->',
    `> ${formatMarker(MARKER)}`,
    ` ${formatMarker(MARKER)}`,
    `${formatMarker(MARKER)} and more`,
    '<!-- octoform {"v":1,"kind":"plan", -->',
  ])('is not %j', (line) => {
    expect(parseMarker(line)).toBeUndefined()
  })

  it.each<[string, Partial<Marker>, boolean]>([
    ['the same', {}, true],
    ['another commit', { commit: 'x', digest: 'y' }, true],
    ['another kind', { kind: 'drift' }, false],
    ['another host', { host: 'github.example.com/api/v3' }, false],
    ['another owner', { owner: 'other' }, false],
    ['another configuration', { configuration: 'other.yaml' }, false],
  ])('is of the same thread as %s, or not', (_, other, expected) => {
    expect(sameThread(MARKER, { ...MARKER, ...other })).toBe(expected)
  })
})
