import {
  callImports,
  holderOf,
  READERS,
  readersOf,
  routeLine,
  termConstants,
  typeImports,
  WHOLE,
} from './sandbox-parts.mjs'
import { byImport, placesOf } from './sandbox-settings.mjs'

/**
 * The slice of members by name: the list, one, POST, PATCH and DELETE. Members that list repositories have a folder, with what
 * is said of these in a file of its own.
 */
export function sandboxMembers(model) {
  const { folder } = model
  const isShared = model.levels.some(({ list }) => list !== undefined)
  if (!isShared) return { [`${folder}.ts`]: membersText(model, '..') }
  // A type has one meaning in all of src/.
  const named = (text) => text.replaceAll(/\bAccess\b/g, `${model.camel[0].toUpperCase()}${model.camel.slice(1)}Access`)
  return {
    [`${folder}/${folder}.ts`]: named(membersText(model, '../..')),
    [`${folder}/access.ts`]: named(ACCESS),
  }
}

function membersText(model, top) {
  const { camel, name, words, oneWord, one, documentation } = model
  const shared = model.levels.find(({ list }) => list !== undefined)
  const levels = model.levels.map((level) => ({ ...level, withWorld: shared !== undefined }))
  const plain = fieldsOf(levels).filter(({ name: field }) => shared === undefined || field !== 'visibility')
  const readers = readersOf(plain)
  const isRequired = ({ name: field }) => levels.every(({ required }) => required.includes(field))
  const body = ['required', 'text', ...readers.body, ...(readers.hasWhole ? ['type Body'] : [])]
  const call = ['type Answer', 'bodyOf', 'type Call', 'NO_CONTENT', 'ok', 'param', ...callImports(levels)]
  const errors = ['notFound', 'unprocessable', ...(readers.hasWhole ? ['invalidRequest'] : [])]
  const seedReaders = ['type Entry', 'momentAt', 'named', ...readers.seed]
  return `${imported(body, `${top}/http/body.ts`)}
${imported(call, `${top}/http/call.ts`)}
${imported(errors, `${top}/http/errors.ts`)}
import { listAnswer } from '${top}/http/page.ts'
import { BEGINNING } from '${top}/world/defaults.ts'
${typeImports(levels, top)
  .filter((line) => line.includes('owners'))
  .join('\n')}
import { byName } from '${top}/world/part.ts'
${imported(seedReaders, `${top}/world/seed-reader.ts`)}
import { slot } from '${top}/world/slot.ts'
import { ${[...storeTypes(levels), 'timestamp', ...(shared ? ['type World'] : [])].sort(byImport).join(', ')} } from '${top}/world/store.ts'
import type { Resource } from '${shared ? '..' : '.'}/resource.ts'
${shared ? "import { minimalRepository } from '../repositories/present-repository.ts'\nimport { selectedRepositories } from '../selected-members.ts'\nimport { ACCESS_KEYS, type Access, accessIn, dumpAccess, seedAccess } from './access.ts'\n" : ''}

${levels.map((level) => `const ${holderOf(level).path} = '${level.path}'`).join('\n')}
${termConstants(levels).join('\n')}

/** ${one[0].match(/[AEIOU]/) ? 'An' : 'A'} ${oneWord}, by GitHub's names. */
interface ${one} {
  readonly name: string
${plain.map(({ name: field, type }) => `  ${field}: ${READERS[type].of}`).join('\n')}
${shared ? '  access: Access | undefined\n' : ''}  readonly created_at: string
  updated_at: string
}

type Members = Map<string, ${one}>

${levels.map((level) => `const ${holderOf(level).slot} = ${slotOf(level)}`).join('\n')}

/**
 * The ${words} of ${placesOf(levels)} (${documentation}).
 * FILL IN, from that page: which names GitHub takes for one, how many it takes, and the requests that it refuses.
 */
export const ${camel}: Resource = {
  routes: [
${levels.flatMap(routesOf).join('\n')}
  ],
${levels.map((level) => partOf(level, name)).join('\n')}
}

function seed(members: Members, parent: Entry${shared ? ', world: World, organization?: Organization' : ''}): void {
  for (const [name, given] of named(parent, '${name}', [${[...plain.map(({ name: field }) => `'${field}'`), ...(shared ? ['...ACCESS_KEYS'] : []), "'created_at'", "'updated_at'"].join(', ')}])) {
    members.set(name, {
      name,
${plain.map((field) => `      ${field.name}: ${READERS[field.type].seed}(given, '${field.name}') ?? ${READERS[field.type].first(field.words)},`).join('\n')}
${shared ? '      access: organization && seedAccess(world, organization, given),\n' : ''}      created_at: momentAt(given, 'created_at') ?? BEGINNING,
      updated_at: momentAt(given, 'updated_at') ?? BEGINNING,
    })
  }
}

function dump(members: Members${shared ? ', world: World' : ''}): object {
  return { ${name}: byName(members.values(), ({ name: _, ${shared ? 'access, ' : ''}...fields }) => (${shared ? '{ ...fields, ...dumpAccess(access, world) }' : 'fields'})) }
}

function list(call: Call, members: Members${shared ? ', organization?: Organization' : ''}): Answer {
  const sorted = [...members.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return listAnswer(call, '${levels[0].envelope}', sorted, (each) => present(${shared ? 'call, each, organization' : 'each'}))
}

function present(${shared ? 'call: Call, ' : ''}{ ${shared ? 'access, ' : ''}...fields }: ${one}${shared ? ', organization?: Organization' : ''}): object {
${shared ? PRESENT(shared) : '  return fields\n'}}

function one(call: Call, members: Members): ${one} {
  const found = members.get(param(call, 'name'))
  if (!found) throw notFound()
  return found
}

function create(call: Call, members: Members${shared ? ', organization?: Organization' : ''}): Answer {
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  if (members.has(name)) throw unprocessable(\`\${name} is there already.\`)
  const now = timestamp(call.now)
  members.set(name, {
    name,
${plain.map((field) => `    ${field.name}: ${createdBy(field, isRequired(field))},`).join('\n')}
${shared ? '    access: organization && accessIn(call, organization, body),\n' : ''}    created_at: now,
    updated_at: now,
  })
  return ${answerText(levels[0], levels[0].create, 'create')}
}

function change(call: Call, found: ${one}${shared ? ', organization?: Organization' : ''}): Answer {
  const body = bodyOf(call)
  Object.assign(found, {
${plain.map((field) => `    ${field.name}: ${READERS[field.type].body(field.name, field.words ?? [])} ?? found.${field.name},`).join('\n')}
${shared ? '    access: organization && accessIn(call, organization, body, found.access),\n' : ''}    updated_at: timestamp(call.now),
  })
  return ${answerText(levels[0], levels[0].update, 'update')}
}

function remove(call: Call, members: Members): Answer {
  members.delete(one(call, members).name)
  return NO_CONTENT
}
${shared ? accessText(shared) : ''}${readers.hasWhole ? WHOLE : ''}`
}

