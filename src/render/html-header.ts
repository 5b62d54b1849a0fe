import { ownerOfPlace } from '../core/address.ts'
import type { AccessTo, Plan } from '../core/plan.ts'
import { isEnterprise } from '../core/scope.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { linkHtml } from './html-link.ts'
import type { ReportFacts } from './report-facts.ts'
import { count } from './row.ts'
import { sectionSize, sized } from './section-size.ts'
import { formatName } from './value.ts'
import type { PlanView } from './view.ts'
import type { Wording } from './wording.ts'

/** The facts about a plan's run that its page shows. */
export type HtmlFacts = Pick<
  ReportFacts,
  'configuration' | 'commit' | 'commitUrl' | 'files' | 'runUrl' | 'web' | 'at' | 'audience'
>

const NAMES: Readonly<Record<Wording, string>> = { plan: 'octoform plan', drift: 'octoform drift' }

/** The top of the page: the plan's last line, its origin, and the contents. */
export function headerHtml(plan: Plan, view: PlanView, facts: HtmlFacts): Html {
  return html`<header>
<p class="brand">${NAMES[view.wording]}</p>
<h1>${view.last}</h1>
${view.alarms.map((alarm) => html`<p class="alarm">${alarm}</p>`)}${figuresHtml(plan, view)}
${hiddenHtml(facts)}${factsHtml(plan, facts)}
${contentsHtml(plan, view, facts)}
</header>`
}

interface Figure {
  readonly kind: string
  readonly sign: string
  readonly number: number
  readonly words: string
}

/** A repository that gains or loses access, or all of an organization. */
interface GivenAccess {
  readonly visibility: AccessTo['visibility']
  readonly kind: 'one repository' | 'all of an organization'
}

function figuresHtml({ changes }: Plan, { counts }: PlanView): Html {
  const gains = reachedBy(changes, 'gains')
  const loses = reachedBy(changes, 'loses')
  const open = [...gains.values()].filter(({ visibility }) => visibility === 'public').length
  const figures: readonly Figure[] = [
    { kind: 'create', sign: '+', number: counts.add, words: 'to add' },
    { kind: 'update', sign: '~', number: counts.change, words: 'to change' },
    { kind: 'delete', sign: '−', number: counts.delete, words: 'to delete' },
    { kind: 'gains', sign: '', number: gains.size, words: reachedWords(gains, ['gains', 'gain']) },
    { kind: 'public', sign: '', number: open, words: gains.size === 1 ? 'is public' : 'of them public' },
    { kind: 'loses', sign: '', number: loses.size, words: reachedWords(loses, ['loses', 'lose']) },
  ]
  const shown = figures.filter(({ number }) => number > 0)
  if (shown.length === 0) return NOTHING
  return html`
<ul class="figures">${shown.map(({ kind, sign, number, words }) => html`<li class="${kind}"><b>${sign}${number.toLocaleString('en-US')}</b> ${words}</li>`)}</ul>`
}

/** Each of those that gain or lose access once. */
function reachedBy(changes: Plan['changes'], side: 'gains' | 'loses'): ReadonlyMap<string, GivenAccess> {
  const reached = new Map<string, GivenAccess>()
  for (const { address, access } of changes) {
    const owner = ownerOfPlace(address) ?? ''
    for (const { repository, visibility } of access[side]) {
      const isWhole = isEnterprise(owner) && !repository.includes('/')
      reached.set(`${owner} ${repository}`, { visibility, kind: isWhole ? 'all of an organization' : 'one repository' })
    }
  }
  return reached
}

function reachedWords(reached: ReadonlyMap<string, GivenAccess>, [one, many]: readonly [string, string]): string {
  const kinds = [...new Set([...reached.values()].map(({ kind }) => WORDS[kind]))]
  if (reached.size === 1) return `${kinds[0]?.one} ${one} access`
  return `${kinds.map((kind) => kind.many).join(' and ')} ${many} access`
}

const WORDS = {
  'one repository': { one: 'repository', many: 'repositories' },
  'all of an organization': { one: 'organization', many: 'organizations' },
} as const

/** The notice that names were left out, with the reason and the place that has them. */
export function hiddenHtml({ audience, runUrl }: HtmlFacts): Html {
  if (audience === 'full') return NOTHING
  const log = runUrl === undefined ? html`the job's log` : html`the job's log (${runHtml(runUrl)})`
  return html`<p class="alarm">Names are left out because this repository is not private; ${log} has them.</p>
`
}

/** @param plan undefined where there is none */
export function factsHtml(plan: Plan | undefined, facts: HtmlFacts): Html {
  // Flags hold names.
  const shown = facts.audience === 'full' ? (['owner', 'target', 'rotate'] as const) : []
  const flags = shown.flatMap((name) => plan?.flags[name].map((value) => `--${name} ${formatName(value)}`) ?? [])
  const changes = plan?.changes.length ?? 0
  const rows: readonly (readonly [name: string, value: Html])[] = [
    ...(plan === undefined ? [] : [['Host', html`<code>${plan.host}</code>`] as const]),
    ['Configuration', html`<code>${facts.configuration}</code>`],
    ...(facts.commit === undefined
      ? []
      : [['Commit', linkHtml(html`<code>${facts.commit}</code>`, facts.commitUrl)] as const]),
    ...(facts.at === undefined ? [] : [['Made at', timeHtml(facts.at)] as const]),
    ...(flags.length === 0 ? [] : [['Made with', html`<code>${flags.join(' ')}</code>`] as const]),
    ...(changes === 0 ? [] : [['Applying takes', html`${count(plan?.requests ?? 0, 'request')}`] as const]),
    ...(plan === undefined ? [] : [['Digest', html`<code>${plan.digest}</code>`] as const]),
    ...(facts.runUrl === undefined ? [] : [['Run', runHtml(facts.runUrl)] as const]),
  ]
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div${name === 'Digest' ? html` class="long"` : NOTHING}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** Without the fraction of the second, which says nothing to people. */
function timeHtml(at: string): Html {
  const shown = at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC')
  return html`<time datetime="${at}">${shown}</time>`
}

/** Only a place on the web is made a link. */
function runHtml(url: string): Html {
  const link = linkHtml(html`${url}`, url)
  return link.markup.startsWith('<a ') ? link : html`<code>${url}</code>`
}

function contentsHtml(plan: Plan, { sections }: PlanView, { audience }: HtmlFacts): Html {
  const links = sections.map((section) => {
    const { name, title } = section
    return html`<li><a href="#${name}">${title.replace(/,? (?:\(|because).*/, '')}</a> <span class="n">${sectionSize(section)}</span></li>`
  })
  const access =
    audience === 'full' &&
    plan.reach &&
    [plan.reach.rows, plan.reach.open, plan.reach.admitting].some((rows) => rows?.length)
      ? html`<li><a href="#access">Who may use what</a>${rowsHtml(plan)}</li>`
      : NOTHING
  if (links.length < 2) return NOTHING
  return html`<nav aria-label="Contents"><ul>${links}${access}</ul></nav>`
}

function rowsHtml({ reach }: Plan): Html {
  const rows = (reach?.rows.length ?? 0) + (reach?.open?.length ?? 0) + (reach?.admitting?.length ?? 0)
  return html` <span class="n">${sized(rows, 'row')}</span>`
}
