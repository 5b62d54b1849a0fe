import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILD_MS, type BuiltSite, buildSite } from '../support/site.ts'

let site: BuiltSite
beforeAll(async () => {
  site = await buildSite()
}, BUILD_MS)
afterAll(() => site?.remove())

const textOf = (folder: string, page: string): string => readFileSync(join(folder, page), 'utf8')

/** The values of an attribute, with what HTML escapes. */
function valuesOf(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&').replaceAll('&quot;', '"'),
  )
}

describe('the site', () => {
  it('has each page in the sidebar, or below a folder of examples', () => {
    const [home = ''] = textOf(site.folder, 'index.html').match(/<nav id="nav"[\s\S]*?<\/nav>/) ?? []
    const linked = new Set(valuesOf(home, 'href'))
    const missing = site.pages.filter((page) => !linked.has(page) && !page.startsWith('examples/'))
    expect(missing).toEqual([])
  })

  it('has no link that leads to nothing, and each id once', () => {
    const ids = new Map(site.pages.map((page) => [page, valuesOf(textOf(site.folder, page), 'id')]))
    const broken: string[] = []
    for (const page of site.pages) {
      const own = ids.get(page) ?? []
      if (new Set(own).size < own.length) broken.push(`${page}: an id stands twice`)
      const html = textOf(site.folder, page)
      for (const href of [...valuesOf(html, 'href'), ...valuesOf(html, 'src')]) {
        if (/^(https?|mailto|data):/.test(href)) continue
        const [path = '', anchor] = href.split('#')
        const target = path === '' ? page : join(dirname(page), path)
        const isThere = existsSync(join(site.folder, target)) && statSync(join(site.folder, target)).isFile()
        if (!isThere) broken.push(`${page}: ${href}`)
        else if (anchor !== undefined && !ids.get(target)?.includes(anchor)) broken.push(`${page}: ${href}`)
      }
    }
    expect(broken).toEqual([])
  })

  it('loads nothing from elsewhere, and runs no script of its pages', () => {
    for (const page of site.pages) {
      const html = textOf(site.folder, page)
      expect(valuesOf(html, 'src').filter((src) => /^(https?:)?\/\//.test(src))).toEqual([])
      expect(html.match(/<script(?![^>]* src=)/), page).toBeNull()
      expect(html.match(/ (style|on[a-z]+)="/), page).toBeNull()
      expect(html).toContain(`content="default-src 'none'; script-src 'self'; style-src 'self'`)
    }
  })

  it('is the same, byte for byte, when it is built again', async () => {
    const again = await buildSite()
    try {
      const files = readdirSync(site.folder, { recursive: true, encoding: 'utf8' }).sort()
      expect(readdirSync(again.folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual(files)
      const differs = files
        .filter((path) => statSync(join(site.folder, path)).isFile())
        .filter((path) => !readFileSync(join(site.folder, path)).equals(readFileSync(join(again.folder, path))))
      expect(differs).toEqual([])
    } finally {
      await again.remove()
    }
  })
})
