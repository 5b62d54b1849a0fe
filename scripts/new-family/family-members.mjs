import { Problem } from './problem.mjs'

/**
 * `src/families/NAME/` of members that are created by POST, changed by PATCH and deleted by name: a file for each level.
 * @throws Problem for members of another kind
 */
export function membersFamily(model) {
  for (const level of model.levels) refuseOthers(level)
  return {
    'document.ts': documentText(model),
    'index.ts': indexText(model),
    ...Object.fromEntries(model.levels.map((level) => [`${level.level}.ts`, levelText(model, level)])),
  }
}

function refuseOthers({ path, item, create, update, remove, required, fields, seals, list }) {
  const known = ['name', ...fields.map(({ name }) => name)]
  const unknown = required.filter((field) => !known.includes(field))
  const why = seals
    ? 'are secrets: begin them by hand with src/families/common/secrets-of.ts'
    : !item.endsWith('/{name}')
      ? `are not known by name: ${item}`
      : [create, update, remove].includes(undefined)
        ? 'have no POST, PATCH and DELETE'
        : unknown.length > 0
          ? `need ${unknown.join(', ')} to be created, which GitHub does not show`
          : list === 'organizations'
            ? 'list organizations'
            : undefined
  if (why !== undefined)
    throw new Problem(`The members of ${path} ${why}. This command begins settings, and members like variables.`)
}

function documentText({ one, oneWord, levels, fields, documentation }) {
  const hasList = levels.some(({ list }) => list !== undefined)
  return `${hasList ? "import type { ListedIds } from '../common/selected-list.ts'\n\n" : ''}/** ${sentence(oneWord)}, by GitHub's names (${documentation}). */
export type ${one} = {
${fields.map((field) => `  readonly ${field.name}?: ${typeOf(field)}`).join('\n')}
${hasList ? '  readonly repositories?: readonly string[]\n' : ''}}
${hasList ? `\nexport type ${one}Ref = { readonly repositories: ListedIds }\n` : ''}
/** The same as GitHub lists it. */
export type Listed${one} = Omit<${one}, 'repositories'> & { readonly name: string }
`.replace(hasList ? '' : /Omit<(\w+), 'repositories'>/, (all, type) => (hasList ? all : type))
}

function sentence(oneWord) {
  return `${/^[aeiou]/.test(oneWord) ? 'An' : 'A'} ${oneWord}`
}

function indexText({ name, camel, one, levels, fields, documentation }) {
  const shared = levels.find(({ list }) => list !== undefined)
  const plain = fields.filter(({ name: field }) => shared === undefined || field !== 'visibility')
  const written = (field) =>
    levels
      .filter((level) => level.fields.some((each) => each.name === field))
      .map(({ level }) => `${level}: { route: ${level.toUpperCase()}.update }`)
  const imports = levels.map(({ level }) => `import { ${level.toUpperCase()}, ${level} } from './${level}.ts'`)
  const ref = shared === undefined ? '' : `, ${one}Ref`
  return `import type { Family } from '../../core/family.ts'
${shared === undefined ? '' : "import { accessFields, VISIBILITIES } from '../common/selected-access.ts'\n"}import type { ${one}${ref} } from './document.ts'
${imports.join('\n')}

/**
 * ${documentation}
 *
 * FILL IN: which direction of each field is wider, from narrow to wide; whether GitHub compares names without case (\`fold\`);
 * which names it refuses (\`nameFault\`), and how many it takes (\`most\`).
 */
export const ${camel} = {
  name: '${name}',
  shape: 'members',
  fields: {
${shared === undefined ? '' : `    ...accessFields('visibility', VISIBILITIES, { ${shared.level}: { route: ${shared.level.toUpperCase()}.update, list: ${shared.level.toUpperCase()}.selected } }),\n`}${plain.map((field) => `    ${field.name}: { ${field.type === 'names' ? "list: 'names', " : ''}wider: () => true, written: { ${written(field.name).join(', ')} } },`).join('\n')}
  },
  fold: (key) => key,
${shared === undefined ? '' : '  listed: ({ repositories }) => repositories,\n'}  scopes: { ${levels.map(({ level }) => level).join(', ')} },
} satisfies Family<${one}${ref}>
`
}

function levelText(model, level) {
  return level.list === undefined ? plainLevel(model, level) : sharedLevel(model, level)
}

