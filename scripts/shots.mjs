// Makes pictures of what people look at, from plans and a clock that never change, and prints the height of each page.
// `npm run shots` writes all of them into shots/, which git ignores, and those of the documentation into docs/images/;
// words behind it, as in `npm run shots -- comment-40`, choose those whose names contain one of them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { rolldown } from 'rolldown'

const OUT = 'shots'
const DOCS = 'docs/images'
/** The digests of what the pictures of the documentation were made from; a test compares them. */
const DOCUMENTS = `${DOCS}/documents.json`
const CODE = `${OUT}/.code/pictures.mjs`
const ARGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb']

const { documentDigest, EVERY, DOCUMENTED, SCREENS, smallPng, surfaceHtml } = await pictures()
const words = process.argv.slice(2)
const isAsked = ({ name }, folder) => words.length === 0 || words.some((word) => `${folder}/${name}`.includes(word))

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
for (const [folder, shots] of [
  [OUT, EVERY],
  [DOCS, DOCUMENTED],
]) {
  mkdirSync(folder, { recursive: true })
  for (const shot of shots.filter((each) => isAsked(each, folder))) {
    const { png, height } = await taken(shot)
    const file = `${folder}/${shot.name}.png`
    const written = folder === DOCS ? smallPng(png) : png
    writeFileSync(file, written)
    console.log(`${file}  ${height} px high  ${Math.ceil(written.length / 1024)} KB`)
  }
}
await browser.close()

const known = existsSync(DOCUMENTS) ? JSON.parse(readFileSync(DOCUMENTS, 'utf8')) : {}
const documents = DOCUMENTED.flatMap((shot) => {
  const digest = isAsked(shot, DOCS) ? documentDigest(shot, resolve('.')) : known[shot.name]
  return digest === undefined ? [] : [[shot.name, digest]]
})
writeFileSync(DOCUMENTS, `${JSON.stringify(Object.fromEntries(documents), undefined, 2)}\n`)

/** A picture of the top of a page, no wider than what the page shows, and the height of the whole page. */
async function taken({ surface, plan, screen, scheme, height: most }) {
  const width = SCREENS[screen]
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce' })
  await page.setContent(surfaceHtml(surface, plan(), screen, resolve('.')), { waitUntil: 'load' })
  const [height, right] = await page.evaluate(() => {
    const content = document.querySelector('article, pre')
    const box = content?.getBoundingClientRect()
    if (box === undefined) return [document.documentElement.scrollHeight, innerWidth]
    return [Math.ceil(box.bottom) + 16, Math.ceil(box.right) + 16]
  })
  // A picture of the whole page would lay out all of it, which is 200,000 pixels high at 5,000 changes.
  const clip = { x: 0, y: 0, width: Math.min(width, right), height: Math.min(height, most) }
  await page.setViewportSize({ width, height: clip.height })
  const png = await page.screenshot({ clip, animations: 'disabled', caret: 'hide', timeout: 120_000 })
  await page.close()
  return { png, height }
}

/** The pictures are declared beside the tests, in TypeScript, with the plans that these use. */
async function pictures() {
  const build = await rolldown({
    input: 'test/shots/pictures.ts',
    platform: 'node',
    external: (id) => !/^(?:[./]|@oxc-project\/runtime)/.test(id),
  })
  await build.write({ file: CODE, format: 'esm' })
  return import(pathToFileURL(resolve(CODE)).href)
}
