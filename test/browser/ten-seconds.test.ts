import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DOCUMENTED } from '../shots/pictures.ts'
import { surfaceHtml } from '../shots/surfaces.ts'
import { TEN_SECONDS } from '../shots/ten-seconds.ts'
import { startBrowser, type TestBrowser } from '../support/browser.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/**
 * In the page: the text that stands in the picture, the top of the page, and is not folded away. Blocks and cells stand on
 * lines of their own.
 */
const SHOWN = (height: number): string => `(() => {
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode
    if (parentElement.matches('script, style') || !parentElement.checkVisibility({ contentVisibilityAuto: true })) continue
    range.selectNodeContents(walker.currentNode)
    const boxes = [...range.getClientRects()]
    if (boxes.length > 0 && boxes[0].bottom <= ${height}) texts.push(walker.currentNode.data)
  }
  return texts.join('').replace(/\\s+/g, ' ')
})()`

describe('what a question of ten seconds asks', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startBrowser('light')
  })
  afterAll(() => browser?.close())

  test.each(TEN_SECONDS.map((each, index) => [each.question, each, index + 1] as const))(
    'stands in its picture: %s',
    async (_, { surface, plan, answer }, number) => {
      const shot = DOCUMENTED.find(({ name }) => name === `ten-seconds-${number}`)
      const { page, said } = await browser.open(surfaceHtml(surface, plan, 'desktop', ROOT))
      const shown = String(await page.evaluate(SHOWN(shot?.height ?? 0)))
      for (const text of answer) expect(shown).toContain(text)
      expect(said).toEqual([])
    },
  )
})
