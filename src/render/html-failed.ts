import { formatSource, type Source } from '../core/diagnostic.ts'
import type { FailedRun, Reason } from '../core/failed-run.ts'
import { headline, type ReportedCommand } from './failed-run.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { factsHtml, type HtmlFacts, hiddenHtml } from './html-header.ts'
import { linkHtml } from './html-link.ts'
import { pageHtml } from './html-page.ts'
import { placeUrl } from './place-link.ts'

/**
 * The page in the place of a plan that failed, with the reasons.
 * @param hash SHA-256 in lower-case hexadecimal
 */
export function renderFailedHtml(
  command: ReportedCommand,
  failed: FailedRun,
  facts: HtmlFacts,
  hash: (text: string) => string,
): string {
  const title = headline(command, failed, facts)
  const reasons = failed.reasons.map((reason) => reasonHtml(reason, facts))
  const body = html`<header>
<p class="brand">octoform ${command}</p>
<h1>${title}</h1>
${hiddenHtml(facts)}${factsHtml(undefined, facts)}
</header>
<main>
<section class="section errors">
<ul class="notes">${reasons}
</ul>
</section>
</main>`
  return [...pageHtml({ title, body: [body], script: 'none' }, hash)].join('')
}

function reasonHtml({ message, source, from }: Reason, facts: HtmlFacts): Html {
  const { audience } = facts
  const place = source === undefined ? NOTHING : html`${placeHtml(source, facts)} `
  const isShown = audience === 'full' || from === 'files'
  if (!isShown && source === undefined) return NOTHING
  return html`
<li class="note"><p>${place}${isShown ? message : NOTHING}</p></li>`
}

function placeHtml(source: Source, facts: HtmlFacts): Html {
  return linkHtml(html`<code class="source">${formatSource(source)}</code>`, placeUrl(source, facts))
}
