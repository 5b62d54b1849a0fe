import { type Html, html, NOTHING } from './html-escape.ts'
import { SCRIPT } from './html-script.ts'
import { STYLE } from './html-style.ts'

/** The title, body and script of one page. */
export interface Page {
  readonly title: string
  /** Its parts, one after the other: the page of a large plan is never in memory as one text. */
  readonly body: Iterable<Html>
  /** `filter`: the script that filters the changes. */
  readonly script: 'filter' | 'none'
}

/**
 * A self-contained page, in parts: nothing is fetched, and the policy in its head lets nothing run but its own script.
 * @param hash SHA-256 in lower-case hexadecimal
 */
export function* pageHtml({ title, body, script }: Page, hash: (text: string) => string): Iterable<string> {
  const policy = [
    "default-src 'none'",
    `style-src '${sourceOf(STYLE, hash)}'`,
    ...(script === 'none' ? [] : [`script-src '${sourceOf(SCRIPT, hash)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
`.markup
  for (const { markup } of body) yield markup
  yield html`
${
  script === 'none'
    ? NOTHING
    : html`<script>${{ markup: SCRIPT }}</script>
`
}</body>
</html>
`.markup
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function sourceOf(text: string, hash: (text: string) => string): string {
  const bytes = hash(text).match(/../g) ?? []
  return `sha256-${btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))}`
}
