import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { renderFailedHtml } from '../../src/render/html-failed.ts'
import { violationsOf } from '../support/axe.ts'
import { startBrowser, type TestBrowser } from '../support/browser.ts'
import { sampled } from '../support/by-night.ts'
import { HTML_FACTS, htmlOf } from '../support/html.ts'
import { tabThrough } from '../support/keyboard.ts'
import { type Picture, readPng } from '../support/png.ts'
import { serve } from '../support/scripted-server.ts'
import { drawnPlan, LARGE, largePlan, smallPlan } from './plans.ts'

const pages = { small: htmlOf(smallPlan()), drawn: htmlOf(drawnPlan()), large: htmlOf(largePlan()) }

async function picture(page: Page): Promise<Picture> {
  return readPng(await page.screenshot())
}

/** The share of all pixels that are not of the colour that most are. */
function drawn({ width, height, colours }: Picture): number {
  return 1 - Math.max(...colours.values()) / (width * height)
}

/** How many of them are shown; asked of the page at once, because a locator looks at each for itself. */
const shownOf = (found: Locator): Promise<number> =>
  found.evaluateAll((each) => each.filter((one) => one.checkVisibility()).length)

const visible = (page: Page): Promise<number> => shownOf(page.locator('li.change'))

/** Far above the 0.3 s that it takes, because other processes slow a browser down. */
const STALL_MS = 5000

/** Milliseconds from a choice until the page is laid out anew. */
async function timed(page: Page, id: string, value: string): Promise<number> {
  return page.evaluate(
    `(() => {
      const field = document.getElementById(${JSON.stringify(id)})
      const started = performance.now()
      field.value = ${JSON.stringify(value)}
      field.dispatchEvent(new Event('input', { bubbles: true }))
      document.body.offsetHeight
      return performance.now() - started
    })()`,
  )
}

