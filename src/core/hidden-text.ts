import { canonicalJson } from './canonical-json.ts'
import { listsOwned } from './field.ts'
import { type Document, getPath, withPath } from './json.ts'

import { fieldAt, pickLeaves, routesOf } from './leaves.ts'
import { pickRoute } from './routes.ts'
import type { SectionFacts } from './section-facts.ts'

/** The ledger's text for a document: hashes of what GitHub takes at any time, and of what it takes only with the create. */
export interface HiddenText {
  readonly document: string
  readonly made?: string | undefined
}

/** The beginning of each such text, which no entry of a secret has. */
export const HIDDEN_TEXT = 'document '
const BETWEEN = ' made with '

/** Whether GitHub takes a field only with the request that creates the member. */
export function isMadeOnce({ family, scope, known }: SectionFacts, leaf: string): boolean {
  const routes = routesOf(family, leaf, scope.type, known.product)
  return routes !== undefined && pickRoute(routes, known.product).startsWith('POST ')
}

/** @param leaves the fields of it that the ledger is to know */
export function hiddenText(section: SectionFacts, document: Document, leaves: readonly string[]): HiddenText {
  const hash = (paths: readonly string[]): string => {
    const text = canonicalJson(withIds(section, pickLeaves(document, paths), paths))
    return `sha256:${section.hash?.(text) ?? text}`
  }
  const once = leaves.filter((leaf) => isMadeOnce(section, leaf))
  const others = leaves.filter((leaf) => !once.includes(leaf))
  return { document: `${HIDDEN_TEXT}${hash(others)}`, ...(once.length === 0 ? {} : { made: hash(once) }) }
}

/** As the ledger has it. */
export function formatHiddenText({ document, made }: HiddenText): string {
  return made === undefined ? document : `${document}${BETWEEN}${made}`
}

/** @param text of the ledger; one that octoform did not write equals no document */
export function parseHiddenText(text: string): HiddenText {
  const [document = '', made] = text.split(BETWEEN)
  return { document, ...(made === undefined ? {} : { made }) }
}

/** Lists of what has ids, which stay when names change. */
function withIds({ family, known }: SectionFacts, document: Document, paths: readonly string[]): Document {
  let result = document
  for (const path of paths.filter((each) => listsOwned(fieldAt(family, each)))) {
    const names = getPath(document, path)
    if (!Array.isArray(names)) continue
    const ids = names.map((name) => known.repositories.byName.get(`${name}`)?.id ?? name)
    result = withPath(result, path, ids.sort())
  }
  return result
}
