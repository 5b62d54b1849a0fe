// Builds the documentation site from docs/ into a folder, `_site` if none is named: pages that need neither a server nor
// the network, and each schema where its `$id` says. A link to a file that no page shows ends it.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import Eleventy from '@11ty/eleventy'
import { rolldown } from 'rolldown'
import { examplePages } from '../site/examples.mjs'
import { extendMarkdown, sourceOf } from '../site/markdown.mjs'
import { pageOf, SECTIONS } from '../site/pages.mjs'
import { searchIndex } from '../site/search-index.mjs'
import { viewOf } from '../site/view.mjs'
import { publishedSchemas } from './schema-files.mjs'

const OUT = process.argv[2] ?? '_site'
const DOCS = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => `docs/${path.replaceAll('\\', '/')}`)
  .sort()
const PROJECT = SECTIONS.flatMap((section) => section.pages).filter((path) => !path.startsWith('docs/'))

const pages = new Map()
const virtual = [...PROJECT.map((source) => ({ source, text: readFileSync(source, 'utf8') })), ...examplePages()]
const sources = new Set([...DOCS, ...virtual.map(({ source }) => source)])
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync(OUT, { recursive: true, force: true })
const eleventy = new Eleventy('docs', OUT, {
  quietMode: true,
  configPath: 'site/eleventy.config.mjs',
  config(config) {
    config.setInputDirectory('docs')
    config.setIncludesDirectory('../site')
    config.setTemplateFormats('md')
    config.amendLibrary('md', (md) => extendMarkdown(md, { sources, pages }))
    config.addGlobalData('layout', 'layout.njk')
    config.addGlobalData('permalink', () => (data) => pageOf(sourceOf(data)))
    config.addFilter('viewOf', (path) => viewOf(sourceOf({ source: path }).replace(/^\.\//, ''), pages, version))
    for (const { source, text } of virtual) config.addTemplate(`virtual/${source}`, text, { source })
  },
})
await eleventy.write()

const ordered = [...sources].map((source) => pages.get(source))
writeFileSync(join(OUT, 'search-index.js'), searchIndex(ordered, pageOf))
copyFileSync('site/style.css', join(OUT, 'style.css'))
if (existsSync('docs/images')) cpSync('docs/images', join(OUT, 'images'), { recursive: true })
mkdirSync(join(OUT, 'schemas'))
for (const [name, text] of Object.entries(await publishedSchemas())) writeFileSync(join(OUT, 'schemas', name), text)
const client = await rolldown({ input: 'site/client.mjs', platform: 'browser' })
await client.write({ file: join(OUT, 'client.js'), format: 'iife', minify: true })
console.error(`${ordered.length} pages in ${relative('.', OUT)}`)
