import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** GitHub's alerts: https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
const ALERT =
  /<blockquote>\n<ul>|<blockquote>\n<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\n?([\s\S]*?)<\/blockquote>/g

/**
 * Markdown as GitHub renders it: CommonMark with GFM's tables, strikethrough and autolinks, HTML as it stands, and alerts.
 * Mentions and references, which GitHub makes in text outside of code, are left as text.
 */
export function renderGfm(markdown: string): string {
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
  return html.replace(ALERT, (all, kind: string | undefined, rest: string) => {
    if (kind === undefined) return all
    const name = kind.charAt(0) + kind.slice(1).toLowerCase()
    const body = rest.startsWith('</p>') ? rest.slice('</p>'.length) : `<p>${rest}`
    return `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${name}</p>${body}</div>`
  })
}

const STYLE = createRequire(import.meta.url).resolve('github-markdown-css/github-markdown.css')

/** The room that GitHub leaves for the text of a comment, in pixels, on a screen of 1,280 and on a phone of 390. */
export const COMMENT_WIDTHS = { desktop: { screen: 1280, text: 806 }, phone: { screen: 390, text: 324 } } as const

/**
 * A page with the text of a comment alone, in GitHub's style.
 * @param width of the text in pixels
 */
export function commentPage(markdown: string, width: number): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${readFileSync(STYLE, 'utf8')}
html { color-scheme: light dark; background: Canvas }
body { margin: 0; padding: 16px; background: light-dark(#fff, #0d1117) }
.markdown-body { width: ${width}px; font-size: 14px }</style>
<article class="markdown-body">${renderGfm(markdown)}</article></html>`
}