describe.each(sampled<'light' | 'dark'>(['light', 'dark'], 2))('in a browser that likes it %s, the page', (scheme) => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startBrowser(scheme)
  })
  afterAll(() => browser?.close())

  test.each(['small', 'large'] as const)('of a %s plan opens, asks for nothing and says nothing', async (size) => {
    const { page, said, requests, url, took } = await browser.open(pages[size])
    expect(said).toEqual([])
    expect(requests).toEqual([url])
    expect(await page.title()).toMatch(/^Plan: \d+ to add, \d+ to change, \d+ to delete\.$/)
    expect(took).toBeLessThan(10_000)
    const seen = await picture(page)
    expect([seen.width, seen.height]).toEqual([1280, 900])
    expect(seen.colours.size).toBeGreaterThan(50)
    expect(drawn(seen)).toBeGreaterThan(0.05)
    const [background = ''] = [...seen.colours].sort(([, left], [, right]) => right - left)[0] ?? []
    const light = Number.parseInt(background.slice(0, 2), 16)
    expect(light > 128 ? 'light' : 'dark').toBe(scheme)
  })

  test('can be read: contrast as WCAG 2 AA asks', async () => {
    const { page } = await browser.open(pages.small)
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([])
  })

  test('filters a small plan by scope, family, action and words', async () => {
    const { page, said } = await browser.open(pages.small)
    const shown = page.locator('#shown')
    await expect.poll(() => shown.textContent()).toBe('5 changes')
    const all = await visible(page)
    const before = await page.screenshot()
    await page.locator('#action').selectOption('is delete')
    expect(await shown.textContent()).toBe('1 of 5 changes')
    expect(await page.locator('li.change:visible .subject').allTextContents()).toEqual(['orgs/acme/secrets/OLD_TOKEN'])
    expect(await page.locator('#gains').isVisible()).toBe(false)
    expect((await page.screenshot()).equals(before)).toBe(false)
    await page.locator('#clear').click()
    await expect.poll(() => visible(page)).toBe(all)
    await page.locator('#scope').selectOption('all repositories')
    expect(await page.locator('li.change:visible .subject').allTextContents()).toEqual([
      'repos/acme/web/secrets/DEPLOY_KEY',
    ])
    await page.locator('#family').selectOption('is permissions')
    expect(await page.locator('#nothing').isVisible()).toBe(true)
    await page.locator('#clear').click()
    await expect.poll(() => page.locator('#nothing').isVisible()).toBe(false)
    await page.keyboard.press('/')
    await page.keyboard.type('SECRETS.yaml:31')
    expect(await page.locator('li.change:visible .subject').allTextContents()).toEqual(['orgs/acme/runner_groups/gpu'])
    expect(said).toEqual([])
  })

  // Opened once: laying it out takes longer than all that is looked at.
  test('filters 5,000 changes without stalling, and shows who may use what, at first what changes where there is much', async () => {
    const { page } = await browser.open(pages.large)
    const shown = page.locator('#shown')
    expect(await shown.textContent()).toBe('5,000 changes')
    const listed = await visible(page)
    expect(await timed(page, 'action', 'is delete')).toBeLessThan(STALL_MS)
    expect(await shown.textContent()).toBe(`${LARGE.deletions} of 5,000 changes`)
    expect(await visible(page)).toBe(LARGE.deletions)
    expect(await timed(page, 'action', '')).toBeLessThan(STALL_MS)
    expect(await visible(page)).toBe(listed)
    // Rows that are far from one another, so that hiding each would cost as much as hiding all.
    expect(await timed(page, 'find', 'token_05')).toBeLessThan(STALL_MS)
    expect(await shown.textContent()).toBe('200 of 5,000 changes')
    expect(await timed(page, 'find', '')).toBeLessThan(STALL_MS)
    expect(await timed(page, 'scope', 'is repos/acme/service-0003')).toBeLessThan(STALL_MS)
    expect(await shown.textContent()).toBe('10 of 5,000 changes')
    await page.locator('#clear').click()

    const matrix = page.locator('.matrix')
    const rows = matrix.locator('tbody tr:not(.family)')
    const columns = matrix.locator('thead th.col')
    const part = matrix.locator('.part')
    await matrix.scrollIntoViewIfNeeded()
    expect(await shownOf(rows)).toBe(LARGE.changing)
    await matrix.locator('.find-column').fill('service-4321')
    expect(await matrix.locator('.empty').innerText()).toBe(
      'Nothing of this table passes the filter. Only what changes is shown.',
    )
    await matrix.locator('.find-column').fill('')
    expect(await part.textContent()).toBe('Shown: 38 of 300 rows, repositories 1 to 40 of 1,047')
    const changed = await picture(page)
    await matrix.locator('.only').uncheck()
    expect(await part.textContent()).toBe('Shown: rows 1 to 100 of 300, repositories 1 to 40 of 5,000')
    expect(await shownOf(rows)).toBe(100)
    expect(await shownOf(columns)).toBe(40)
    expect([...(await picture(page)).colours]).not.toEqual([...changed.colours])
    await matrix.getByRole('button', { name: 'Later rows' }).click()
    await matrix.getByRole('button', { name: 'Later repositories' }).click()
    expect(await part.textContent()).toBe('Shown: rows 101 to 200 of 300, repositories 41 to 80 of 5,000')
    await matrix.locator('.find-row').fill('group_1')
    await matrix.locator('.find-column').fill('service-004')
    expect(await part.textContent()).toBe('Shown: 20 of 300 rows, 10 of 5,000 repositories')
    expect(await shownOf(rows)).toBe(20)
    expect(await shownOf(columns)).toBe(10)
    expect(await shownOf(matrix.locator('td.g, td.l'))).toBeGreaterThan(0)
    const corner = matrix.locator('thead .corner')
    const before = await corner.boundingBox()
    await matrix.locator('.find-column').fill('')
    await matrix.locator('.scroll').evaluate((element) => element.scrollTo(800, 200))
    expect(await corner.boundingBox(), 'its headings stay in sight').toMatchObject({ x: before?.x })
    await matrix.locator('.find-row').fill('')
    expect(await timed(page, 'find', 'service-4321')).toBeLessThan(STALL_MS)
    expect(await matrix.locator('thead th.col').allTextContents()).toEqual(['service-4321'])
  }, 120_000)

  test('opens 5,000 changes, and 5,000 repositories beside 300 things, within a second', async () => {
    const times: number[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) times.push(await openingTime(browser, pages.large))
    process.stdout.write(`page of 5,000 repositories and 300 things: ${Math.min(...times)} ms until it can be used\n`)
    expect(Math.min(...times)).toBeLessThan(1000)
  }, 60_000)

  test('has no violation that axe finds, whatever is folded', async () => {
    for (const html of [pages.small, pages.drawn, FAILED]) {
      const { page } = await browser.open(html)
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violationsOf(page), colorScheme).toEqual([])
      }
    }
  })

  test('scrolls nothing sideways on a phone but its tables', async () => {
    for (const html of [pages.small, pages.drawn, FAILED]) {
      const { page } = await browser.open(html)
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 844 })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      }
    }
  })

  test('is reached by the keyboard alone, tables and what is folded too', async () => {
    for (const html of [pages.small, pages.drawn]) {
      const { page } = await browser.open(html)
      const { wanted, reached } = await tabThrough(page)
      expect(wanted.length).toBeGreaterThan(20)
      expect(reached).toEqual(wanted)
    }
    const { page } = await browser.open(pages.drawn)
    const later = page.getByRole('button', { name: 'Later repositories' })
    await later.focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.part').textContent()).toBe('Shown: 12 rows, repositories 41 to 60 of 60')
    expect(await page.evaluate('document.activeElement.textContent'), 'the focus stays beside it').toBe(
      'Earlier repositories',
    )
    const table = page.getByRole('region', { name: 'Who may use what acme' })
    await table.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => table.evaluate((element) => element.scrollLeft + element.scrollWidth)).toBeGreaterThan(0)
  })

  test('says in words what a cell of the table shows by a mark', async () => {
    const { page } = await browser.open(pages.small)
    const row = page.getByRole('row', { name: /^NPM_TOKEN / })
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      '3 → 4',
      ...['gains access', 'gains access', 'no access', 'keeps access', 'loses access', 'keeps access'],
    ])
    expect(await page.locator('.matrix td').filter({ hasText: /^$/ }).count()).toBe(0)
    await page.locator('#find').fill('no such thing')
    await expect.poll(() => page.locator('.matrix .scroll').isVisible()).toBe(false)
    expect(await page.locator('.matrix .empty').innerText()).toBe('Nothing of this table passes the filter.')
  })

  test.each([
    ['a secret', 'find', 'NPM_TOKEN', ['NPM_TOKEN'], ['site', 'docs', 'web', 'legacy', 'api']],
    ['a repository', 'find', 'ml-train', ['permissions', 'gpu', 'OLD_TOKEN', 'SONAR'], ['ml-train']],
    ['a family', 'family', 'is runner_groups', ['gpu', 'shared'], ['ml-train', 'web', 'api', 'docs']],
    ['an action', 'action', 'is delete', ['OLD_TOKEN'], ['site', 'docs', 'ml-train', 'web', 'legacy', 'api']],
    ['a scope', 'scope', 'is repos/acme/web', ['permissions', 'shared', 'NPM_TOKEN', 'OLD_TOKEN'], ['web']],
  ])('narrows the table down with the changes: %s', async (_, field, value, rows, columns) => {
    const { page } = await browser.open(pages.small)
    await timed(page, field, value)
    const text = async (selector: string): Promise<readonly string[]> =>
      (await page.locator(selector).allTextContents()).map((each) => each.replace('public ', ''))
    expect(await text('.matrix tbody tr[data-cells]:visible th')).toEqual(rows)
    expect([...(await text('.matrix thead th.col:visible'))].sort()).toEqual([...columns].sort())
    await page.locator('#clear').click()
    await expect.poll(() => page.locator('.matrix tr[data-cells]:visible').count()).toBe(6)
  })

  test('is printed whole: nothing folded, nothing cut off', async () => {
    for (const html of [pages.small, pages.drawn]) {
      const { page } = await browser.open(html)
      await page.emulateMedia({ media: 'print' })
      // A4 across, without its margins of 10 mm, as the style sheet asks for the tables.
      await page.setViewportSize({ width: 1046, height: 718 })
      expect(await page.evaluate(CLIPPED)).toEqual([])
      expect(await page.evaluate(FOLDED)).toEqual([])
      expect(await page.locator('#shown').isVisible()).toBe(true)
      expect(await page.locator('#find').isVisible()).toBe(false)
      expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-')
    }
  })

  test('of a large plan is read without its script: who gains and loses, and how many have access', async () => {
    const { page } = await browser.open(pages.drawn.replace(/<script>[\s\S]*?<\/script>/, ''))
    expect(await page.locator('.unscripted').textContent()).toContain('The table has 720 cells')
    expect(await page.locator('.matrix tbody tr[data-cells]').first().textContent()).toBe('SHARED_030 → 26')
    await page.locator('.columns summary').click()
    expect(await page.locator('.columns li').count()).toBe(60)
  })

  test('is read without its script', async () => {
    const { page, said } = await browser.open(pages.small.replace(/<script>[\s\S]*?<\/script>/, ''))
    expect(said).toEqual([])
    expect(await page.locator('#filter').isVisible()).toBe(false)
    expect(await visible(page)).toBe(7)
    await page.locator('.only').check()
    expect(await page.locator('.matrix tbody tr:not(.family):visible th').allTextContents()).toEqual([
      'gpu',
      'NPM_TOKEN',
      'OLD_TOKEN',
    ])
  })

  test('lets nothing run or load that is not its own', async () => {
    const server = await serve((_, response) => response.end('window.__pwned = 1'))
    const foreign = [
      `<img src="${server.url}/x.png">`,
      `<script src="${server.url}/x.js"></script>`,
      `<link rel="stylesheet" href="${server.url}/x.css">`,
      '<script>window.__pwned = 1</script>',
      '<style>p { color: red }</style>',
    ]
    const { page, said } = await browser.open(pages.small.replace('<main>', `<main>${foreign.join('')}`))
    expect(await page.evaluate('window.__pwned')).toBeUndefined()
    expect(server.seen).toEqual([])
    expect(said.filter((text) => text.includes('Content Security Policy'))).toHaveLength(foreign.length)
  })
})

