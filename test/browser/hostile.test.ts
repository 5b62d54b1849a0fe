import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printable } from '../../src/render/printable.ts'
import { startBrowser, type TestBrowser } from '../support/browser.ts'
import { sampled } from '../support/by-night.ts'
import { HOSTILE, hostilePlan, hostileTable, MARKUP } from '../support/hostile.ts'
import { htmlOf } from '../support/html.ts'

const texts = [...MARKUP, ...HOSTILE.map(([, text]) => text)]

describe('a page full of a hostile name', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startBrowser('light')
  })
  afterAll(() => browser?.close())

  test.each(sampled(texts, 6))('is a page about a text, and nothing else: %j', async (text) => {
    const web = { url: 'https://github.example.com', apiHost: text }
    const facts = { configuration: text, commit: text, runUrl: text, commitUrl: text, at: text, web }
    const { page, said, requests, url } = await browser.open(htmlOf(hostilePlan(text), 'plan', facts))
    for (const details of await page.locator('details').all())
      await details.evaluate((element) => element.setAttribute('open', ''))
    for (const link of await page.locator('a').all()) {
      const href = await link.getAttribute('href')
      expect(href).toMatch(/^(?:#|https:\/\/github\.example\.com\/acme\/admin\/blob\/)/)
    }
    // Events that a browser fires only after a user's action.
    await page.mouse.move(300, 300)
    for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate('window.__pwned')).toBeUndefined()
    expect(said).toEqual([])
    expect(requests).toEqual([url])
    expect(page.url().replace(/#.*/, '')).toBe(url)
    const elements: string[] = await page.evaluate(
      "[...document.querySelectorAll('body *')].map((element) => element.localName)",
    )
    expect([...new Set(elements)].filter((name) => !OWN.has(name))).toEqual([])
    const attributes: string[] = await page.evaluate(
      "[...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())",
    )
    expect([...new Set(attributes)].filter((name) => /^on|^src|^style|autofocus/.test(name))).toEqual([])
    expect(await page.locator('.subject').first().textContent()).toBe(printable(text))
    expect(await page.locator('.note').first().textContent()).toContain(printable(text))
    expect(await page.locator('thead th.col').first().getAttribute('title')).toBe(printable(text))
  })

  test.each(sampled(texts, 6, 3))('draws a table of it, and nothing else: %j', async (text) => {
    const { page, said } = await browser.open(htmlOf(hostileTable(text)))
    await page.locator('.only').uncheck()
    await page.locator('.find-column').fill('zz')
    await page.locator('.find-column').fill('')
    expect(await page.evaluate('window.__pwned')).toBeUndefined()
    expect(said).toEqual([])
    const shown = await page
      .locator('.matrix thead th.col')
      .evaluateAll((heads) => heads.map((head) => head.textContent))
    expect(shown).toHaveLength(40)
    expect(shown.filter((name) => !name?.startsWith(`public ${printable(text)}`))).toEqual([])
    const elements: string[] = await page.evaluate(
      "[...document.querySelectorAll('body *')].map((element) => element.localName)",
    )
    expect([...new Set(elements)].filter((name) => !OWN.has(name))).toEqual([])
  })
})

/** Every element that a page is made of. */
const OWN = new Set(
  [
    'header main nav section form p h1 h2 h3 ul ol li dl dt dd div span code del ins strong b a',
    'table caption thead tbody tr th td details summary label input select optgroup option button output script time br i',
  ]
    .join(' ')
    .split(' '),
)
