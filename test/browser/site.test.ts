import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOf } from '../support/axe.ts'
import { startBrowser, type TestBrowser } from '../support/browser.ts'
import { sampled } from '../support/by-night.ts'
import { tabThrough } from '../support/keyboard.ts'
import { BUILD_MS, type BuiltSite, buildSite } from '../support/site.ts'

/** Twenty times what the pages take together: axe looks at each cell of a table. */
const LONG_MS = 400_000

const DESKTOP = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }
const MODES = [
  { scheme: 'light', name: 'desktop', size: DESKTOP },
  { scheme: 'light', name: 'phone', size: PHONE },
  { scheme: 'dark', name: 'desktop', size: DESKTOP },
  { scheme: 'dark', name: 'phone', size: PHONE },
] as const

let site: BuiltSite
beforeAll(async () => {
  site = await buildSite()
}, BUILD_MS)
afterAll(() => site?.remove())

describe.each(MODES)('in $scheme on a $name, the site', ({ scheme, name, size }) => {
  const share = MODES.findIndex((mode) => mode.scheme === scheme && mode.name === name)
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startBrowser(scheme, size)
  })
  afterAll(() => browser?.close())

  // By day the modes share the pages out among them, so that each page is looked at.
  test(
    'has no violation that axe finds, no wide page, and says nothing',
    async () => {
      const found: string[] = []
      for (const path of sampled(site.pages, MODES.length, share)) {
        const { page, said } = await browser.visit(join(site.folder, path))
        const violations = await violationsOf(page)
        const width = (await page.evaluate('document.documentElement.scrollWidth')) as number
        found.push(...violations.map((each) => `${path}: ${each}`), ...said.map((each) => `${path}: ${each}`))
        if (width > size.width) found.push(`${path}: ${width} px wide`)
        await page.close()
      }
      expect(found).toEqual([])
    },
    LONG_MS,
  )

  test(
    'is reached by the keyboard alone',
    async () => {
      for (const path of sampled(site.pages, MODES.length * 2, share)) {
        const { page } = await browser.visit(join(site.folder, path))
        const { wanted, reached } = await tabThrough(page)
        expect(reached, path).toEqual(wanted)
        await page.close()
      }
    },
    LONG_MS,
  )
})

describe('without a mouse', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startBrowser('light')
  })
  afterAll(() => browser?.close())

  test('one skips to the content, searches, and opens what was found', async () => {
    const { page, said } = await browser.visit(join(site.folder, 'index.html'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    await page.keyboard.press('/')
    await page.keyboard.type('ledger key is lost')
    await expect.poll(() => page.locator('#told').textContent()).toMatch(/^\d+ found$/)
    await page.keyboard.press('ArrowDown')
    expect(await page.locator(':focus .hit').textContent()).toBe('The ledger key is lost')
    await page.keyboard.press('Escape')
    expect(await page.locator('#results').isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    await page.waitForURL(/troubleshooting\.html#the-ledger-key-is-lost$/)
    expect(said).toEqual([])
  })

  test('a message that is pasted with its names leads to its entry', async () => {
    const { page } = await browser.visit(join(site.folder, 'index.html'))
    await page
      .locator('#query')
      .fill('another run is applying: mona on gpu-01 has held the lock since 2026-11-30T10:00:00Z')
    await expect.poll(() => page.locator('#found a').first().getAttribute('href')).toMatch(/^messages\/ledger\.html#/)
    expect(await page.locator('#found .hit').first().textContent()).toContain('another run is applying')
  })

  test('a search without a result says so', async () => {
    const { page } = await browser.visit(join(site.folder, 'ci.html'))
    await page.locator('#query').fill('zzyzx')
    await expect.poll(() => page.locator('#told').textContent()).toBe('Nothing is found for “zzyzx”.')
  })
})