/** The page of a plan that failed. */
const FAILED = renderFailedHtml(
  'plan',
  {
    failure: 'could_not_run',
    reasons: [
      { kind: 'error', message: 'unknown key', source: { file: 'octoform.yaml', line: 5, col: 17 }, from: 'files' },
    ],
  },
  HTML_FACTS,
  sha256,
)

/**
 * Milliseconds of the browser's main thread until a page can be used: laid out, and its script run. Its own time, because
 * other processes have the machine for most of a second at times.
 */
async function openingTime(browser: TestBrowser, html: string): Promise<number> {
  const { page } = await browser.open('<!doctype html><title>before</title>')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { url } = await browser.open(html)
  await page.goto(url)
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const { metrics } = await session.send('Performance.getMetrics')
  await page.close()
  return Math.round(1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN))
}

/** In the page: elements whose content is wider than they are, or that reach beyond the sheet. */
const CLIPPED = `[...document.querySelectorAll('body *')]
  .filter((each) => each.checkVisibility() && !each.matches('caption, i, option, optgroup'))
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 ||
    (getComputedStyle(each).overflowX !== 'visible' && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)))
  .map((each) => each.localName + '.' + each.className + ': ' + each.textContent.slice(0, 40))`

/** In the page: what is folded away though it has content. */
const FOLDED = `[...document.querySelectorAll('details')]
  .filter((each) => each.lastElementChild.getBoundingClientRect().height < 5 || !each.lastElementChild.checkVisibility({ contentVisibilityAuto: true }))
  .map((each) => each.textContent.slice(0, 40))`

/**
 * In the page: every visible text whose contrast with its background is below 4.5.
 * https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
const LOW_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const bytes = (colour) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const light = (colour) => {
    const [red, green, blue] = bytes(colour).map((byte) => byte / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (bytes(colour)[3] === 255) return colour
    }
    return 'white'
  }
  const found = new Set()
  const seen = new Set()
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!own || element.offsetParent === null || element.matches('script, option, optgroup, caption')) continue
    const [colour, back] = [getComputedStyle(element).color, behind(element)]
    const key = colour + ' on ' + back
    if (seen.has(key)) continue
    seen.add(key)
    const [high, low] = [light(colour), light(back)].sort((left, right) => right - left)
    const ratio = (high + 0.05) / (low + 0.05)
    if (ratio < 4.5) found.add(element.className + ' ' + key + ': ' + ratio.toFixed(2))
  }
  if (seen.size < 5) found.add('only ' + seen.size + ' colours were looked at')
  return [...found]
})()`