function accessText(level) {
  const { slot, inCall } = holderOf(level)
  return `
/** Those who may use the one that the path names. @throws Refusal 404 */
function accessOf(call: Call): Access {
  const { access } = one(call, ${slot}(${inCall}))
  if (!access) throw notFound()
  return access
}
`
}

function imported(names, from) {
  return `import { ${[...new Set(names)].sort(byImport).join(', ')} } from '${from}'`
}

function storeTypes(levels) {
  return levels
    .map(holderOf)
    .filter(({ from }) => from === 'store')
    .map(({ type }) => `type ${type}`)
}

function slotOf(level) {
  const { type } = holderOf(level)
  if (level.list === undefined) return `slot<${type}, Members>(() => new Map())`
  return `slot<${type}, Members>(
  () => new Map(),
  (members, repositoryId) => {
    for (const { access } of members.values()) access?.repositories.delete(repositoryId)
  },
)`
}

function partOf(level, name) {
  const { slot } = holderOf(level)
  if (level.list === undefined)
    return `  ${level.level}: { keys: ['${name}'], seed: (holder, given${level.withWorld ? ', world' : ''}) => seed(${slot}(holder), given${level.withWorld ? ', world' : ''}), dump: (holder${level.withWorld ? ', world' : ''}) => dump(${slot}(holder)${level.withWorld ? ', world' : ''}) },`
  return `  ${level.level}: { keys: ['${name}'], seed: (holder, given, world) => seed(${slot}(holder), given, world, holder), dump: (holder, world) => dump(${slot}(holder), world) },`
}

