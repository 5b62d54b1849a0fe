const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The colours and weights of a terminal, by their codes: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ */
const STARTS = /^(?:[1-4]|3[0-7]|4[0-7]|9[0-7])$/

// The first character of each is ESC.
const CODES = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`)
const ONE = new RegExp(`^${String.fromCharCode(27)}\\[([\\d;]*)m$`)

/** Codes that end others: all, weight, underline, foreground, background. */
const ENDS: Readonly<Record<string, RegExp>> = {
  0: /./,
  22: /^[12]$/,
  23: /^3$/,
  24: /^4$/,
  39: /^[39]\d$/,
  49: /^4\d$/,
}

/** Text for a terminal as HTML: a run of characters in the same colours becomes a `span`, whose classes name the codes. */
export function ansiHtml(text: string): string {
  let active: readonly string[] = []
  return text
    .replaceAll('\r\n', '\n')
    .split(CODES)
    .map((part) => {
      const [, codes] = ONE.exec(part) ?? []
      if (codes === undefined) return spanOf(part, active)
      for (const code of codes === '' ? ['0'] : codes.split(';')) active = after(active, code)
      return ''
    })
    .join('')
}

function after(active: readonly string[], code: string): readonly string[] {
  const ended = ENDS[code]
  if (ended) return active.filter((each) => !ended.test(each))
  if (!STARTS.test(code)) throw new Error(`The terminal's page knows no code ${code}.`)
  return [...active, code]
}

function spanOf(text: string, active: readonly string[]): string {
  const escaped = text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '')
  if (text === '' || active.length === 0) return escaped
  return `<span class="${active.map((code) => `c${code}`).join(' ')}">${escaped}</span>`
}
