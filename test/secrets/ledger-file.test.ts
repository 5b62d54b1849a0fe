import { describe, expect, it } from 'vitest'
import { formatLedger, parseLedger } from '../../src/secrets/ledger-file.ts'

const EMPTY = { format_version: '1.0', entries: {}, ids: {} }

describe('parseLedger', () => {
  it.each([
    ['nothing', '', 'it is not JSON'],
    ['half of it', '{"format_version": "1.0", "ent', 'it is not JSON'],
    ['a merge conflict', '{\n<<<<<<< HEAD\n"a": 1\n=======\n>>>>>>> other\n}', 'a merge conflict stands in it'],
    ['a list', '[]', 'it is not an object'],
    ['null', 'null', 'it is not an object'],
    ['no version', '{}', 'it has no "format_version"'],
    ['a number as version', '{"format_version": 1}', 'it has no "format_version"'],
    ['a list of entries', '{"format_version": "1.0", "entries": []}', '"entries" is not an object'],
    ['an entry that is text', '{"format_version": "1.0", "entries": {"h a": "x"}}', 'the entry "h a" is not an object'],
    ['an entry without source', '{"format_version": "1.0", "entries": {"h a": {}}}', 'the entry "h a" lacks'],
    [
      'a date as number',
      '{"format_version": "1.0", "entries": {"h a": {"source": "env:A", "written_at": 1}}}',
      'lacks',
    ],
    ['an id as text', '{"format_version": "1.0", "repositories": {"h r": "7"}}', '"h r" is not an id'],
    ['an id of a name as text', '{"format_version": "1.0", "ids": {"h r": {"id": "7"}}}', '"h r" is not an id'],
    ['an id too large', '{"format_version": "1.0", "ids": {"h r": {"id": 9007199254740993}}}', '"h r" is not an id'],
    ['a bare id', '{"format_version": "1.0", "ids": {"h r": 7}}', 'the id of "h r" is not an object'],
    ['approvals that are none', '{"format_version": "1.0", "approvals": {}}', '"approvals" is not a list'],
    ['half an approval', '{"format_version": "1.0", "approvals": [{"digest": "d"}]}', 'lacks its "digest"'],
  ])('refuses %s', (_what, text, reason) => {
    const parsing = () => parseLedger(text, '/etc/ledger.json')
    expect(parsing).toThrow(`the ledger /etc/ledger.json cannot be read: `)
    expect(parsing).toThrow(reason)
    expect(parsing).toThrow('Restore it from version control')
  })

  it('refuses another major version, and says which it reads', () => {
    const text = JSON.stringify({ ...EMPTY, format_version: '2.0' })
    expect(() => parseLedger(text, 'ledger.json')).toThrow(
      'the ledger ledger.json has format version 2.0, and this octoform reads 1.0',
    )
  })

  it('keeps what a later minor version added', () => {
    const document = {
      format_version: '1.7',
      lease: { owner: 'x' },
      entries: { 'h a': { source: 'env:A', colour: 'red' } },
      ids: { 'h acme': { id: 7, colour: 'red' } },
    }
    expect(JSON.parse(formatLedger(parseLedger(JSON.stringify(document), 'ledger.json')))).toEqual(document)
  })

  it('starts empty, and writes that as JSON', () => {
    expect(JSON.parse(formatLedger(parseLedger(undefined, 'ledger.json')))).toEqual(EMPTY)
  })

  it('reads the ids of ledgers that knew repositories alone, and what is newer counts', () => {
    const former = { 'h repos/acme/web': 101, 'h repos/acme/api': 102 }
    const text = JSON.stringify({ ...EMPTY, repositories: former, ids: { 'h acme/api': { id: 999 } } })
    const document = parseLedger(text, 'ledger.json')
    expect([...document.ids]).toEqual([
      ['h acme/web', { id: 101 }],
      ['h acme/api', { id: 999 }],
    ])
    expect(JSON.parse(formatLedger(document))).not.toHaveProperty('repositories')
  })

  it('takes names that objects already have', () => {
    const text = '{"format_version": "1.0", "entries": {"__proto__": {"source": "env:A"}}}'
    const document = parseLedger(text, 'ledger.json')
    expect(document.entries.get('__proto__')).toEqual({ source: 'env:A' })
    expect(formatLedger(document)).toContain('"__proto__"')
  })
})
