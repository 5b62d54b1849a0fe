import { expect, it } from 'vitest'
import { catalogue, messagesInSource, NOT_PRINTED } from './messages.ts'

const printed = messagesInSource()
const entries = catalogue()
const catalogued = entries.flatMap(({ page, texts }) => texts.map((text) => ({ page, text })))

it(`each of ${printed.length} messages has its entry: of ${entries.length} in docs/messages`, () => {
  const known = new Set(catalogued.map(({ text }) => text))
  const missing = printed.filter(({ text }) => !known.has(text) && !Object.hasOwn(NOT_PRINTED, text))
  expect(missing.map(({ text, places }) => `${places[0]}: ${text}`)).toEqual([])
})

it('each entry is of messages that are there, and each message has one entry', () => {
  const there = new Set(printed.map(({ text }) => text))
  expect(catalogued.filter(({ text }) => !there.has(text))).toEqual([])
  const seen = new Set<string>()
  expect(catalogued.filter(({ text }) => seen.size === seen.add(text).size)).toEqual([])
})

it('each entry says what it means and what to do', () => {
  const empty = entries.filter(({ means, remedy }) => means.length < 20 || remedy.length < 8)
  expect(empty.map(({ page, texts }) => `${page}: ${texts[0]}`)).toEqual([])
})

it('leaves out no text that is not there', () => {
  const there = new Set(printed.map(({ text }) => text))
  expect(Object.keys(NOT_PRINTED).filter((text) => !there.has(text))).toEqual([])
})
