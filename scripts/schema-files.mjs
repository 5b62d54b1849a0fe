// The schemas as they are published: the configuration's in one file, and those of a saved plan and of a saved reading.
import { readdirSync, readFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { replacing } from './replaced-modules.mjs'

/** The texts of schemas/, by file name. */
export function schemaTexts() {
  return Object.fromEntries(readdirSync('schemas').map((name) => [name, readFileSync(`schemas/${name}`, 'utf8')]))
}

/** A module of src/shipped/schema-text.ts that needs no file. */
export function inlineSchemas(texts = schemaTexts()) {
  return `const TEXTS = ${JSON.stringify(texts)}\nexport async function schemaText(name) { return TEXTS[name] }`
}

/** What octoform itself makes of schemas/, by the path below the folder that it is published in. */
export async function publishedSchemas() {
  const texts = schemaTexts()
  const build = await rolldown({
    input: 'src/shipped/bundled-schema.ts',
    platform: 'node',
    plugins: [replacing({ 'src/shipped/schema-text.ts': () => inlineSchemas(texts) })],
  })
  const { output } = await build.generate({ format: 'esm' })
  const { bundledSchema } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
  return {
    'octoform.json': await bundledSchema(),
    'plan.json': texts['plan.json'],
    'reading.json': texts['reading.json'],
  }
}
