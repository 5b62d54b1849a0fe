import { jsonLines } from '../descriptions/lines.mjs'
import { listWith, listWithout, withoutRoutes, withRoutes } from '../descriptions/move-routes.mjs'
import { answerRows, answerTable } from './answer-fields.mjs'
import { membersFamily } from './family-members.mjs'
import { settingsFamily } from './family-settings.mjs'
import * as registers from './registers.mjs'
import { sandboxMembers } from './sandbox-members.mjs'
import { sandboxSettings } from './sandbox-settings.mjs'
import { schemaText } from './schema.mjs'
import { testText } from './test.mjs'
import { worldText } from './world.mjs'

export const COMING = 'scripts/descriptions/coming.json'

/** Notes the family's own files. */
export function addFiles(change, model) {
  const { name, folder, kind } = model
  const sources = kind === 'settings' ? settingsFamily(model) : membersFamily(model)
  for (const [file, text] of Object.entries(sources)) change.set(`src/families/${folder}/${file}`, text)
  change.set(`schemas/${name}.json`, schemaText(model))
  change.set(`test/families/${name}.test.ts`, testText(model))
  change.set(`test/worlds/${folder}.ts`, worldText(model))
  const slice = kind === 'settings' ? { [`${folder}.ts`]: sandboxSettings(model) } : sandboxMembers(model)
  for (const [file, text] of Object.entries(slice)) change.set(`src/sandbox/resources/${file}`, text)
}

/** Notes a line in each list that names families. */
export function addLines(change, model) {
  const edit = (path, editor) => change.set(path, editor(change.read(path), model))
  edit('src/families/index.ts', registers.familiesIndex)
  edit('test/worlds/index.ts', registers.worldsIndex)
  edit('src/sandbox/resources/table.ts', registers.resourceTable)
  edit('schemas/octoform.json', registers.octoformSchema)
  edit('docs/permissions.md', registers.permissionsPage)
  edit('CHANGELOG.md', registers.changelog)
  const table = answerTable(model)
  const rows = answerRows(model, (path) => change.read(path))
  change.set(table.path, registers.answerFields(change.read(table.path), rows, table))
}

/** Moves routes from those to come into the endpoint table and the descriptions, as `npm run descriptions` would. */
export function moveRoutes(change, coming, routes) {
  const edit = (path, editor) => change.set(path, editor(change.read(path)))
  const editJson = (path, editor) => edit(path, (text) => jsonLines(editor(JSON.parse(text))))
  edit('scripts/descriptions/coming-routes.mjs', (text) => listWithout(text, routes))
  edit('scripts/descriptions/operations.mjs', (text) => listWith(text, routes))
  editJson('src/github/endpoints.json', ({ products, endpoints }) => {
    const added = routes.map((route) => [route, coming.endpoints[route]])
    const all = [...Object.entries(endpoints), ...added].sort(([one], [other]) => (one < other ? -1 : 1))
    return { products, endpoints: Object.fromEntries(all) }
  })
  for (const product of JSON.parse(change.read('src/github/endpoints.json')).products) {
    editJson(`test/descriptions/${product}.json`, (description) => withRoutes(coming, description, routes))
  }
  change.set(COMING, jsonLines(withoutRoutes(coming, routes)))
}
