import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import { renderDifference } from '../../src/render/explain-difference.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderOutcome } from '../../src/render/outcome.ts'
import { printable } from '../../src/render/printable.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { HOSTILE, hostilePlan } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'

const PLAIN = { colour: 'plain' } as const

function hostileOutcome(text: string): Outcome {
  const error = { message: text, status: 403, request_id: text, route: text }
  return {
    format_version: '1.0',
    host: text,
    digest: text,
    changes: [
      {
        address: text,
        action: 'update',
        status: 'partial',
        done: [text],
        not_done: [text],
        requests: 1,
        request_ids: [],
        error,
      },
    ],
    held_back: [],
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

  it.each(HOSTILE)('%s is neutralised in a page', (_, text) => {
    for (const wording of ['plan', 'drift'] as const) {
      const facts = { configuration: text, commit: text, runUrl: text }
      expect(unsafe(htmlOf(hostilePlan(text), wording, facts))).toEqual([])
    }
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
    expect([...codes].sort()).toEqual(['[0m', '[1;31m', '[1m', '[2m', '[30;43m', '[31m', '[32m', '[33m'])
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
