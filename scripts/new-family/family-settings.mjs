/** `src/families/NAME/index.ts` of a settings document: its fields, and the path that it has at each level. */
export function settingsFamily({ camel, name, levels, fields, documentation }) {
  const left = [...new Set(levels.flatMap((each) => each.left))]
  const later = left.length === 0 ? '' : ` Fields that the\n * command left out: ${left.join(', ')}.`
  return {
    'index.ts': `import { settingsOf } from '../common/settings-of.ts'

/**
 * ${documentation}
 *
 * FILL IN: which direction of each field is wider, from narrow to wide; values that contradict each other (\`check\`).${later}
 */
export const ${camel} = settingsOf('${name}', {
  fields: {
${fields.map((field) => `    ${field.name}: { ${field.type === 'names' ? "list: 'names', " : ''}wider: () => true },`).join('\n')}
  },
  levels: {
${levels.map((level) => `    ${level.level}: { ${termsOf(level, fields)} },`).join('\n')}
  },
})
`,
  }
}

/** The path, and what differs from the usual: PATCH, and fields that are not at every level. */
function termsOf({ path, write, fields }, all) {
  const names = fields.map(({ name }) => `'${name}'`)
  return [
    `path: '${path}'`,
    ...(write.startsWith('PATCH ') ? ["method: 'PATCH'"] : []),
    ...(names.length < all.length ? [`fields: [${names.join(', ')}]`] : []),
  ].join(', ')
}
