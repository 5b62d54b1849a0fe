import type { Source } from '../core/diagnostic.ts'
import type { Plan } from '../core/plan.ts'
import { listedName, namesOf, repositoryIn, type Scope } from '../core/scope.ts'
import { type Html, html } from './html-escape.ts'
import { placeUrl } from './place-link.ts'
import type { ReportFacts } from './report-facts.ts'

/** Where the things of a page stand on the web; undefined where that is not known, so that no link leads nowhere. */
export interface PageLinks {
  place(source: Source): string | undefined
  /** @param name as the owner's lists have it: without the owner, of an enterprise an organization or its repository */
  listed(owner: string, name: string): string | undefined
  /** The repository that a scope is, or is in; undefined where it is in none. */
  repository(scope: Scope): string | undefined
}

/** GitHub's names of owners and repositories: what else stands in a plan is no part of a web address. */
const NAME = /^(?=.*[^.])[\w.-]+$/

/** The links of one plan's page. Names lead to the web only where the plan is about the server of the run. */
export function openLinks({ host }: Pick<Plan, 'host'>, facts: Pick<ReportFacts, 'files' | 'web'>): PageLinks {
  const { web } = facts
  const named = (steps: readonly string[]): string | undefined => {
    if (web === undefined || web.apiHost !== host || !steps.every((step) => NAME.test(step))) return undefined
    return [web.url, ...steps].join('/')
  }
  return {
    place: (source) => placeUrl(source, facts),
    listed: (owner, name) => named((name.includes('/') ? name : listedName(owner, name)).split('/')),
    repository: (scope) => {
      const repository = repositoryIn(scope)
      return repository && named(namesOf(repository))
    },
  }
}

/** Words that lead to a place on the web; the words alone where there is none. */
export function linkHtml(words: Html, url: string | undefined): Html {
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return words
  return html`<a href="${url}" rel="noopener noreferrer">${words}</a>`
}
