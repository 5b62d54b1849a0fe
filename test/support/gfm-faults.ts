import { renderGfm } from './gfm.ts'

/** Every element that a comment is made of. */
const OWN = new Set(
  'h3 p div ul li strong code pre a table thead tbody tr th td details summary br wbr blockquote'.split(' '),
)

/** What GitHub makes more of in text outside of code: https://docs.github.com/get-started/writing-on-github */
const LINKED = /@|#\d|GH-\d|\b[0-9a-f]{7,40}\b|https?:|www\.|\$|::|`|~~|&lt;|&gt;/

/**
 * Parts of a comment that a text of others has made into more than text, seen in the HTML that GitHub makes of it: another
 * element, a link elsewhere, a mention, a heading, an alert, a cell too many, or text outside of code.
 * @param canary stands in every text of others
 */
export function gfmFaults(markdown: string, canary: string): readonly string[] {
  const found: string[] = []
  const html = renderGfm(markdown).replace(/^<!-- octoform [^\n]* -->\n/, '')
  const open: string[] = []
  let cells = 0
  for (const piece of html.split(/(?=<)|(?<=>)/)) {
    if (!piece.startsWith('<')) {
      const isCode = open.includes('code') || open.includes('pre')
      const signs = open.includes('a') ? canary : LINKED
      if (!isCode && (piece.includes(canary) || new RegExp(signs).test(piece))) found.push(`text: ${piece}`)
      continue
    }
    const [, end, name = '', attributes = ''] = /^<(\/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)(?: \/)?>$/.exec(piece) ?? []
    if (!OWN.has(name)) found.push(`element: ${piece}`)
    const href = / href="([^"]*)"/.exec(attributes)?.[1]
    if (href !== undefined && !href.startsWith('https://github.com/acme/')) found.push(`link: ${piece}`)
    if (/ (?!href|class)[a-z]+=/.test(attributes)) found.push(`attribute: ${piece}`)
    if (name === 'tr') {
      if (end !== '' && cells !== 2) found.push(`${cells} cells in a row`)
      cells = 0
    }
    if ((name === 'td' || name === 'th') && end === '') cells += 1
    if (name === 'h3' && end === '') {
      const title = html.slice(html.indexOf(piece)).match(/^<h3>(.*?)<\/h3>/)?.[1] ?? ''
      if (!title.startsWith('octoform plan · <code>') && title.includes(canary)) found.push(`heading: ${title}`)
    }
    if (end !== '') open.splice(open.lastIndexOf(name), 1)
    else if (!['br', 'wbr', 'hr', 'img', 'input'].includes(name)) open.push(name)
  }
  const alerts = html.match(/markdown-alert-title/g)?.length ?? 0
  if (alerts > 1) found.push(`${alerts} alerts`)
  return found
}
