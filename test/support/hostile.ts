import type { Plan } from '../../src/core/plan.ts'
import { buildChange, buildPlan } from './plan-builder.ts'

/** Texts that a terminal, a log or a reader could be misled by. */
export const HOSTILE = [
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

/** Texts that a page could take for a part of itself. `window.__pwned` tells when one did. */
export const MARKUP = [
  '<script>window.__pwned = 1</script>',
  '</script><script>window.__pwned = 1</script>',
  '</style></title></textarea><svg onload=window.__pwned=1>',
  '"onmouseover="window.__pwned=1',
  "' autofocus onfocus='window.__pwned=1",
  '"><img src=x onerror="window.__pwned=1">',
  'javascript:window.__pwned=1',
  '<a href="javascript:window.__pwned=1">x</a>',
  '<iframe srcdoc="<script>parent.__pwned=1</script>">',
  '<form action=//127.0.0.1:9><input name=x><button>',
  '<meta http-equiv=refresh content="0;url=//127.0.0.1:9">',
  '<base href=//127.0.0.1:9>',
  '<link rel=stylesheet href=//127.0.0.1:9>',
  '<!-- <b>',
  '--> <b>',
  ']]><b>',
  '`+window.__pwned=1+`',
  '```\n<b>\n```',
  '&lt;script&gt;window.__pwned=1&lt;/script&gt;',
  '@org/team #123 |x|',
] as const

/** The same with a table of access that is too large to be written out, so that the page's script draws it. */
export function hostileTable(text: string): Plan {
  const columns = Array.from({ length: 50 }, (_, index) => index)
  const plan = hostilePlan(text)
  const repositories = columns.map((index) => ({ name: `acme/${text}${index}`, visibility: 'public' as const }))
  const rows = Array.from({ length: 6 }, (_, row) => {
    const having = columns.filter((column) => ((column + 1) >> row) % 2 === 1).join(',')
    return {
      address: `orgs/acme/secrets/${text.replaceAll('/', '%2F')}${row}`,
      before: row === 0 ? '' : having,
      after: having,
    }
  })
  return { ...plan, reach: { repositories, rows } }
}

/** Everywhere that text from GitHub, a file or a command line comes in. */
export function hostilePlan(text: string): Plan {
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
    reach: {
      repositories: [{ name: `acme/${text}`, visibility: 'public' }],
      rows: [{ address: `orgs/acme/secrets/${text.replaceAll('/', '%2F')}`, before: '', after: '0' }],
    },
  })
}