function plainLevel({ one, levels, words }, { level, path }) {
  const ref = levels.some(({ list }) => list !== undefined) ? `, ${one}Ref` : ''
  const noRef = ref === '' ? '{}' : '{ repositories: {} }'
  return `import type { FamilyAt } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import type { Params } from '../../core/send.ts'
import { pick } from '../common/carried.ts'
import type { Listed${one}, ${one}${ref} } from './document.ts'

const LIST = '${path}'
const ONE = \`\${LIST}/{name}\` as const

export const ${level.toUpperCase()} = { list: \`GET \${LIST}\`, create: \`POST \${LIST}\`, update: \`PATCH \${ONE}\`, remove: \`DELETE \${ONE}\` } as const

const { list, create, update, remove } = ${level.toUpperCase()}

/** The ${words} of ${/^[eo]/.test(level) ? 'an' : 'a'} ${level}. */
export const ${level}: FamilyAt<'${level}', ${one}${ref}> = {
  presence: list,
  reads: [list],
  writes: [create, update, remove],
  async read(scope, get) {
    const listed = await get.list<Listed${one}>(list, scopeParams(scope))
    return listed.map(({ name, ...spec }) => ({ key: name, spec, ref: ${noRef} }))
  },
  write({ action, scope, key, after, changed }) {
    const fields = [...changed]
    const params = (): Params => ({ ...scopeParams(scope), name: key })
    if (action === 'delete') return [{ route: remove, fields: [], params }]
    if (action === 'update') return [{ route: update, fields, params, body: () => pick(after, fields as (keyof ${one})[]) }]
    return [{ route: create, fields, params: () => scopeParams(scope), body: () => ({ name: key, ...after }) }]
  },
}
`
}

function sharedLevel({ one, words }, { level, path }) {
  return `import type { Edit, FamilyAt } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import type { Params, Send } from '../../core/send.ts'
import { pick } from '../common/carried.ts'
import { checkSelected, reachOf } from '../common/selected-access.ts'
import { idsOf, listSends, readList, selectedList } from '../common/selected-list.ts'
import type { Listed${one}, ${one}, ${one}Ref } from './document.ts'

const LIST = '${path}'
const ONE = \`\${LIST}/{name}\` as const

export const ${level.toUpperCase()} = {
  list: \`GET \${LIST}\`,
  create: \`POST \${LIST}\`,
  update: \`PATCH \${ONE}\`,
  remove: \`DELETE \${ONE}\`,
  selected: selectedList(ONE),
} as const

const { list, create, update, remove, selected } = ${level.toUpperCase()}

/** The ${words} of ${/^[eo]/.test(level) ? 'an' : 'a'} ${level}, which say which of its repositories may use them. */
export const ${level}: FamilyAt<'${level}', ${one}, ${one}Ref> = {
  presence: list,
  reads: [list, selected.read],
  writes: [create, update, remove, selected.replace, selected.add, selected.remove],
  required: ['visibility'],
  async read(scope, get, known) {
    const listed = await get.list<Listed${one}>(list, scopeParams(scope))
    return Promise.all(
      listed.map(async ({ name, ...shown }) => {
        const isRead = shown.visibility === 'selected' && known.concerns(name)
        const { spec, ref } = await readList(selected, { ...scopeParams(scope), name }, get, isRead)
        return { key: name, spec: { ...shown, ...spec }, ref }
      }),
    )
  },
  check: (wanted) => checkSelected(wanted, 'visibility', 'repositories'),
  reach: ({ visibility, repositories }, known) => reachOf(visibility, repositories, known),
  write(edit) {
    const { action, scope, key, changed } = edit
    const params = (): Params => ({ ...scopeParams(scope), name: key })
    if (action === 'delete') return [{ route: remove, fields: [], params }]
    if (action === 'update') return writeUpdate(edit, params)
    const body = (): object => ({ name: key, ...bodyOf(edit, [...changed]) })
    return [{ route: create, fields: [...changed], params: () => scopeParams(scope), body }]
  },
}

type ${one}Edit = Edit<${one}, ${one}Ref>

/** The list goes with the switch that brings it into force, and else by itself. */
function writeUpdate(edit: ${one}Edit, params: () => Params): readonly Send<${one}Ref>[] {
  const isOpened = edit.changed.has('visibility') && edit.after?.visibility === 'selected'
  const fields = [...edit.changed].filter((field) => isOpened || field !== 'repositories')
  const patch = { route: update, fields, params, body: () => bodyOf(edit, fields) }
  return [...(fields.length > 0 ? [patch] : []), ...(isOpened ? [] : listSends(selected, edit, params))]
}

/** These fields of the document, the list by ids as GitHub takes it. */
function bodyOf({ after, known, ref }: ${one}Edit, fields: readonly string[]): object {
  const { repositories, ...rest } = pick(after, fields as (keyof ${one})[])
  return repositories === undefined ? rest : { ...rest, [selected.as]: idsOf(repositories, known, ref?.repositories) }
}
`
}

const TYPES = { boolean: 'boolean', integer: 'number', text: 'string', names: 'readonly string[]' }

function typeOf({ type, words }) {
  return type === 'words' ? words.map((word) => `'${word}'`).join(' | ') : TYPES[type]
}
