/** The tables of `src/github` that may have a row for an answer already. */
const ANSWER_TABLES = [
  'answer-fields',
  'environment-answers',
  'hosted-runner-answers',
  'job-answers',
  'member-answers',
  'secret-answers',
  'settings-answers',
].map((name) => `src/github/${name}.ts`)

/** The table for the answers that a family of a kind reads, and the name of its constant. */
export function answerTable({ kind }) {
  const name = kind === 'settings' ? 'settings' : 'member'
  return { path: `src/github/${name}-answers.ts`, constant: `${name.toUpperCase()}_ANSWERS` }
}

/** The rows of the answers that octoform reads of a family, but of those that another one reads already. */
export function answerRows({ kind, levels }, read) {
  const tables = ANSWER_TABLES.map(read)
  const rows = levels.flatMap((level) => (kind === 'settings' ? [settingsRow(level)] : memberRows(level)))
  return rows.filter((row) => {
    const [, route] = /^ {2}('[^']+'):/.exec(row)
    return !tables.some((text) => text.includes(`${route}:`))
  })
}

function settingsRow({ get, fields, answer }) {
  return `  '${get}': { fields: { ${entriesOf(
    fields.map(({ name }) => name),
    answer,
  )} } },`
}

function memberRows({ get, envelope, fields, answer, list, item }) {
  const names = fields.map(({ name }) => name)
  const shown = entriesOf(['name', ...names], answer)
  const listRow = `  'GET ${item}/${list}': REPOSITORIES,`
  return [
    `  '${get}': { items: { ${shown} }, in: '${envelope}', alone: { by: 'name', fold: 'none' } },`,
    ...(list === undefined ? [] : [listRow]),
  ]
}

function entriesOf(names, answer) {
  return names.map((name) => entryOf(answer.find((each) => each.name === name))).join(', ')
}

function entryOf({ name, type, words, isRequired, isNullable }) {
  const key = `${name}${isNullable ? '|null' : ''}${isRequired ? '' : '?'}`
  const plain = /^\w+$/.test(key) ? key : `'${key}'`
  const types = { boolean: "'boolean'", integer: "'count'", text: "'text'", names: "{ list: 'text' }" }
  if (name === 'name') return "name: 'words'"
  return `${plain}: ${types[type] ?? `[${words.map((word) => `'${word}'`).join(', ')}]`}`
}
