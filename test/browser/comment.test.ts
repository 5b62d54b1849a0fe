import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { renderComment } from '../../src/render/comment.ts'
import { startBrowser, type TestBrowser } from '../support/browser.ts'
import { COMMENT_FACTS, organizationPlan } from '../support/comment-plans.ts'
import { COMMENT_WIDTHS, commentPage } from '../support/gfm.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

/** Elements of the page that reach beyond their own width, or that of the text, so that they scroll sideways. */
const SIDEWAYS = `(() => {
  const article = document.querySelector('article')
  const right = article.getBoundingClientRect().right
  return [...article.querySelectorAll('*')]
    .filter((each) => each.checkVisibility({ contentVisibilityAuto: true }))
    .filter((each) => each.getBoundingClientRect().right > right + 1 || each.scrollWidth > each.clientWidth + 1)
    .filter((each) => getComputedStyle(each).display !== 'inline')
    .map((each) => each.localName + ': ' + each.textContent.slice(0, 60))
})()`

const HEIGHT = `document.querySelector('article').getBoundingClientRect().height`

/** Names as long as GitHub lets them be, and without a place to break them. */
function longNames(): Plan {
  const secret = `${'TOKEN_OF_THE_DEPARTMENT_'.repeat(4)}X`
  const plain = 'X'.repeat(100)
  const source = { file: `organizations/${'departments'.repeat(6)}/secrets.yaml`, line: 1234, col: 1 }
  const access = { gains: buildAccess('named', `${plain}:public`, plain.toLowerCase()), loses: [] }
  const changes = [secret, plain].map((name) =>
    buildChange(`orgs/acme/secrets/${name}`, { value: plain }, { value: `${plain}2` }, { source, access }),
  )
  return buildPlan(changes, {
    digest: 'd'.repeat(64),
    diagnostics: [{ severity: 'error', message: plain, source }],
    not_read: [{ scope: `orgs/acme/${plain}`, reason: plain }],
    tripped: [
      { guard: 'protect', message: plain, flag: `--allow ${plain}`, addresses: [`orgs/acme/secrets/${plain}`] },
    ],
    governs: [plain],
    no_longer_managed: [{ address: `orgs/acme/secrets/${plain}` }],
  })
}

describe('a comment as GitHub shows it', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startBrowser('light')
  })
  afterAll(() => browser?.close())

  async function shown(plan: Plan, on: keyof typeof COMMENT_WIDTHS, facts = COMMENT_FACTS) {
    const { screen, text } = COMMENT_WIDTHS[on]
    const { page, said } = await browser.open(commentPage(renderComment(plan, 'acme', facts), text))
    await page.setViewportSize({ width: screen, height: 900 })
    expect(said).toEqual([])
    return { page, height: Number(await page.evaluate(HEIGHT)), sideways: await page.evaluate(SIDEWAYS) }
  }

  test.each([
    [40, 800],
    [340, 1200],
  ])('of a plan of %i repositories is at most %i px high on a desktop', async (repositories, most) => {
    const { height, sideways, page } = await shown(organizationPlan(repositories), 'desktop')
    process.stdout.write(`comment of ${repositories} repositories: ${Math.round(height)} px\n`)
    expect(height).toBeLessThanOrEqual(most)
    expect(sideways).toEqual([])
    expect(await page.locator('tbody tr').first().textContent()).toContain('opens to public')
    expect(await page.locator('.markdown-alert-caution').count()).toBe(1)
    expect(await page.locator('details[open]').count()).toBe(0)
  })

  test.each([
    ['of 40 repositories', organizationPlan(40)],
    ['of 340 repositories', organizationPlan(340)],
    ['of long names', longNames()],
  ])('of a plan %s scrolls nothing sideways on a phone', async (_, plan) => {
    for (const digest of [undefined, 'whole'] as const) {
      const { files: __, ...bare } = COMMENT_FACTS
      expect((await shown(plan, 'phone', { ...COMMENT_FACTS, digest })).sideways).toEqual([])
      expect((await shown(plan, 'phone', bare)).sideways).toEqual([])
    }
  })
})