function routesOf(level) {
  const { slot, inCall, path, of } = holderOf(level)
  const members = `${slot}(${inCall})`
  const item = `\`\${${path}}/{name}\``
  const owner = level.list === undefined ? '' : `, ${of}(call)`
  const routes = [
    routeLine(level, level.get, path, `(call) => list(call, ${members}${owner})`),
    routeLine(level, level.create, path, `(call) => create(call, ${members}${owner})`),
    ...(level.single
      ? [
          routeLine(
            level,
            level.single,
            item,
            `(call) => ok(present(${level.withWorld ? `call, one(call, ${members})${owner}` : `one(call, ${members})`}))`,
          ),
        ]
      : []),
    routeLine(level, level.update, item, `(call) => change(call, one(call, ${members})${owner})`),
    routeLine(level, level.remove, item, `(call) => remove(call, ${members})`),
  ]
  if (level.list === undefined) return routes
  return [
    ...routes,
    `    ...selectedRepositories({
      template: ${item},
      read: ${path}_READ,
      write: ${path}_WRITE,
      idsOf: (call) => accessOf(call).repositories,
      unselected: (call) => (accessOf(call).visibility === 'selected' ? undefined : 'The visibility is not set to selected'),
      refuses: ['PUT'],
      present: minimalRepository,
    }),`,
  ]
}

function fieldsOf(levels) {
  return [...new Map(levels.flatMap(({ fields }) => fields).map((field) => [field.name, field])).values()]
}

function createdBy({ name, type, words }, isRequired) {
  const read = READERS[type].body(name, words ?? [])
  return isRequired ? `required(${read}, '${name}')` : `${read} ?? ${READERS[type].first(words)}`
}

function answerText({ statuses }, route) {
  const status = statuses[route]
  return status === 204 ? 'NO_CONTENT' : `{ status: ${status}, body: {} }`
}

function PRESENT(shared) {
  const hasUrl = shared.answer.some(({ name }) => name === 'selected_repositories_url')
  return `  if (!access || !organization) return fields
  const url = \`\${call.base}${shared.path.replace('{org}', '$' + '{organization.login}')}/\${fields.name}/repositories\`
  const more = access.visibility === 'selected' ? { selected_repositories_url: url } : {}
  return { ...fields, visibility: access.visibility, ...more }
`
    .replace(hasUrl ? '' : /^ {2}const (url|more) .*\n/gm, '')
    .replace(hasUrl ? '' : ', ...more', '')
}

const ACCESS = `import { type Body, choice, integers, required } from '../../http/body.ts'
import type { Call } from '../../http/call.ts'
import type { Organization } from '../../world/owners.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, wordAt } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { ACCESS_VISIBILITIES, type AccessVisibility, memberIds } from '../members.ts'

/** Which repositories of the organization may use it. */
export interface Access {
  readonly visibility: AccessVisibility
  /** Ids. Kept, unused, while \`visibility\` is not \`selected\`. */
  readonly repositories: Set<number>
}

export const ACCESS_KEYS = ['visibility', 'repositories']

export function seedAccess(world: World, organization: Organization, given: Entry): Access {
  const visibility = wordAt(given, 'visibility', ACCESS_VISIBILITIES) ?? 'private'
  return { visibility, repositories: repositoryIdsAt(world, organization, given) }
}

/** The same in the seed's shape. */
export function dumpAccess(access: Access | undefined, world: World): object {
  if (!access) return {}
  const { visibility, repositories } = access
  return { visibility, ...dumpRepositoryIds(world, repositories, visibility === 'selected') }
}

/** Reads who may use it from the body of a POST or a PATCH. @throws Refusal 422 */
export function accessIn(call: Call, organization: Organization, body: Body, now?: Access): Access {
  const visibility = choice(body, 'visibility', ACCESS_VISIBILITIES) ?? required(now?.visibility, 'visibility')
  const ids = integers(body, 'selected_repository_ids')
  if (ids === undefined) return { visibility, repositories: now?.repositories ?? new Set() }
  return { visibility, repositories: memberIds(call, organization, ids) }
}
`
