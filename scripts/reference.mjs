// Writes docs/reference.md, a table of every key of the YAML, from schemas/. `--check` compares it with what is committed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const FILE = 'docs/reference.md'
const ROOT = 'octoform.json'

/** Shared definitions that have a section of their own, instead of being written out where they are used. */
const SHARED = ['value', 'sealed', 'repositories', 'selector', 'names']

/** From wide to narrow. */
const SCOPES = {
  enterprise: { name: 'enterprise', words: 'an enterprise', heading: 'An enterprise: `enterprises.NAME`' },
  organization: {
    name: 'organization',
    words: 'an organization',
    heading: 'An organization: `organizations.NAME`',
  },
  repository: {
    name: 'repository',
    words: 'a repository',
    heading: 'A repository: `repositories.OWNER/NAME`, `organizations.NAME.repositories.NAME`',
  },
  environment: {
    name: 'environment',
    words: 'an environment',
    heading: 'An environment: `environments.NAME` of a repository',
  },
}

const schemas = new Map()
const text = referenceText()
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text)
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is not what schemas/ give: run \`node scripts/reference.mjs\` and commit it.`)
  process.exit(1)
}

function referenceText() {
  const root = schemaOf(ROOT)
  const { organizations, repositories, ...top } = root.properties
  const parts = [
    '# Reference\n\nEvery key of the YAML. `npm run reference` makes this page from `schemas/`.',
    section('Top level', { ...top, organizations, repositories }),
    ...Object.entries(top)
      .filter(([, schema]) => blockOf(schema, ROOT) !== undefined)
      .map(([key, schema]) => section(`\`${key}\``, blockOf(schema, ROOT).properties)),
    ...scopesOf(root).map((scope) => section(scope.heading, root.$defs[`${scope.name}_keys`].properties)),
    section('`match` of `organization_sets`', root.$defs.organization_set.properties.match.properties),
    ...familySections(root),
    ...SHARED.map((name) => [name, sharedOf(name)]).map(([name, schema]) =>
      schema.properties === undefined
        ? `## ${heading(name)}\n\n${schema.description}`
        : `${section(heading(name), schema.properties, 'common.json')}`,
    ),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The scopes that the schema knows, from wide to narrow. */
function scopesOf(root) {
  return Object.values(SCOPES).filter(({ name }) => `${name}_keys` in root.$defs)
}

/** A section for each family at each scope: its own keys, and those of its members. */
function familySections(root) {
  return scopesOf(root).flatMap((scope) =>
    Object.entries(root.$defs[`${scope.name}_keys`].properties)
      .filter(([, { $ref = '#' }]) => !$ref.startsWith('#') && !$ref.startsWith('common'))
      .flatMap(([family, { $ref }]) => familySection(family, $ref, scope)),
  )
}

function familySection(family, ref, scope) {
  const { schema, file } = resolve(ref, ROOT)
  const members = schema.additionalProperties
  const body = typeof members === 'object' ? resolve(members.$ref, file).schema : schema
  const name = typeof members === 'object' ? `${family}.NAME` : family
  const intro = [schema.description, states(body, file), `GitHub: ${schemaOf(file).description}`]
  const nested = Object.entries(body.properties).flatMap(([key, inner]) => {
    const block = isShared(inner) ? undefined : blockOf(inner, file)
    return block === undefined ? [] : [section(`\`${family}.${key}\` of ${scope.words}`, block.properties, file)]
  })
  return [section(`\`${name}\` of ${scope.words}`, body.properties, file, intro), ...nested]
}

/** The values that may replace a map. */
function states(schema, file) {
  const { enum: words, description } = schema.then === undefined ? {} : resolve(schema.then.$ref, file).schema
  return words === undefined ? '' : `A word may stand in place of the map: ${description}`
}

function section(title, properties, file = ROOT, intro = []) {
  const rows = Object.entries(properties)
    .filter(([, schema]) => typeof schema === 'object')
    .map(([key, schema]) => `| \`${key}\` | ${typeOf(schema, file)} | ${meaning(key, schema, file, properties)} |`)
  return [
    `## ${title}`,
    ...intro.filter((line) => line !== ''),
    ['| key | type | meaning |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}

/**
 * A description of its own, else that of the key that it changes (`add_X` belongs to `X`), else that of the definition
 * that it refers to.
 */
function meaning(key, schema, file, siblings) {
  const [, verb, base] = /^(add|remove)_(.+)$/.exec(key) ?? []
  if (verb !== undefined && base in siblings) {
    return `${verb === 'add' ? 'Added to' : 'Taken from'} what is there; without \`${base}\`.`
  }
  const own = schema.description ?? (schema.$ref === undefined ? '' : resolve(schema.$ref, file).schema.description)
  if (own === undefined || own === '') throw new Error(`${key} in ${file} has no description`)
  return cell([own, bounds(schema)].filter(Boolean).join(' '))
}

function bounds({ minimum, maximum }) {
  return minimum === undefined && maximum === undefined ? '' : `From ${minimum ?? 0} to ${maximum ?? '…'}.`
}

function typeOf(schema, file) {
  if (schema.$ref !== undefined) {
    const [, name] = schema.$ref.split('#/$defs/')
    if (isShared(schema)) return `[${shownName(name)}](#${anchor(heading(name))})`
    const target = resolve(schema.$ref, file)
    return typeOf(target.schema, target.file)
  }
  if (schema.const !== undefined) return `\`${schema.const}\``
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(', ')
  const types = [schema.type ?? 'object'].flat()
  return types
    .map((type) => (type === 'array' ? listType(schema, file) : type === 'object' ? 'map' : type))
    .join(', or ')
}

function listType({ items }, file) {
  const inner = items === undefined ? '' : typeOf(items, file)
  return inner === '' || inner === 'map' ? 'list of maps' : `list of ${inner.startsWith('`') ? inner : `${inner}s`}`
}

/** The map with keys of its own that a key, or each entry of its list or map, holds. */
function blockOf(schema, file) {
  if (typeof schema !== 'object') return undefined
  if (schema.$ref !== undefined) {
    const target = resolve(schema.$ref, file)
    return blockOf(target.schema, target.file)
  }
  const inner = [schema, schema.items, schema.additionalProperties].find((each) => each?.properties !== undefined)
  return inner?.$ref === undefined ? inner : undefined
}

function isShared({ $ref = '' }) {
  return SHARED.includes($ref.split('#/$defs/')[1] ?? '')
}

function sharedOf(name) {
  const { $defs } = schemaOf('common.json')
  return $defs[name] ?? $defs.value.properties[name]
}

function heading(name) {
  return {
    value: 'A value',
    sealed: '`value.sealed`',
    repositories: 'A list of repositories',
    selector: 'A selector',
    names: 'A list of names',
  }[name]
}

function shownName(name) {
  return { value: 'value', repositories: 'repositories', selector: 'selector', names: 'names' }[name]
}

/** As GitHub makes the anchor of a heading. */
function anchor(title) {
  return title
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
}

/** A pipe would end the cell. */
function cell(line) {
  return line.replaceAll('|', '\\|')
}

function resolve(ref, from) {
  const [file, name] = ref.split('#/$defs/')
  const schema = schemaOf(file || from).$defs[name]
  if (schema === undefined) throw new Error(`${from} refers to ${ref}, which does not exist`)
  return { schema, file: file || from }
}

function schemaOf(file) {
  if (!schemas.has(file)) schemas.set(file, JSON.parse(readFileSync(`schemas/${file}`, 'utf8')))
  return schemas.get(file)
}
