import type { Plan } from '../core/plan.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import type { ReportFacts } from './report-facts.ts'
import { count } from './row.ts'
import { formatName } from './value.ts'
import type { PlanView, Wording } from './view.ts'

/** What a page tells of the run that made its plan. */
export type HtmlFacts = Pick<ReportFacts, 'configuration' | 'commit' | 'runUrl'>

const NAMES: Readonly<Record<Wording, string>> = { plan: 'octoform plan', drift: 'octoform drift' }

/** The top of the page: what the plan comes to, what it is a plan of, and where to go. */
export function headerHtml(plan: Plan, view: PlanView, facts: HtmlFacts): Html {
  return html`<header>
<p class="brand">${NAMES[view.wording]}</p>
<h1>${view.last}</h1>
${view.alarms.map((alarm) => html`<p class="alarm">${alarm}</p>`)}${figuresHtml(plan, view)}
${factsHtml(plan, facts)}
${contentsHtml(plan, view)}
</header>`
}

interface Figure {
  readonly kind: string
  readonly sign: string
  readonly number: number
  readonly words: string
}

function figuresHtml({ changes }: Plan, { counts }: PlanView): Html {
  const gains = changes.flatMap(({ access }) => access.gains)
  const loses = changes.flatMap(({ access }) => access.loses)
  const open = gains.filter(({ visibility }) => visibility === 'public').length
  const figures: readonly Figure[] = [
    { kind: 'create', sign: '+', number: counts.add, words: 'to add' },
    { kind: 'update', sign: '~', number: counts.change, words: 'to change' },
    { kind: 'delete', sign: '−', number: counts.delete, words: 'to delete' },
    { kind: 'gains', sign: '', number: gains.length, words: gains.length === 1 ? 'gains access' : 'gain access' },
    { kind: 'public', sign: '', number: open, words: gains.length === 1 ? 'public' : 'of them public' },
    { kind: 'loses', sign: '', number: loses.length, words: loses.length === 1 ? 'loses access' : 'lose access' },
  ]
  const shown = figures.filter(({ number }) => number > 0)
  if (shown.length === 0) return NOTHING
  return html`
<ul class="figures">${shown.map(({ kind, sign, number, words }) => html`<li class="${kind}"><b>${sign}${number.toLocaleString('en-US')}</b> ${words}</li>`)}</ul>`
}

function factsHtml(plan: Plan, facts: HtmlFacts): Html {
  const flags = (['owner', 'target', 'rotate'] as const).flatMap((name) =>
    plan.flags[name].map((value) => `--${name} ${formatName(value)}`),
  )
  const rows: readonly (readonly [name: string, value: Html])[] = [
    ['Host', html`<code>${plan.host}</code>`],
    ['Configuration', html`<code>${facts.configuration}</code>`],
    ...(facts.commit === undefined ? [] : [['Commit', html`<code>${facts.commit}</code>`] as const]),
    ...(flags.length === 0 ? [] : [['Made with', html`<code>${flags.join(' ')}</code>`] as const]),
    ...(plan.changes.length === 0 ? [] : [['Applying takes', html`${count(plan.requests, 'request')}`] as const]),
    ['Digest', html`<code>${plan.digest}</code>`],
    ...(facts.runUrl === undefined ? [] : [['Run', runHtml(facts.runUrl)] as const]),
  ]
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div${name === 'Digest' ? html` class="long"` : NOTHING}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** Only a place on the web is made a link. */
function runHtml(url: string): Html {
  if (!/^https?:\/\//i.test(url)) return html`<code>${url}</code>`
  return html`<a href="${url}" rel="noopener noreferrer">${url}</a>`
}

function contentsHtml(plan: Plan, { sections }: PlanView): Html {
  const links = sections.map(({ name, title, rows }) => {
    return html`<li><a href="#${name}">${title.replace(/,? (?:\(|because).*/, '')}</a> <span class="n">${rows.length.toLocaleString('en-US')}</span></li>`
  })
  const access =
    plan.reach && plan.reach.rows.length > 0 ? html`<li><a href="#access">Who may use what</a></li>` : NOTHING
  if (links.length < 2) return NOTHING
  return html`<nav aria-label="Contents"><ul>${links}${access}</ul></nav>`
}
