import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'
import Prism from 'prismjs'
import loadLanguages from 'prismjs/components/index.js'
import { EXAMPLES, pageOf, relativeTo } from './pages.mjs'

loadLanguages.silent = true
loadLanguages(['bash', 'yaml', 'json', 'hcl', 'typescript', 'diff', 'groovy', 'docker', 'docker', 'markdown'])

const LANGUAGES = {
  sh: 'bash',
  jsonnet: 'javascript',
  ts: 'typescript',
  groovy: 'groovy',
  yml: 'yaml',
  mjs: 'javascript',
}

/**
 * Teaches a markdown-it what GitHub does with our Markdown: anchors of headings, links between files. Each page is told
 * to `pages` with its headings and the text of each section, for the table of contents and the search.
 */
export function extendMarkdown(md, { sources, pages }) {
  md.set({ html: false, linkify: true, highlight: (code, language) => highlighted(md, code, language) })
  // As GitHub does: whole addresses, and not every name with a dot.
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
  md.core.ruler.push('octoform', (state) => {
    const source = sourceOf(state.env)
    const page = { source, headings: [], sections: [] }
    pages.set(source, page)
    const slugs = new Map()
    for (const [at, token] of state.tokens.entries()) {
      if (token.type === 'heading_open') addHeading(page, slugs, token, state.tokens[at + 1])
      else if (token.type === 'inline') addText(page, token, state.tokens[at - 1])
      else if (token.type === 'fence') addBlock(page, token)
      for (const child of token.children ?? []) {
        if (child.type === 'link_open') relink(child, source, sources)
        if (child.type === 'image') child.attrSet('loading', 'lazy')
      }
    }
  })
  wrapTables(md)
  md.renderer.rules.heading_close = (tokens, at, options, _env, self) => {
    const { id, plain } = tokens[at - 2].meta
    const name = md.utils.escapeHtml(`Link to “${plain}”`)
    const link = tokens[at].tag === 'h1' ? '' : ` <a class="anchor" href="#${id}" aria-label="${name}">#</a>`
    return `${link}${self.renderToken(tokens, at, options)}`
  }
}

/** The path of the file that a page is made from; a page of another folder names it. */
export function sourceOf({ source, page }) {
  return source ?? page.inputPath.replace(/^\.\//, '')
}

function addHeading(page, slugs, token, inline) {
  const plain = inline.children.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('')
  const slug = slugOf(plain)
  const seen = slugs.get(slug) ?? 0
  slugs.set(slug, seen + 1)
  const id = seen === 0 ? slug : `${slug}-${seen}`
  token.attrSet('id', id)
  token.meta = { id, plain }
  const level = Number(token.tag.slice(1))
  page.headings.push({ level, id, plain })
  page.sections.push({ id, level, title: plain, words: [], messages: [] })
}

function addText(page, { children }, before) {
  if (before.type === 'heading_open') return
  const text = children.map(({ type, content }) => (/^(text|code_inline)$/.test(type) ? content : ' ')).join('')
  page.sections.at(-1)?.words.push(text)
}

/** Below a message, a block has others of the same meaning, which are searched for by themselves. */
function addBlock({ source, sections }, { content }) {
  const section = sections.at(-1)
  if (source.startsWith('docs/messages/') && section?.level === 3) section.messages.push(...content.trim().split('\n'))
  else section?.words.push(content)
}

/** As GitHub makes the anchor of a heading. */
export function slugOf(title) {
  return title
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
}

/** A link to a file of the repository becomes one to its page; a file that no page shows is an error. */
function relink(token, source, sources) {
  const href = token.attrGet('href')
  if (/^[a-z]+:/.test(href)) {
    token.attrSet('rel', 'noopener noreferrer')
    return
  }
  const [path, anchor] = href.split('#')
  if (path === '') return
  const target = normalize(join(dirname(source), decodeURI(path))).replace(/\/$/, '')
  const [page, part] = shownAt(target, sources, source)
  const hash = anchor ?? part
  token.attrSet('href', `${relativeTo(pageOf(source), page)}${hash === undefined ? '' : `#${hash}`}`)
}

function shownAt(target, sources, source) {
  if (sources.has(target)) return [pageOf(target)]
  if (target === EXAMPLES || target.startsWith(`${EXAMPLES}/`)) {
    if (!existsSync(target)) throw new Error(`${source}: ${target} does not exist`)
    return statSync(target).isDirectory() ? [`${target}/index.html`] : [`${dirname(target)}/index.html`, slugOf(target)]
  }
  throw new Error(`${source}: no page shows ${target}`)
}

function highlighted(md, code, language) {
  const name = LANGUAGES[language] ?? language
  const grammar = Prism.languages[name]
  const inner = grammar === undefined ? md.utils.escapeHtml(code) : Prism.highlight(code, grammar, name)
  return `<pre class="code" data-language="${md.utils.escapeHtml(language || 'text')}" tabindex="0"><code>${inner}</code></pre>`
}

/** A wide table scrolls by itself, by keyboard too, and not the page. */
function wrapTables(md) {
  md.renderer.rules.table_open = (tokens, at, options, _env, self) => {
    const heading = tokens.slice(0, at).findLast(({ type }) => type === 'heading_open')
    const label = md.utils.escapeHtml(`Table: ${heading?.meta.plain ?? ''}`)
    return `<div class="scroll" role="group" aria-label="${label}" tabindex="0">${self.renderToken(tokens, at, options)}`
  }
  md.renderer.rules.table_close = (tokens, at, options, _env, self) =>
    `${self.renderToken(tokens, at, options).trimEnd()}</div>\n`
  const header =
    md.renderer.rules.th_open ?? ((tokens, at, options, _env, self) => self.renderToken(tokens, at, options))
  md.renderer.rules.th_open = (tokens, at, options, env, self) => {
    const isEmpty = tokens[at + 1].content === ''
    if (isEmpty) tokens[at].tag = 'td'
    const closing = tokens.findIndex(({ type }, index) => index > at && type === 'th_close')
    if (isEmpty) tokens[closing].tag = 'td'
    else tokens[at].attrSet('scope', 'col')
    return header(tokens, at, options, env, self)
  }
}
