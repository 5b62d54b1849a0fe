import { Problem } from './problem.mjs'

/**
 * A text with a line more. Throws where the place is not found: the file was rewritten, and the command must follow.
 * @param place ends at the place of the line
 */
function withLine(text, place, line, path) {
  const match = place.exec(text)
  if (match === null)
    throw new Problem(
      `${path} has no place for \`${line.trim()}\`: scripts/new-family/registers.mjs must be brought up to date.`,
    )
  const at = match.index + match[0].length
  return text.slice(0, at) + line + text.slice(at)
}

/** `src/families/index.ts`: the import, and the family at the end of the list. */
export function familiesIndex(text, { folder, camel }) {
  const path = 'src/families/index.ts'
  const imported = withLine(text, /(?:^import .*\n)+/m, `import { ${camel} } from './${folder}/index.ts'\n`, path)
  return withLine(imported, /families: readonly Family\[\] = \[\n(?: {2}.*\n)*/, `  ${camel},\n`, path)
}

/** `test/worlds/index.ts`: the import, and the world at the end of the map. */
export function worldsIndex(text, { name, folder, camel }) {
  const path = 'test/worlds/index.ts'
  const imported = withLine(text, /(?:^import .*\n)+/m, `import { ${camel}World } from './${folder}.ts'\n`, path)
  return withLine(imported, /Record<string, FamilyWorld>> = \{\n(?: {2}.*\n)*/, `  ${name}: ${camel}World,\n`, path)
}

/** `src/sandbox/resources/table.ts`: the import, and the resource before what GitHub has beside settings. */
export function resourceTable(text, { folder, camel, levels }) {
  const path = 'src/sandbox/resources/table.ts'
  const file = levels.some(({ list }) => list !== undefined) ? `${folder}/${folder}` : folder
  const imported = withLine(text, /(?:^import .*\n)+/m, `import { ${camel} } from './${file}.ts'\n`, path)
  return withLine(
    imported,
    /RESOURCES: readonly Resource\[\] = \[\n(?: {2}.*\n)*?(?= {2}git,\n)/,
    `  ${camel},\n`,
    path,
  )
}

/** `schemas/octoform.json`: a line for each level, before `prune`. */
export function octoformSchema(text, { name, levels }) {
  const path = 'schemas/octoform.json'
  const opened = levels.some(({ level }) => level === 'enterprise') ? withEnterprises(text, path) : text
  return levels.reduce((all, { level }) => {
    if (!all.includes(`"${level}_keys": {`)) {
      throw new Problem(`${path} has no ${level}_keys: the family whose members are of the level ${level} comes first.`)
    }
    const place = new RegExp(`"${level}_keys": \\{\\n[\\s\\S]*?"properties": \\{\\n[\\s\\S]*?(?= {8}"prune": )`)
    return withLine(all, place, `        "${name}": { "$ref": "${name}.json#/$defs/${level}" },\n`, path)
  }, opened)
}

/** Opens `enterprises` for the first family that exists there. */
function withEnterprises(text, path) {
  if (text.includes('"enterprise_keys": {')) return text
  const closed = / {4}"enterprises": \{ "description": "[^"]*", "type": "object", "maxProperties": 0 \}\n/
  if (!closed.test(text)) throw new Problem(`${path} has neither enterprise_keys nor a closed \`enterprises\`.`)
  return withLine(text.replace(closed, ENTERPRISES), / {2}"\$defs": \{\n/, ENTERPRISE_KEYS, path)
}

const ENTERPRISES = `    "enterprises": {
      "description": "Enterprises, by name.",
      "type": "object",
      "additionalProperties": { "$ref": "#/$defs/enterprise" }
    }
`

const ENTERPRISE_KEYS = `    "enterprise": { "type": "object", "$ref": "#/$defs/enterprise_keys" },
    "enterprise_keys": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "prune": { "$ref": "#/$defs/prune" },
        "organizations": {
          "description": "Organizations of the enterprise, by name.",
          "type": "object",
          "additionalProperties": { "$ref": "#/$defs/organization" }
        }
      }
    },
`

const COLUMNS = {
  enterprise: 'enterprise scope',
  organization: 'organization permission',
  repository: 'repository permission',
  environment: 'environment permission',
}

/** `docs/permissions.md`: a row above that of finding repositories; a column where it is the first family of a level. */
export function permissionsPage(text, { words, levels }) {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('| what |'))
  const end = lines.findIndex((line, index) => index > first && !line.startsWith('|'))
  const rows = lines.slice(first, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  for (const { level } of levels) if (!rows[0].includes(COLUMNS[level])) addColumn(rows, COLUMNS[level])
  const cells = rows[0].map((title, index) => (index === 0 ? words : permissionsOf(levels, title)))
  rows.splice(-1, 0, cells)
  const shown = rows.map(
    (row) => `|${row.map((cell) => (cell === '---' ? cell : cell === '' ? ' ' : ` ${cell} `)).join('|')}|`,
  )
  return [...lines.slice(0, first), ...shown, ...lines.slice(end)].join('\n')
}

function addColumn(rows, title) {
  const at = title === COLUMNS.enterprise ? 1 : rows[0].length
  for (const [index, row] of rows.entries()) row.splice(at, 0, index === 0 ? title : index === 1 ? '---' : '')
}

/** GitHub's names of the permissions in words; where no App is admitted, the scope of a classic token. */
function permissionsOf(levels, title) {
  const level = levels.find((each) => COLUMNS[each.level] === title)
  if (level === undefined) return ''
  const all = Object.values(level.permissions).map(({ app, classic }) =>
    app === null ? `\`${classic}\`` : wordsOf(app.name),
  )
  return [...new Set(all)].join(', ')
}

function wordsOf(name) {
  const words = name.replaceAll('_', ' ')
  return words[0].toUpperCase() + words.slice(1)
}

/** `CHANGELOG.md`: a line at the head of what was added. */
export function changelog(text, { name, words, levels }) {
  const at = levels.map(
    ({ level }) =>
      `${level === 'enterprise' || level === 'organization' || level === 'environment' ? 'an' : 'a'} ${level}`,
  )
  const place = at.length === 1 ? at[0] : `${at.slice(0, -1).join(', ')} and ${at.at(-1)}`
  const line = `- \`${name}\`: the ${words} of ${place}.\n`
  return withLine(text, /## \[Unreleased\]\n[\s\S]*?### Added\n\n/, line, 'CHANGELOG.md')
}

/**
 * `src/github/settings-answers.ts`, or `member-answers.ts`: the answers that the family reads, after those of the families
 * before it.
 */
export function answerFields(text, rows, { path, constant }) {
  if (rows.length === 0) return text
  const place = new RegExp(`${constant}: [\\s\\S]*?(?=\\n\\}\\n$)`)
  return withImported(withLine(text, place, `\n${rows.join('\n')}`, path), rows)
}

/** The table with the import of the list of repositories that a row may name. */
function withImported(text, rows) {
  if (!rows.some((row) => row.includes(': REPOSITORIES,')) || /^import .*\bREPOSITORIES\b/m.test(text)) return text
  return text.replace(/^import \{ (.*) \} from '\.\/common-answers\.ts'/m, (_, names) => {
    return `import { ${[...names.split(', '), 'REPOSITORIES'].sort().join(', ')} } from './common-answers.ts'`
  })
}
