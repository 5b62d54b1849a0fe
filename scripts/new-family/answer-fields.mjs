/** Routes whose answers octoform reads, and the row of each for \`src/github/family-answers.ts\`. */
export function answerRows({ kind, levels }) {
  return levels.flatMap((level) => (kind === 'settings' ? [settingsRow(level)] : memberRows(level)))
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
