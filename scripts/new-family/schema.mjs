import { firstSentence } from './words.mjs'

/** `schemas/NAME.json`: a definition for each level, of members one more for each. */
export function schemaText(model) {
  const { levels, words, documentation, kind } = model
  const $defs = Object.assign(
    {},
    ...levels.map((level) => (kind === 'settings' ? settingsOf(model, level) : membersOf(model, level))),
  )
  return JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `octoform: ${words}`,
    description: documentation,
    $defs,
  })
}

function settingsOf({ words }, { level, fields }) {
  return {
    [level]: {
      description: `The ${words} of the ${level}.`,
      ...orWord('settings_state'),
      additionalProperties: false,
      properties: propertiesOf(fields),
    },
  }
}

function membersOf({ words, oneWord }, { level, fields, list, seals }) {
  const member = `${level}_${oneWord.replaceAll(' ', '_')}`
  return {
    [level]: {
      description: `The ${words} of the ${level}, by name. \`{}\` means none, which \`prune\` needs.`,
      type: 'object',
      additionalProperties: { $ref: `#/$defs/${member}` },
    },
    [member]: {
      ...orWord('member_state'),
      additionalProperties: false,
      properties: {
        ...propertiesOf(fields),
        ...(list === undefined ? {} : listOf(list)),
        ...(seals ? { value: { $ref: 'common.json#/$defs/value' } } : {}),
      },
    },
  }
}

function propertiesOf(fields) {
  return Object.assign({}, ...fields.map((field) => propertyOf(field)))
}

function propertyOf({ name, type, words, prose }) {
  const description = firstSentence(prose === '' ? `The ${name.replaceAll('_', ' ')}` : prose)
  if (type === 'names') {
    const names = { $ref: 'common.json#/$defs/names' }
    return { [name]: { description, ...names }, [`add_${name}`]: names, [`remove_${name}`]: names }
  }
  const types = { boolean: { type: 'boolean' }, integer: { type: 'integer' }, text: { type: 'string' } }
  return { [name]: { description, ...(types[type] ?? { type: 'string', enum: [...words].sort() }) } }
}

function listOf(list) {
  const entries = { $ref: `common.json#/$defs/${list}` }
  return {
    [list]: { description: `The selected ${list}; goes with \`visibility: selected\`.`, ...entries },
    [`add_${list}`]: entries,
    [`remove_${list}`]: entries,
  }
}

/** The keywords for a map in whose place a word may stand. */
function orWord(state) {
  const rule = ['then', { $ref: `common.json#/$defs/${state}` }]
  return { type: ['object', 'string'], if: { type: 'string' }, ...Object.fromEntries([rule]) }
}
