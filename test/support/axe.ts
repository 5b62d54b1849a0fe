import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules of WCAG 2.2 A and AA, and what axe holds for good practice. */
const RUN = `axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`

/** What axe finds on a page, in words; what is folded is looked at only where it is open. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return (await page.evaluate(RUN)) as readonly string[]
}
