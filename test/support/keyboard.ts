import type { Page } from 'playwright-core'

/** What the keyboard must come to, in the order of the page. */
const STOPS = `[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)`

/** How far the key Tab comes: the places in the order of the page, from 0, and those that it came to. */
export async function tabThrough(page: Page): Promise<{
  readonly wanted: readonly number[]
  readonly reached: readonly number[]
}> {
  const size = (await page.evaluate(
    `(() => { const stops = ${STOPS}; stops.forEach((one, index) => { one.dataset.stop = index }); return stops.length })()`,
  )) as number
  const reached: number[] = []
  for (let pressed = 0; pressed < size; pressed += 1) {
    await page.keyboard.press('Tab')
    reached.push(Number(await page.evaluate('document.activeElement.dataset.stop ?? -1')))
  }
  return { wanted: Array.from({ length: size }, (_, index) => index), reached }
}
