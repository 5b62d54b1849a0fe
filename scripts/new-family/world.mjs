import { aeText, sinceText } from './products.mjs'

/** `test/worlds/NAME.ts`: for each level a state before, and two configurations one after the other. */
export function worldText(model) {
  const { camel, levels, documentation, kind, name } = model
  const scopes = levels.map((level) => {
    const given = kind === 'settings' ? settingsWorld(name, level) : membersWorld(name, level)
    const since = sinceOf(level)
    const own = since === sinceOf(levels[0]) ? '' : `since: { ${since} }, `
    const ae = aeOf(level)
    return `    ${level.level}: [{ ${own}${ae === '' ? '' : `ae: { ${ae} }, `}seed: ${given.seed}, stages: [${given.stages.join(', ')}] }],`
  })
  return `import type { FamilyWorld } from './world.ts'

/** FILL IN: cases of ${documentation} that a person would write. */
export const ${camel}World: FamilyWorld = {
  since: { ${sinceOf(levels[0])} },
  scopes: {
${scopes.join('\n')}
  },
}
`
}

function sinceOf({ products, fields }) {
  const later = fields.filter(({ since }) => since.join() !== products.join())
  return [`'': ${sinceText(products)}`, ...later.map(({ name, since }) => `${name}: ${sinceText(since)}`)].join(', ')
}

function aeOf({ products, fields }) {
  const all = [
    ["''", products],
    ...fields.filter(({ since }) => since.join() !== products.join()).map(({ name, since }) => [name, since]),
  ]
  return all
    .flatMap(([name, having]) => (aeText(having) === undefined ? [] : [`${name}: ${aeText(having)}`]))
    .join(', ')
}

/** Three values of a field that differ from one to the next. */
export function valuesOf({ type, words: all, common = [] }) {
  const words = common.length > 1 ? common : all
  switch (type) {
    case 'boolean':
      return ['false', 'true', 'false']
    case 'integer':
      return ['7', '14', '21']
    case 'words':
      return [words[0], words[1 % words.length], words[2 % words.length]].map((word) => `'${word}'`)
    case 'names':
      return ["['a']", "['a', 'b']", '[]']
    default:
      return ["'one'", "'two'", "'three'"]
  }
}

/** A document with each field's value of one of the three. */
export function documentOf(fields, which) {
  return `{ ${fields.map((field) => `${field.name}: ${valuesOf(field)[which]}`).join(', ')} }`
}

function settingsWorld(name, { fields, products }) {
  const [lasting = fields[0]] = fields.filter(({ since }) => since.join() === products.join())
  return {
    seed: `{ ${name}: ${documentOf(fields, 0)} }`,
    stages: [`{ ${name}: ${documentOf(fields, 1)} }`, `{ ${name}: ${documentOf([lasting], 2)} }`],
  }
}

function membersWorld(name, { fields, list }) {
  const plain = fields.filter(({ name: field }) => list === undefined || field !== 'visibility')
  const inside = (which) => plain.map((field) => `${field.name}: ${valuesOf(field)[which]}`)
  const member = (which, access) => `{ ${[...inside(which), ...(list === undefined ? [] : access)].join(', ')} }`
  const selected = (...names) => ["visibility: 'selected'", `${list}: [${names.map((each) => `'${each}'`).join(', ')}]`]
  const shared = ["add_repositories: ['service-mail']", "remove_repositories: ['web']"]
  const seed = [
    `KEPT: ${member(0, selected('web', 'api'))}`,
    `OPENED: ${member(0, selected('api'))}`,
    `OLD: ${member(0, ["visibility: 'all'"])}`,
    `PAY_OLD: ${member(0, ["visibility: 'private'"])}`,
    `UNMENTIONED: ${member(0, ["visibility: 'all'"])}`,
  ]
  const first = [
    `NEW: ${member(1, selected('web', 'service-mail'))}`,
    `OPEN: ${member(1, ["visibility: 'all'"])}`,
    ...(list === undefined ? [`KEPT: ${member(1, [])}`] : [`KEPT: { ${shared.join(', ')} }`]),
    `OPENED: ${member(1, ["visibility: 'all'"])}`,
    "OLD: 'absent'",
  ]
  const second = [
    `NEW: ${member(2, ["visibility: 'private'"])}`,
    ...(list === undefined ? [] : [`KEPT: { ${list}: ['api'] }`, `OPEN: { ${selected('api').join(', ')} }`]),
  ]
  return {
    seed: `{ ${name}: { ${seed.join(', ')} } }`,
    stages: [`{ prune: ['${name}/PAY_*'], ${name}: { ${first.join(', ')} } }`, `{ ${name}: { ${second.join(', ')} } }`],
  }
}
