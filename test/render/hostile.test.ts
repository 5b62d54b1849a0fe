import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import type { Plan } from '../../src/core/plan.ts'
import { renderDifference } from '../../src/render/explain-difference.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderOutcome } from '../../src/render/outcome.ts'
import { printable } from '../../src/render/printable.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

const PLAIN = { colour: 'plain' } as const

const HOSTILE = [
  ['an ANSI escape', '\u001b[2J\u001b[31mgone'],
  ['a C1 control', '\u009b31mred'],
  ['a bidirectional override', 'a\u202egnp.exe'],
  ['an isolate', '\u2066x\u2069'],
  ['a zero-width space', 'w\u200beb'],
  ['a zero-width joiner', 'w\u200deb'],
  ['a byte order mark', '\ufeffweb'],
  ['a soft hyphen', 'we\u00adb'],
  ['a line end', 'x\n::error::pwned'],
  ['a carriage return', 'safe\r::stop-commands::x'],
  ['a line separator', 'x\u2028::error::y'],
  ['a workflow command', '::error::pwned'],
  ['an old workflow command', 'x ##[error]pwned'],
  ['a delete', 'x\u007f\u007f'],
  ['a lone surrogate', 'x\ud800'],
  ['a tag character', 'x\u{e0041}'],
  ['a backspace', 'bad\b\b\bgood'],
  ['a blank that is none', 'x\u00a0y'],
  ['a filler', 'x\u3164'],
] as const

/** Everywhere that text from GitHub, a file or a command line comes in. */
function hostilePlan(text: string): Plan {
  const source = { file: text, line: 1, col: 1 }
  const access = { gains: [{ repository: text, visibility: 'public', via: 'named' } as const], loses: [] }
  const change = buildChange(
    text,
    { [text]: text, list: [text] },
    { [text]: `${text}2`, list: [`${text}2`] },
    {
      reason: text,
      source,
      access,
      consequences: [{ message: text, widens: true }],
      notes: [text],
    },
  )
  return buildPlan([change, buildChange(`orgs/acme/${text}`, null, { [text]: [text] })], {
    host: text,
    digest: text,
    complete: false,
    diagnostics: [{ severity: 'error', message: text, source, address: text }],
    not_read: [{ scope: text, reason: text }],
    tripped: [{ guard: 'self', message: text, flag: text, addresses: [text] }],
    values_needed: [{ source: text, addresses: [text] }],
    secrets: { unknown: [text], not_compared: [text], keyed: false },
    left_alone: [{ section: text, members: 1, fields: 0 }],
    left_out: [text],
    flags: { owner: [text], target: [text], rotate: [text] },
  })
}

function hostileOutcome(text: string): Outcome {
  const error = { message: text, status: 403, request_id: text, route: text }
  return {
    format_version: '1.0',
    host: text,
    digest: text,
    changes: [
      { address: text, action: 'update', status: 'partial', done: [text], not_done: [text], requests: 1, error },
    ],
    counts: { added: 0, changed: 0, deleted: 0 },
    complete: false,
  }
}

/** Written apart from the code under test, on purpose: code points that must never reach a terminal. */
function unsafe(output: string): readonly string[] {
  const found: string[] = []
  for (const line of output.split('\n')) {
    if (/^\s*::/.test(line) || line.includes('##[')) found.push(line)
    for (const character of line) {
      const point = character.codePointAt(0) ?? 0
      const isControl = point < 0x20 || (point >= 0x7f && point <= 0xa0) || point === 0xad
      const isHidden = (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f) || point === 0x3164
      const isInvisible = (point >= 0x2060 && point <= 0x206f) || point === 0xfeff || point >= 0xe0000
      if (isControl || isHidden || isInvisible || (point >= 0xd800 && point <= 0xdfff)) found.push(point.toString(16))
    }
  }
  return found
}

describe('hostile text', () => {
  it.each(HOSTILE)('%s is neutralised in text', (_, text) => {
    for (const wording of ['plan', 'drift'] as const) {
      expect(unsafe(renderText(viewPlan(hostilePlan(text), wording), PLAIN))).toEqual([])
    }
    expect(unsafe(renderOutcome(hostileOutcome(text), 'text', PLAIN))).toEqual([])
    const own = hostilePlan(text)
    const claimed = { ...own, flags: { owner: [`${text}2`], target: [], rotate: [] } }
    const differences = [{ address: text, message: text }]
    expect(unsafe(renderDifference({ own, claimed, differences, expectedDigest: text }, PLAIN))).toEqual([])
  })

  it.each(HOSTILE)('%s is escaped in JSON, and parses to the same', (_, text) => {
    const plan = hostilePlan(text)
    expect(unsafe(renderJson(plan))).toEqual([])
    expect(JSON.parse(renderJson(plan))).toEqual(plan)
    const outcome = hostileOutcome(text)
    expect(unsafe(renderOutcome(outcome, 'json', PLAIN))).toEqual([])
    expect(JSON.parse(renderOutcome(outcome, 'json', PLAIN))).toEqual(outcome)
  })

  it('brings no colour of its own', () => {
    const text = renderText(viewPlan(hostilePlan('\u001b[31mred'), 'plan'), { colour: 'ansi' })
    const codes = new Set(
      text
        .split('\u001b')
        .slice(1)
        .map((piece) => piece.slice(0, piece.indexOf('m') + 1)),
    )
    expect([...codes].sort()).toEqual(['[0m', '[1;31m', '[1m', '[2m', '[31m', '[32m', '[33m'])
    expect(stripVTControlCharacters(text)).not.toContain('\u001b')
  })

  it.each([
    ['web-1_2.x', 'web-1_2.x'],
    ['größer 🚀', 'größer 🚀'],
    ['a\tb\nc\r', 'a\\tb\\nc\\r'],
    ['\u001b[0m', '\\u{1b}[0m'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['\u{e0041}', '\\u{e0041}'],
    ['##[warning]', '#\\u{23}[warning]'],
  ])('%j is printed as %s', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })
})
