import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPixels, readPng } from '../support/png.ts'
import { hasTerminal } from '../support/terminal.ts'
import { ansiHtml } from './ansi-html.ts'
import { DOCUMENTED, documentDigest, EVERY, PLANS } from './pictures.ts'
import { smallPng } from './small-png.ts'
import { TEN_SECONDS } from './ten-seconds.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const IMAGES = join(ROOT, 'docs/images')
const TEXT = readFileSync(join(ROOT, 'docs/ten-seconds.md'), 'utf8')

/** The pictures that a document shows, by their paths from the root of the repository. */
function shownIn(path: string): readonly string[] {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+\.png)\)|<img[^>]* src="([^"]+\.png)"|srcset="([^"]+\.png)"/g)].map(
    ([, ...found]) => join(path, '..', found.find((each) => each !== undefined) ?? ''),
  )
}

describe('the pictures of the documentation', () => {
  const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const shown = new Set(
    documents
      .trim()
      .split('\n')
      .filter((path) => existsSync(join(ROOT, path)))
      .flatMap(shownIn),
  )

  it('are there, are made by `npm run shots`, and each is shown', () => {
    const made = DOCUMENTED.map(({ name }) => `docs/images/${name}.png`)
    expect([...shown].filter((path) => !made.includes(path))).toEqual([])
    expect(made.filter((path) => !shown.has(path))).toEqual([])
    expect(readdirSync(IMAGES).sort()).toEqual(
      ['documents.json', ...DOCUMENTED.map(({ name }) => `${name}.png`)].sort(),
    )
  })

  it('are of what is printed now', () => {
    const pictured = JSON.parse(readFileSync(join(IMAGES, 'documents.json'), 'utf8'))
    const shots = DOCUMENTED.filter(({ surface }) => hasTerminal || surface !== 'terminal')
    const printed = Object.fromEntries(shots.map((shot) => [shot.name, documentDigest(shot, ROOT)]))
    expect(Object.keys(pictured)).toEqual(DOCUMENTED.map(({ name }) => name))
    expect(pictured, 'run `npm run shots -- docs/images`, and look at the pictures').toMatchObject(printed)
  })

  it('are small, and no wider than a desktop', () => {
    for (const { name, height: most } of DOCUMENTED) {
      const { width, height } = readPixels(readFileSync(join(IMAGES, `${name}.png`)))
      expect(width, name).toBeLessThanOrEqual(1280)
      expect(height, name).toBeLessThanOrEqual(most)
      expect(statSync(join(IMAGES, `${name}.png`)).size, name).toBeLessThan(100_000)
    }
  })
})

it('every place is pictured at 5, 40, 340 and 5,000 changes, on both screens, light and dark', () => {
  expect(new Set(EVERY.map(({ name }) => name)).size).toBe(5 * 4 * 2 * 2)
  for (const [changes, plan] of Object.entries(PLANS)) expect(plan().changes).toHaveLength(Number(changes))
})

describe('a page of ten seconds', () => {
  it('has six questions, a picture for each, and the answers below all of them', () => {
    const [asked = '', answered = ''] = TEXT.split('\n## Answers\n')
    const questions = [...asked.matchAll(/^## (\d)\. (.+)\n\n!\[[^\]]+\]\(images\/(.+)\.png\)$/gm)]
    expect(questions.map(([, ...parts]) => parts)).toEqual(
      TEN_SECONDS.map(({ question }, index) => [String(index + 1), question, `ten-seconds-${index + 1}`]),
    )
    const words = (text: string): string => text.replace(/\s+/g, ' ').trim()
    expect(words(answered)).toBe(words(TEN_SECONDS.map(({ told }, index) => `${index + 1}. ${told}`).join(' ')))
  })
})

describe('text for a terminal', () => {
  it.each([
    ['plain & <b>', 'plain &amp; &lt;b&gt;'],
    ['\u001b[32m+\u001b[0m x', '<span class="c32">+</span> x'],
    ['\u001b[1;31ma\u001b[22mb\u001b[39mc\r\n', '<span class="c1 c31">a</span><span class="c31">b</span>c\n'],
    ['\u001b[30;43mPUBLIC\u001b[m', '<span class="c30 c43">PUBLIC</span>'],
  ])('%j is shown as %s', (text, html) => {
    expect(ansiHtml(text)).toBe(html)
  })

  it('with a code that the page has no colour for is an error', () => {
    expect(() => ansiHtml('\u001b[5mblink')).toThrow('knows no code 5')
  })
})

describe('a picture in 256 colours', () => {
  /** A picture of one row, of so many greys and one red pixel. */
  function trueColours(greys: number): Buffer {
    const pixels = Array.from({ length: greys }, (_, index) => [index % 256, index % 256, Math.floor(index / 4)])
    const chunk = (type: string, data: Buffer): Buffer => {
      const size = Buffer.alloc(4)
      size.writeUInt32BE(data.length)
      return Buffer.concat([size, Buffer.from(type), data, Buffer.alloc(4)])
    }
    const header = Buffer.alloc(13)
    header.writeUInt32BE(greys + 1, 0)
    header.writeUInt32BE(1, 4)
    header.set([8, 2], 8)
    const row = deflateSync(Buffer.from([0, ...pixels.flat(), 255, 0, 0]))
    return Buffer.concat([Buffer.alloc(8), chunk('IHDR', header), chunk('IDAT', row)])
  }

  it('is the same picture where it has no more', () => {
    const comment = readFileSync(join(IMAGES, 'comment.png'))
    expect(readPng(smallPng(comment))).toEqual(readPng(comment))
    expect(readPng(smallPng(trueColours(255)))).toEqual(readPng(trueColours(255)))
  })

  it('has few of many, and keeps a rare one that is like no other', () => {
    const { width, height, colours } = readPng(smallPng(trueColours(900)))
    expect([width, height, colours.size]).toEqual([901, 1, 256])
    expect(colours.get('ff0000')).toBe(1)
  })
})
